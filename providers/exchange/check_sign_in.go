package exchange

import (
	"context"
	"net/http"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
)

// signInCheck signs in: with the call for the mailbox where there is one to
// open, since an answer of EWS, whatever it says, proves the sign-in too.
//
// Nothing is tried again after a 401, so a test spends one failed sign-in at
// most. Only where something other than EWS answered, a second call that needs
// no mailbox tells trouble with the sign-in from trouble on the way to the
// mailbox.
var signInCheck = check.Check[*test]{
	ID: "sign-in", Title: "Sign-in accepted", Needs: []string{"certificate-dates", "certificate-name", "certificate-key", "certificate", "basic"},
	Causes: signInCauses,
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		err := s.signIn(ctx)
		if bare(s, err) && strings.Contains(s.SignIn(), "@") && offers(s.offered, "NTLM") {
			s.directory = s.challenge(ctx, s.line)
		}
		found := check.Finding{Summary: "as " + s.SignIn(), Evidence: s.evidence(s.replied)}
		if err != nil {
			found.Summary = ""
		}
		return found, err
	},
}

func (s *test) signIn(ctx context.Context) error {
	simple := call{body: ews.ConvertID(ews.Exchange2013), signIn: true}
	if s.target.Mailbox == "" {
		if err := s.ask(ctx, simple); err != nil {
			return err
		}
		return ofSimpleCall(s.reply)
	}
	whole := call{body: ews.GetInbox(ews.Exchange2013, s.Mailbox()), anchor: s.Mailbox(), signIn: true}
	err := s.ask(ctx, whole)
	if u, ok := asUnexpected(err); ok && (u.Status == http.StatusNotFound || u.Status >= http.StatusInternalServerError) {
		// Only what routing can cause. A redirect, a 403 or a page may be how a
		// gateway refuses a password, and a second one would count twice.
		s.routing = err
		err = s.ask(ctx, simple)
	}
	if err != nil {
		return err
	}
	if s.reply.Is(accountCodes...) {
		return s.reply.Err()
	}
	return nil
}

// ask makes a call with the sign-in and keeps what EWS said. An answer of
// anyone else is an [*unexpected].
func (s *test) ask(ctx context.Context, c call) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	answer, err := s.send(ctx, s.line, c)
	s.replied = answer
	if err != nil {
		return err
	}
	if s.reply, err = ews.Read(answer.Body); err != nil || answer.Status == http.StatusUnauthorized {
		s.reply = nil
		return &unexpected{Answer: answer, signedIn: true}
	}
	return nil
}

// ofSimpleCall is what is wrong according to the answer to the call that needs
// no mailbox. That the id in it is not one was to be expected.
func ofSimpleCall(reply *ews.Answer) error {
	if reply.Is("ErrorInvalidIdMalformed", "ErrorInvalidId", "ErrorInvalidIdEmpty", "ErrorInvalidOperation") {
		return nil
	}
	return reply.Err()
}
