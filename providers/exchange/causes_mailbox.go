package exchange

import "net/http"

// mailboxCauses explain why the mailbox does not open.
var mailboxCauses = []*cause{
	impersonationDenied, notPrimaryAddress, mailboxInCloud, mailboxNotFound, accountWithoutMailbox, mailboxMoving,
	mailboxStoreUnavailable, throttled, directoryUnavailable, accessPolicyDenied, mailboxRefused, unknownAnchor, routingFailed, faultInside,
}

var impersonationDenied = &cause{
	Code: "impersonation-denied", Title: "The account may not act for {{.Mailbox}}", Verdict: fails,
	When: said("ErrorImpersonateUserDenied", "ErrorImpersonationDenied"),
	Likely: []string{
		"the account does not have the role ApplicationImpersonation",
		"it has the role, but its scope leaves this mailbox out",
		"the role was given minutes ago and has not reached every server yet",
	},
	Remedy: "Give the account the role, in the Exchange Management Shell:\n\n" +
		shell(`New-ManagementRoleAssignment -Name 'EWS impersonation' -Role ApplicationImpersonation -User {{.Quote .SignIn}}`) +
		"\n\nIf it is there already, look at its scope:\n\n" +
		shell(`Get-ManagementRoleAssignment -Role ApplicationImpersonation -RoleAssignee {{.Quote .SignIn}} |`,
			`  Format-List Name,CustomRecipientWriteScope,RecipientWriteScope`) +
		"\n\nA new role takes until the directory has told every server. Then start the application pool anew:\n\n" +
		shell(`Restart-WebAppPool MSExchangeServicesAppPool`),
	Look: lookEWSLog,
}

var notPrimaryAddress = &cause{
	Code: "not-primary-address", Title: "{{.Mailbox}} is not the mailbox's primary address", Verdict: fails,
	When:   said("ErrorNonPrimarySmtpAddress"),
	Likely: []string{"it is one of the mailbox's other addresses{{with .Primary}}; the primary one is {{.}}{{end}}"},
	Remedy: "{{with .Primary}}Use `{{.}}` for the mailbox check.{{else}}Use the primary address for the mailbox check. This shows it:{{end}}\n\n" +
		shell(`Get-Recipient {{.Quote .Mailbox}} | Format-List PrimarySmtpAddress,EmailAddresses`),
}

var mailboxInCloud = &cause{
	Code: "mailbox-in-cloud", Title: "The mailbox {{.Mailbox}} is in Exchange Online", Verdict: fails,
	When: func(s *test, err error) bool { return s.inCloud && said("ErrorNonExistentMailbox")(s, err) },
	Likely: []string{
		"the mailbox was moved to Microsoft 365: this Exchange knows it as a remote mailbox",
	},
	Remedy: "Choose a mailbox that is on this Exchange for the check. Mailboxes in Microsoft 365 need a connector of their own. " +
		"This lists some that are here:\n\n" +
		shell(`Get-Mailbox -ResultSize 10 | Format-Table Name,PrimarySmtpAddress,RecipientTypeDetails`),
}

var mailboxNotFound = &cause{
	Code: "mailbox-not-found", Title: "There is no mailbox {{.Mailbox}} on this Exchange", Verdict: fails,
	When: func(s *test, err error) bool {
		return !s.inCloud && said("ErrorNonExistentMailbox", "ErrorInvalidSmtpAddress", "ErrorInvalidExchangeImpersonationHeaderData")(s, err)
	},
	Likely: []string{
		"{{with .EntryKind}}the address list has it as {{.}}: it has no mailbox here{{else}}" +
			"the address is mistyped{{end}}",
		"it belongs to a contact, a group or a disconnected mailbox",
		"the mailbox is in Exchange Online",
	},
	Remedy: "The connection itself works. See what the address is; only a UserMailbox or SharedMailbox can be checked:\n\n" +
		shell(`Get-Recipient {{.Quote .Mailbox}} | Format-List RecipientTypeDetails,PrimarySmtpAddress,EmailAddresses`),
}

