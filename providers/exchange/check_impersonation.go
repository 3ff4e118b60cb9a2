package exchange

import (
	"context"
	"errors"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
)

// impersonationCheck reads what the answer to the sign-in says about the
// mailbox that was asked for in its owner's name.
var impersonationCheck = check.Check[*test]{
	ID: "impersonation", Title: "Mailbox check", Needs: []string{"sign-in"},
	Causes: mailboxCauses,
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		switch {
		case s.target.Mailbox == "":
			return check.Finding{}, check.Skipped("no mailbox to check was named")
		case s.routing != nil:
			u, _ := asUnexpected(s.routing)
			return check.Finding{Evidence: s.evidence(u.Answer)}, s.routing
		case s.reply.Is("ErrorInvalidServerVersion"):
			return check.Finding{}, check.Skipped("skipped: needs a server that understands the call")
		case !s.reply.OK():
			if s.reply.Is("ErrorNonExistentMailbox") {
				s.inCloud = s.isInCloud(ctx)
				s.entry = s.listed(ctx)
			}
			return check.Finding{Evidence: s.evidence(s.replied)}, s.reply.Err()
		}
		return check.Finding{Summary: "opened the inbox of " + s.Mailbox()}, nil
	},
}

// isInCloud asks Autodiscover on the same server, without a sign-in, where the
// mailbox is. To EWS, one that was moved to Exchange Online does not exist.
func (s *test) isInCloud(ctx context.Context) bool {
	answer, err := s.fetch(ctx, discoveryURL(s.target.URL.Host, s.Mailbox()))
	if err != nil {
		return false
	}
	if next, err := s.target.URL.Parse(answer.Header.Get("Location")); err == nil && isOnline(next.Hostname()) {
		return true
	}
	_, err = readJSON(answer)
	return errors.Is(err, errInCloud)
}

// listed asks the address list, in depth, who the mailbox to open is.
func (s *test) listed(ctx context.Context) *ews.Entry {
	if !s.target.Options.Deep {
		return nil
	}
	reply, err := s.askInside(ctx, ews.Resolve(ews.Exchange2013, s.Mailbox()))
	if err != nil {
		return nil
	}
	return reply.Entry
}
