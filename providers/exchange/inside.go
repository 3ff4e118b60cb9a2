package exchange

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/wire"
)

// inside guards the sign-ins that a test in depth makes after the first one was
// accepted. They are made one after the other, and none after a refusal, so that
// a test in depth, too, spends one failed sign-in at most.
type inside struct {
	mutex   sync.Mutex
	line    *wire.Line // nil until there is one
	refused bool
}

func (i *inside) close() {
	if i.line != nil {
		_ = i.line.Close()
	}
}

// errRefusedBefore stands for a question that would need a sign-in after a
// refusal.
var errRefusedBefore = check.Skipped("skipped: another question's sign-in was refused, and none is tried twice")

// askInside makes one call with the sign-in, over a connection beside the one
// that the test goes on with.
func (s *test) askInside(ctx context.Context, body string) (*ews.Answer, error) {
	s.inside.mutex.Lock()
	defer s.inside.mutex.Unlock()
	if s.inside.refused {
		return nil, errRefusedBefore
	}
	if s.inside.line == nil || !s.inside.line.Usable() {
		s.inside.close()
		line, err := s.another(ctx)
		if err != nil {
			s.inside.line = nil
			return nil, err
		}
		s.inside.line = line
	}
	answer, err := s.send(ctx, s.inside.line, call{body: body, signIn: true})
	if err != nil {
		return nil, err
	}
	reply, err := ews.Read(answer.Body)
	if err != nil || answer.Status == http.StatusUnauthorized {
		s.inside.refused = true // a gateway may refuse in another way than with a 401
		return nil, &unexpected{Answer: answer, signedIn: true}
	}
	return reply, nil
}

// insideCauses explain why a sign-in that worked once does not work again: the
// load balancer may have led to another server.
var insideCauses = slices.Concat([]*cause{
	accountLocked, legacyAuthBlocked, refusedElsewhere, certificateChanged,
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
