package microsoft365

import (
	"context"
	"strings"

	"fairlead/check"
	"fairlead/wizard/page"
)

// recorded is what is said where nothing can be verified.
const recorded = "recorded, not verified: "

func signInCheck() check.Check[*verification] {
	return check.Check[*verification]{
		ID: "sign-in", Title: "Sign-in of an administrator", Needs: []string{"tenant"},
		Ask: func(ctx context.Context, s *verification) (check.Finding, error) {
			switch {
			case s.target.Verifier == "":
				return check.Finding{}, check.Skipped(recorded + "no application was named to sign in with")
			case s.target.Application == "":
				return check.Finding{}, check.Skipped(recorded + "the id of the service's application is not known, so that it cannot be looked up")
			case !s.token.Load().IsEmpty():
				return check.Finding{Summary: signedIn(s.target.Account)}, nil
			case s.target.Unattended:
				return check.Finding{}, check.Skipped("skipped: it needs a sign-in in a browser; test this connector by itself")
			}
			why := noBrowser(s.door.browser)
			if why != "" && s.target.Say == nil {
				return check.Finding{}, check.Skipped("skipped: it needs a sign-in in a browser, and " + why)
			}
			ctx, cancel := context.WithTimeout(ctx, signInTime)
			defer cancel()
			defer s.door.say(page.Progress{})
			tokens, err := s.door.signIn(ctx, s.target.Verifier, why == "")
			if err != nil {
				return check.Finding{Evidence: evidence(err)}, err
			}
			s.token.Store(&tokens.Access)
			return check.Finding{
				Summary:  signedIn(tokens.Identity.Account),
				Evidence: "tid " + tokens.Identity.Tenant + "\nscope " + strings.Join(tokens.Scopes, " "),
			}, nil
		},
		Causes: troubleCauses(),
	}
}

// signedIn says who signed in. The name is the tenant's own word, shown and
// never decided on.
func signedIn(account string) string {
	if account == "" {
		return "signed in to this tenant"
	}
	return account + ", in this tenant"
}
