package exchange

import (
	"context"
	"net/http"
	"slices"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/wire"
)

// inside is what the sign-ins share that a test in depth makes after the first
// one was accepted. They are made one after the other, see [inTurn], and none
// after one that was not accepted, so that a test in depth, too, spends one failed
// sign-in at most.
type inside struct {
	line    *wire.Line // nil until there is one
	refused bool       // or cut short: how a gateway refuses is up to it
}

func (i *inside) close() {
	if i.line != nil {
		_ = i.line.Close()
	}
}

// errRefusedBefore stands for a question that would need a sign-in after a
// refusal.
var errRefusedBefore = check.Skipped("skipped: another question's sign-in was not accepted, and none is tried twice")

// inTurn lets each of some checks ask only once those before it have ended,
// whatever came of them. They need the same checks, so that none of them is
// skipped for want of another while the others wait for it.
func inTurn(all ...check.Check[*test]) []check.Check[*test] {
	turn := make(chan struct{})
	close(turn)
	for i := range all {
		ask, mine, next := all[i].Ask, turn, make(chan struct{})
		all[i].Ask = func(ctx context.Context, s *test) (check.Finding, error) {
			select {
			case <-mine:
			case <-ctx.Done():
				return check.Finding{}, ctx.Err() // whoever waits for this one sees the same
			}
			defer close(next)
			return ask(ctx, s)
		}
		turn = next
	}
	return all
}

// askInside makes one call with the sign-in, over a connection beside the one
// that the test goes on with.
func (s *test) askInside(ctx context.Context, body string) (*ews.Answer, error) {
	if s.inside.refused {
		return nil, errRefusedBefore
	}
	if s.inside.line == nil || !s.inside.line.Usable() {
		s.inside.close()
		line, err := s.another(ctx)
		s.inside.line = line
		if err != nil {
			return nil, err
		}
	}
	answer, err := s.send(ctx, s.inside.line, call{body: body, signIn: true})
	if err != nil {
		s.inside.refused = true
		return nil, err
	}
	reply, err := ews.Read(answer.Body)
	if err != nil || answer.Status == http.StatusUnauthorized {
		s.inside.refused = true
		return nil, &unexpected{Answer: answer, signedIn: true}
	}
	return reply, nil
}

// insideCauses explain why a sign-in that worked once does not work again: the
// load balancer may have led to another server.
var insideCauses = slices.Concat([]*cause{
	accountLocked, legacyAuthBlocked, refusedElsewhere, certificateChanged, furtherConnectionFails,
}, namedServerCauses, []*cause{alteredElsewhere})

var alteredElsewhere = &cause{
	Code: bodyAltered.Code, Title: bodyAltered.Title, Verdict: fails,
	When:   func(s *test, err error) bool { return bodyAltered.When(s, err) && !refusedElsewhere.When(s, err) },
	Likely: bodyAltered.Likely, Remedy: bodyAltered.Remedy, Look: bodyAltered.Look,
}

var refusedElsewhere = &cause{
	Code: "sign-in-refused", Title: "The sign-in was accepted once and refused the next time", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		return bare(s, err) || ok && u.Status == http.StatusForbidden
	},
	Likely: []string{
		"the load balancer led to another server, which does not offer Basic or does not reach the directory",
		"a gateway or a web application firewall lets only so many sign-ins through",
		"the account was locked meanwhile",
	},
	Remedy: "The services would meet the same. Compare the servers:\n\n" +
		shell(`Get-WebServicesVirtualDirectory | Format-Table Server,BasicAuthentication,WindowsAuthentication`),
	Look: lookSignIn,
}
