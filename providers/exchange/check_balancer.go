package exchange

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
)

// balancerCheck compares who answered on each connection to one address, if
// anybody did. The services' maker asks for all of its connections to reach the
// same server.
var balancerCheck = check.Check[*test]{
	ID: "balancer", Title: "Same server every time", Needs: []string{"addresses", "endpoint"},
	Causes: []*check.Cause[*test]{someConnectionsFail, frontEndChangesInDepth, frontEndChanges, frontEndHidden},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		names := s.frontEnds()
		var failing []string
		for _, g := range s.failing() {
			failing = append(failing, g.String())
		}
		switch {
		case len(failing) > 0:
			return check.Finding{
				Summary:  fmt.Sprintf("%d of %d connections fail", len(failing), 1+s.connections()),
				Evidence: strings.Join(failing, "\n"),
			}, nil
		case len(names) == 0:
			return check.Finding{}, check.Skipped("the server does not say who it is")
		}
		return check.Finding{Summary: list(names)}, nil
	},
}

// failing are the connections that failed where another one to the same address
// worked, or that got no answer at an address that takes connections. Addresses
// that fail are the affair of addressesCheck.
func (s *test) failing() (all []greeting) {
	for _, g := range s.greetings {
		if g.again && g.err != nil || g.silent != nil {
			all = append(all, g)
		}
	}
	return all
}

// connections counts the connections beside the one that the test goes on with, but
// for those to addresses that fail.
func (s *test) connections() (n int) {
	for _, g := range s.greetings {
		if g.again || g.err == nil {
			n++
		}
	}
	return n
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