// EntryKind is what the address list calls the mailbox to open, if it is known to
// be no mailbox; else empty. The kinds are the schema's MailboxTypeType.
func (s *test) EntryKind() string {
	if s.entry == nil {
		return ""
	}
	return map[string]string{
		"PublicDL": "a distribution group", "PrivateDL": "a personal group of contacts", "Contact": "a contact",
		"PublicFolder": "a public folder", "GroupMailbox": "a Microsoft 365 group",
	}[s.entry.Kind]
}

var accountWithoutMailbox = &cause{
	Code: "account-without-mailbox", Title: "The account has no mailbox of its own", Verdict: fails,
	When: said("ErrorMissingEmailAddress"),
	Likely: []string{
		"the account was made without one; Exchange 2013 wants one for impersonation",
	},
	Remedy: "The services call it the master mailbox: it needs one. Give the account a mailbox:\n\n" +
		shell(`Enable-Mailbox {{.Quote .SignIn}}`),
}

var mailboxMoving = &cause{
	Code: "mailbox-moving", Title: "The mailbox {{.Mailbox}} is being moved", Verdict: fails,
	When:   said("ErrorMailboxMoveInProgress", "ErrorMailboxFailover"),
	Likely: []string{"a move to another database is under way", "the database has just changed its server"},
	Remedy: "Choose another mailbox for the check, or wait for the move to end:\n\n" +
		shell(`Get-MoveRequest -Identity {{.Quote .Mailbox}} | Get-MoveRequestStatistics | Format-List Status,PercentComplete`),
}

var mailboxStoreUnavailable = &cause{
	Code: "mailbox-store-unavailable", Title: "The database of {{.Mailbox}} is not available", Verdict: fails,
	When: said("ErrorMailboxStoreUnavailable", "ErrorConnectionFailed", "ErrorMailboxConfiguration"),
	Likely: []string{
		"the database is dismounted",
		"the mailbox server is overloaded or cannot be reached by the one that answered",
	},
	Remedy: "Look at the database and mount it:\n\n" +
		shell(`$m = Get-Mailbox {{.Quote .Mailbox}}`,
			`Get-MailboxDatabaseCopyStatus $m.Database | Format-Table Name,Status,CopyQueueLength`,
			`Mount-Database $m.Database`),
	Look: "On the mailbox server, the Application event log, sources MSExchangeIS and MSExchangeRepl.",
}

var mailboxRefused = &cause{
	Code: "access-policy-denied", Title: "EWS is refused for {{.Mailbox}}", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		return ok && u.Status == http.StatusForbidden && s.reply != nil
	},
	Likely: []string{"EWS is switched off for this mailbox, while it works for the account itself"},
	Remedy: "See whether it is, and switch it on or choose another mailbox for the check:\n\n" +
		shell(`Get-CASMailbox {{.Quote .Mailbox}} | Format-List Ews*`, `Set-CASMailbox {{.Quote .Mailbox}} -EwsEnabled $true`),
	Look: lookHTTPLog,
}

var routingFailed = &cause{
	Code: "routing-failed", Title: "The way to the server of {{.Mailbox}} is broken", Verdict: fails,
	When: func(s *test, err error) bool {
		_, ok := asUnexpected(err)
		return ok && !unknownAnchor.When(s, err) ||
			said("ErrorNoRespondingCASInDestinationSite", "ErrorCrossSiteRequest", "ErrorProxyServiceDiscoveryFailed",
				"ErrorProxyRequestNotAllowed", "ErrorProxyRequestProcessingFailed", "ErrorProxyGroupSidLimitExceeded",
				"ErrorProxyCallFailed", "ErrorWrongServerVersion", "ErrorInvalidSchemaVersionForMailboxVersion")(s, err)
	},
	Likely: []string{
		"the front end cannot reach the mailbox server, in this site or in another",
		"the virtual directories of the other site have wrong addresses or certificates",
		"the mailbox is on an older or newer Exchange than the server that answered",
	},
	Remedy: "The sign-in works; the call for this mailbox does not arrive. See where it lives and whether that server is well:\n\n" +
		shell(`$m = Get-Mailbox {{.Quote .Mailbox}}`, `$m | Format-List ServerName,Database`, `Test-ServiceHealth $m.ServerName`,
			`Get-WebServicesVirtualDirectory -ADPropertiesOnly | Format-List Server,InternalUrl,ExternalUrl`) +
		"\n\nWhere there are several versions of Exchange, point {{.Host}} to the newest.",
	Look: lookEWSLog,
}
