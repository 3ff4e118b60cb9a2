package microsoft365

import (
	"fairlead/check"
	"fairlead/wizard/page"
)

func (e environment) verifyPage() page.Page {
	return page.Page{
		ID:    pageVerify,
		Step:  "Verify",
		Title: "Was everything granted?",
		Why:   "Fairlead looks in the tenant itself. A grant that is new may take some minutes to show; it is looked for again for two minutes.",
		Fields: func(a *page.Answers) []page.Field {
			t := e.provider.target(a)
			if t.Verifier != "" && t.Application != "" {
				return nil
			}
			return []page.Field{{
				Key: "microsoft365.not-verified", Kind: page.Note, Tone: page.Heed, Label: "Recorded, not verified", Hint: notVerified(t), Edit: pageAuthorize,
			}}
		},
		Action: &page.Action{
			Busy: "Looking in the tenant", Verb: "Verify",
			Inputs: append([]string{keyToken}, authorizeInputs...),
			Test: func(a *page.Answers) *check.Suite {
				t := e.provider.target(a)
				if t.Tenant == "" || t.Service.ID == "" {
					return nil // the pages before do not let such answers pass
				}
				return e.provider.verify(e, t)
			},
		},
	}
}

func notVerified(t Target) string {
	if t.Application == "" {
		return "The id of the service's application is not known, so that it cannot be looked up in the tenant. " +
			"It stands in Entra under Enterprise applications once consent was given: enter it on the page Authorize."
	}
	return "No application was named to sign in with, so that only the tenant is looked at. Name one on the page Authorize to have the grants verified."
}
