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
		Why:   "One sign-in, one mailbox opened, as the services do. Nothing is changed.",
		Fields: func(a *page.Answers) []page.Field {
			return []page.Field{{
				Key: keyMailbox, Kind: page.Address, Label: "Mailbox check",
				Aside:       "any mailbox of the organisation that is on this Exchange",
				Placeholder: env.Sample[keyMailbox], Validate: providers.CheckAddress,
			}}
		},
		Action: &page.Action{
			Busy:   "Testing the connection",
			Verb:   "Test connection",
			Inputs: []string{keyAddress, keySignIn, keyPassword, keyURL, keyMode, keyMailbox},
			Test:   testOf(env, providers.TestOptions{}),
			Deeper: testOf(env, providers.TestOptions{Deep: true}),
		},
	}
}

// testOf is the test of what was answered so far.
func testOf(env providers.Env, o providers.TestOptions) func(*page.Answers) *check.Suite {
	return func(a *page.Answers) *check.Suite {
		suite, err := Provider{}.Test(env, Provider{}.Outcome(a).Settings, a.Secret(keyPassword), o)
		if err != nil {
			return nil // the page before does not let such answers pass
		}
		return suite
	}
}
