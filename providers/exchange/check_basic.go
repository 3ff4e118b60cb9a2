package exchange

import (
	"context"
	"errors"
	"strings"

	"fairlead/check"
)

var errNoBasic = errors.New("among what the server offers there is no Basic")

// basicCheck looks whether the server takes the sign-in that the services use.
var basicCheck = check.Check[*test]{
	ID: "basic", Title: "Basic sign-in offered", Needs: []string{"endpoint"},
	Causes: []*check.Cause[*test]{exchangeOnlineBasicGone, basicNotOffered},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		s.offered = challenges(s.open.Header.Values("WWW-Authenticate"))
		names := schemes(s.offered)
		found := check.Finding{Summary: "offered: nothing"}
		if len(names) > 0 {
			found.Summary = "offered: " + strings.Join(names, ", ")
		}
		if !offers(s.offered, "Basic") {
			found.Evidence = s.evidence(s.open)
			return found, errNoBasic
		}
		return found, nil
	},
}
