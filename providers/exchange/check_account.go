package exchange

import (
	"context"

	"fairlead/check"
)

// accountCheck looks at the sign-in name itself, before it goes anywhere.
var accountCheck = check.Check[*test]{
	ID: "account", Title: "Sign-in name",
	Causes: []*cause{localUPN},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		form := "domain and user"
		if _, _, at := cutLast(s.target.SignIn, "@"); at {
			form = "user principal name"
		}
		return check.Finding{Summary: form}, nil
	},
}
