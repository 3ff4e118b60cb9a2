package exchange

import (
	"context"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
)

// ownMailboxCheck opens in depth the inbox of the account itself. The services
// call it the master mailbox.
var ownMailboxCheck = check.Check[*test]{
	ID: "own-mailbox", Title: "Account's own mailbox", Needs: []string{"sign-in"},
	Causes: append([]*check.Cause[*test]{noOwnMailbox, ownMailboxShut, ownMailboxDenied}, insideCauses...),
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		var err error
		if s.own, err = s.askInside(ctx, ews.GetOwnInbox(ews.Exchange2013)); err != nil {
			return check.Finding{}, err
		}
		switch {
		case s.own.OK():
			return check.Finding{Summary: "opened its inbox"}, nil
		case s.own.Is(noMailboxCodes...) || s.own.Is(shutMailboxCodes...) || s.own.Is(deniedCode):
			return check.Finding{Summary: "does not open", Evidence: s.own.Err().Error()}, nil
		}
		return check.Finding{}, check.Skipped("the server answers " + s.own.Code) // the mailbox check meets that too
	},
}

const deniedCode = "ErrorAccessDenied"

var (
	noMailboxCodes   = []string{"ErrorMissingEmailAddress", "ErrorNonExistentMailbox"}
	shutMailboxCodes = []string{
		"ErrorMailboxMoveInProgress", "ErrorMailboxFailover", "ErrorMailboxStoreUnavailable", "ErrorConnectionFailed",
		"ErrorMailboxConfiguration", "ErrorNoRespondingCASInDestinationSite",
	}
)

var noOwnMailbox = &cause{
	Code: "account-without-mailbox", Title: accountWithoutMailbox.Title, Verdict: warns,
	When: func(s *test, _ error) bool { return s.own != nil && s.own.Is(noMailboxCodes...) },
	Likely: []string{
		"the account was made without one",
		"its mailbox is in Exchange Online",
	},
	Remedy: "The mailbox check works without it. The services call this account the master mailbox and ask for one, " +
		"and Exchange 2013 wants one for impersonation. Give it a mailbox:\n\n" +
		shell(`Enable-Mailbox {{.Quote .SignIn}}`),
}

var ownMailboxShut = &cause{
	Code: "own-mailbox-shut", Title: "The account's own mailbox does not open now", Verdict: warns,
	When: func(s *test, _ error) bool { return s.own != nil && s.own.Is(shutMailboxCodes...) },
	Likely: []string{
		"its database is dismounted, or the mailbox is being moved",
		"its server cannot be reached by the one that answered",
	},
	Remedy: "See where it is, and whether its database is well:\n\n" +
		shell(`$m = Get-Mailbox {{.Quote .SignIn}}`, `$m | Format-List ServerName,Database,IsValid`,
			`Get-MailboxDatabaseCopyStatus $m.Database | Format-Table Name,Status`),
	Look: lookEWSLog,
}

var ownMailboxDenied = &cause{
	Code: accessPolicyDenied.Code, Title: "The account may not open its own mailbox over EWS", Verdict: warns,
	When:   func(s *test, _ error) bool { return s.own != nil && s.own.Is(deniedCode) },
	Likely: accessPolicyDenied.Likely, Remedy: accessPolicyDenied.Remedy, Look: accessPolicyDenied.Look,
}
