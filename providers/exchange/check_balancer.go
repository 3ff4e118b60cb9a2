package exchange

import (
	"context"
	"slices"

	"fairlead/check"
)

// balancerCheck compares who answered on each connection to one address. The
// services' maker asks for all of its connections to reach the same server.
var balancerCheck = check.Check[*test]{
	ID: "balancer", Title: "Same server every time", Needs: []string{"addresses", "endpoint"},
	Causes: []*check.Cause[*test]{frontEndChangesInDepth, frontEndChanges, frontEndHidden},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		names := s.frontEnds()
		switch {
		case len(names) == 0:
			return check.Finding{}, check.Skipped("the server does not say who it is")
		case len(names) == 1:
			return check.Finding{Summary: names[0]}, nil
		}
		return check.Finding{Summary: list(names)}, nil
	},
}

// frontEnds are the servers that answered at the address that the test goes on
// with, each once. Where something hides the header, the NTLM challenge tells.
func (s *test) frontEnds() (names []string) {
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	add(s.FrontEnd())
	for _, g := range s.greetings {
		if !g.again || g.err != nil {
			continue
		}
		add(g.who())
	}
	return names
}

// hidden reports whether something takes the name of the server out of its
// answers. Exchange itself always gives it.
func (s *test) hidden() bool {
	return s.FrontEnd() == "" && slices.ContainsFunc(s.greetings, func(g greeting) bool { return g.frontEnd == "" && g.named != "" })
}
