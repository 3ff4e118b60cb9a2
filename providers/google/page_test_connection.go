package google

import (
	"fairlead/check"
	"fairlead/providers"
	"fairlead/wizard/page"
)

func (e environment) testPage() page.Page {
	return page.Page{
		ID:    pageTest,
		Step:  "Test",
		Title: "Does the connection work?",
		Why:   "The test asks Google for a token for each scope, and reads one mailbox's profile. It reads no message and changes nothing.",
		Fields: func(a *page.Answers) []page.Field {
			if own(a) {
				return nil
			}
			return []page.Field{{
				Key: "google.not-verified", Kind: page.Note, Tone: page.Heed, Label: "Recorded, not verified",
				Hint: "The client's key is with the service. Whether the delegation works shows in the service's own console.",
			}}
		},
		Action: &page.Action{
			Busy: "Testing the connection", Verb: "Test connection",
			Inputs: []string{keyCustomer, keyAddress, keyWay, keyClient, keyPrivate, keyScopes, keyProve},
			Test: func(a *page.Answers) *check.Suite {
				suite, err := Provider{}.Test(e.Env, settings(a), a.Secret(keyPrivate), providers.TestOptions{})
				if err != nil {
					return nil // the pages before do not let such answers pass
				}
				return suite
			},
		},
	}
}
