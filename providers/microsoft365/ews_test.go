package microsoft365

import (
	"strings"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/network"
)

// TestTheEndOfEWS looks at the days around the dates.
func TestTheEndOfEWS(t *testing.T) {
	day := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text+":00Z")
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, test := range []struct {
		today, says, cause string
		need               assets.Need
		verdict            check.Verdict
	}{
		{"2026-09-30T23:59", "From 1 October 2026, in 1 days", "ews-ending", assets.Needed, check.Warn},
		{"2026-10-01T00:00", "On 1 April 2027, in 182 days", "ews-ending", assets.Needed, check.Warn},
		{"2026-11-24T12:00", "Since 1 October 2026", "ews-ending", assets.Needed, check.Warn},
		{"2027-03-31T23:59", "in 1 days", "ews-ending", assets.Needed, check.Warn},
		{"2027-04-01T00:00", "ended in Exchange Online on 1 April 2027", "ews-ended", assets.Needed, check.Fail},
		{"2027-04-01T00:00", "ended", "ews-unknown", assets.NeedUnknown, check.Warn},
		{"2026-11-24T12:00", "Since", "ews-unknown", assets.NeedUnknown, check.Warn},
	} {
		s := &verification{
			net: &network.Network{Now: func() time.Time { return day(test.today) }}, usage: assets.Usage{EWS: test.need},
			target: Target{Application: "01234567-89ab-cdef-0123-456789abcdef"},
		}
		r := check.NewSuite(s, []check.Check[*verification]{ewsCheck()}, check.Options[*verification]{}).Run(t.Context(), nil)
		got := r.Checks[0]
		if got.Cause() != test.cause || got.Verdict != test.verdict || !strings.Contains(got.Summary, test.says) {
			t.Errorf("%s, %s: %s %s: %s", test.today, test.need, got.Verdict, got.Cause(), got.Summary)
			continue
		}
		remedy := got.Diagnoses[0].Remedy
		if strings.Contains(remedy, "EwsAllowList") || strings.Contains(remedy, "ApplicationImpersonation") {
			t.Errorf("it offers what does not help: %s", remedy)
		}
		if test.cause == "ews-ending" && (!strings.Contains(remedy, `-EwsAllowedAppIDs "01234567-89ab-cdef-0123-456789abcdef"`) ||
			!strings.Contains(remedy, "-RetrieveEwsOperationAccessPolicy")) {
			t.Errorf("the commands are not there: %s", remedy)
		}
	}
	if text := ewsCommands(""); !strings.Contains(text, "APPLICATION-ID") {
		t.Errorf("%s", text)
	}
}
