package exchange

import (
	"fairlead/check"
	"fairlead/providers"
	"fairlead/wizard/page"
)

func testPage(env providers.Env) page.Page {
	return page.Page{
		ID:    pageTest,
		Step:  "Test",
		Title: "Does the connection work?",
		Why:   "The test signs in once and opens one mailbox, as the services will. It changes nothing.",
		Fields: func(a *page.Answers) []page.Field {
			return []page.Field{{
				Key: keyMailbox, Kind: page.Address, Label: "Mailbox check",
				Aside:       "any mailbox of the organisation that is on this Exchange",
				Placeholder: env.Sample[keyMailbox], Validate: CheckAddress,
			}}
		},
		Action: &page.Action{
			Busy:   "Testing the connection",
			Verb:   "Test connection",
			Inputs: []string{keyAddress, keySignIn, keyPassword, keyURL, keyMode, keyMailbox},
			Test: func(a *page.Answers) *check.Suite {
				t, err := target(Provider{}.Outcome(a).Settings, a.Secret(keyPassword))
				if err != nil {
					return nil // the page before does not let such answers pass
				}
				return Test(env.Network, t)
			},
		},
	}
}
