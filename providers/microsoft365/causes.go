package microsoft365

import (
	"strings"
	"sync"

	"fairlead/check"
)

// cause is one thing that can be wrong with a connector to Microsoft 365.
type cause = check.Cause[*verification]

// troubleCauses are the causes that the table of troubles names, one for each
// title.
var troubleCauses = sync.OnceValue(func() []*cause {
	var all []*cause
	for _, t := range troubles() {
		c := &cause{
			Code: t.Cause, Title: t.Title, Verdict: check.Fail, Remedy: t.Remedy,
			When: func(_ *verification, err error) bool { return diagnose(err).is(t) },
		}
		if isNumber(t.signs[0]) {
			c.Look = lookUp
		}
		all = append(all, c)
	}
	return all
})

// lookUp is where Entra's records tell more.
const lookUp = "Entra, Sign-in logs: the entry shows the application, the account, the number and the policy. " +
	"The number is explained at https://login.microsoftonline.com/error"

func (d diagnosis) is(t trouble) bool { return d.Cause == t.Cause && d.Title == t.Title }

func isNumber(sign string) bool { return strings.Trim(sign, "0123456789") == "" }
