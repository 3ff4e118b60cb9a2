package microsoft365

import (
	"errors"
	"strings"
	"testing"

	"fairlead/oauth"
)

// TestTheTable proves its form: four columns, signs that stand once, a cause and
// two sentences in each line.
func TestTheTable(t *testing.T) {
	lines := 0
	for line := range strings.Lines(troubleTable) {
		if strings.TrimSpace(line) != "" && line[0] != '#' && !strings.HasPrefix(line, "signs\t") {
			lines++
		}
	}
	if lines != len(troubles()) {
		t.Errorf("%d of %d lines have four columns", len(troubles()), lines)
	}
	seen := map[string]bool{}
	for _, row := range troubles() {
		for _, sign := range row.signs {
			if sign == "" || seen[sign] {
				// An OAuth error may stand for two things only where numbers tell them apart.
				t.Errorf("the sign %q stands twice or is empty", sign)
			}
			seen[sign] = true
		}
		if row.Cause == "" || row.Cause != strings.ToLower(row.Cause) || strings.Contains(row.Cause, " ") ||
			strings.HasSuffix(row.Title, ".") || !strings.HasSuffix(row.Remedy, ".") || strings.Contains(row.Remedy, "!") || strings.Contains(row.Remedy, "{{") {
			t.Errorf("%+v", row)
		}
	}
	for _, kind := range []oauth.Kind{
		oauth.Declined, oauth.Refused, oauth.TimedOut, oauth.NotReached, oauth.Cancelled, oauth.Busy, oauth.NoPort, oauth.NoBrowser, oauth.Stray,
		oauth.WrongState, oauth.Answered, oauth.BadAnswer, oauth.WrongIssuer, oauth.Unreachable, oauth.BadReply, oauth.BadToken, oauth.Expired, oauth.WrongApp,
	} {
		if diagnose(&oauth.Error{Kind: kind}).Cause == "" {
			t.Errorf("nothing is said of %q", kind)
		}
	}
}

func TestDiagnose(t *testing.T) {
	refusal := func(code, description string) error {
		return &oauth.Error{Kind: oauth.Refused, Code: code, Description: description}
	}
	for _, test := range []struct {
		err         error
		cause, help string
	}{
		{refusal("access_denied", "AADSTS53003: blocked"), "conditional-access", "53003"},
		{refusal("access_denied", "AADSTS65004: declined"), "consent-declined", "65004"},
		{refusal("access_denied", "AADSTS9999999: new"), "refused", "9999999"},
		{refusal("access_denied", ""), "consent-declined", ""},
		{refusal("something_new", ""), "refused", ""},
		{refusal("invalid_grant", "AADSTS12: no number of Entra's"), "sign-in-over", ""},
		{errors.New("anything"), "", ""},
		{&graphError{Status: 418}, "", ""},
	} {
		d := diagnose(test.err)
		if d.Cause != test.cause || d.Number != test.help || (d.Help() == "") != (test.help == "") {
			t.Errorf("%v: %+v", test.err, d)
		}
		if text := explained(test.err).Error(); test.cause != "" && !strings.HasPrefix(text, d.Title) || text == "" {
			t.Errorf("%v: %q", test.err, text)
		}
	}
}

func FuzzNumberIn(f *testing.F) {
	for _, text := range []string{"AADSTS50011: x", "AADSTS", "AADSTS1234567890", "xAADSTS65001", "AADSTS65001AADSTS1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if number := numberIn(text); number != "" && (!isNumber(number) || len(number) < 4 || len(number) > 9 || !strings.Contains(text, "AADSTS"+number)) {
			t.Errorf("%q in %q", number, text)
		}
	})
}
