package check_test

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"fairlead/check"
)

func TestVerdict(t *testing.T) {
	for _, test := range []struct {
		verdicts string
		want     check.Verdict
		worst    string // id of the check to look at first, counted from 0
		headline string
	}{
		{"", check.Skip, "", "0 checks passed"},
		{"skip", check.Skip, "", "0 checks passed, 1 was not asked"},
		{"pass skip", check.Pass, "", "1 check passed, 1 was not asked"},
		{"pass pass", check.Pass, "", "2 checks passed"},
		{"pass warn warn", check.Warn, "1", "1 check passed, 2 warn"},
		{"warn fail skip", check.Fail, "1", "0 checks passed, 1 warns, 1 failed, 1 waits for it"},
		{"pass fail fail skip skip", check.Fail, "1", "1 check passed, 2 failed, 2 wait for it"},
	} {
		var r check.Report
		for i, v := range strings.Fields(test.verdicts) {
			r.Checks = append(r.Checks, check.Result{ID: string(rune('0' + i)), Verdict: check.Verdict(v)})
		}
		if r.Verdict() != test.want || r.Headline() != test.headline {
			t.Errorf("%q: %s, %q", test.verdicts, r.Verdict(), r.Headline())
		}
		worst := ""
		if w := r.Worst(); w != nil {
			worst = w.ID
		}
		if worst != test.worst {
			t.Errorf("%q: the worst is %q", test.verdicts, worst)
		}
	}
}

// sample is a report with everything in it.
func sample() check.Report {
	return check.Report{
		Started: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), Took: 1234567 * time.Microsecond,
		Facts: map[string]string{"platform": "Exchange SE"}, Computer: "ADMIN-PC", Version: "1.2.3", Deep: true,
		Checks: []check.Result{
			{ID: "a", Title: "A", Verdict: check.Pass, Summary: "fine", At: 4 * time.Millisecond, Took: 31 * time.Millisecond},
			{ID: "b", Title: "B", Verdict: check.Warn, Diagnoses: []check.Diagnosis{{Code: "hm", Title: "Hm", Verdict: check.Warn, Remedy: "Wait."}}},
			{ID: "c", Title: "C", Verdict: check.Fail, Evidence: "HTTP 401\n<raw>", Took: 1500 * time.Microsecond, Diagnoses: []check.Diagnosis{
				{Code: "broken", Title: "Broken", Verdict: check.Fail, Likely: []string{"x"}, Remedy: "Mend it.", Look: "There."},
				{Code: "hm", Title: "Hm", Verdict: check.Warn, Remedy: "Wait."},
			}},
			{ID: "d", Title: "D", Verdict: check.Skip, Summary: "skipped: needs C"},
		},
	}
}

// TestJSON: a report comes back as it was.
func TestJSON(t *testing.T) {
	want := sample()
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got check.Report
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if got.Headline() != want.Headline() || got.Complete() != want.Complete() {
		t.Errorf("%s, %v", got.Headline(), got.Complete())
	}
}

// TestJSONForm is what scripts rely on.
func TestJSONForm(t *testing.T) {
	data, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	var form struct {
		Verdict, Cause string
		Checks         []map[string]any
	}
	if err := json.Unmarshal(data, &form); err != nil {
		t.Fatal(err)
	}
	if form.Verdict != "fail" || form.Cause != "broken" {
		t.Errorf("verdict %s, cause %s", form.Verdict, form.Cause)
	}
	for _, key := range []string{"id", "title", "verdict", "cause", "remedy", "evidence", "at", "ms"} {
		if _, ok := form.Checks[0][key]; !ok {
			t.Errorf("a check has no %s", key)
		}
	}
	if c := form.Checks[2]; c["cause"] != "broken" || c["remedy"] != "Mend it." || c["ms"] != 1.5 {
		t.Errorf("the third check is %v", c)
	}
	for r, want := range map[*check.Report]string{
		{}: `"checks":[]`, {Checks: sample().Checks[:2]}: `"verdict":"warn","cause":""`,
	} {
		if data, _ := json.Marshal(r); !strings.Contains(string(data), want) {
			t.Errorf("%s is not in %s", want, data)
		}
	}
}

// TestStoppedInJSON: that a test was stopped is still known when it is read back.
func TestStoppedInJSON(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	report, _ := runIn(ctx, options{}, waits("a"))
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var back check.Report
	if err := json.Unmarshal(data, &back); err != nil || back.Complete() {
		t.Errorf("%v, complete: %v", err, back.Complete())
	}
}

func FuzzReport(f *testing.F) {
	data, _ := json.Marshal(sample())
	f.Add(data)
	f.Add([]byte(`{"checks":[{"ms":1e300}],"ms":-1}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var r check.Report
		if json.Unmarshal(data, &r) != nil {
			return
		}
		_, _ = r.Headline(), r.Complete()
		if _, err := json.Marshal(r); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	})
}

// TestRedact: what must not be seen is taken out of all that a server may have
// said, before anything is cut. Our own words stay, even where a password is one
// of them: a gap would tell it.
func TestRedact(t *testing.T) {
	const secret = "Harbour-Pilot-7"
	const said = `{{print "` + secret + `"}}`
	c := fails("a")
	c.Ask = func(context.Context, *state) (check.Finding, error) {
		return check.Finding{Summary: "s " + secret, Evidence: strings.Repeat("x", 4096-5) + secret + strings.Repeat("y", 100)}, nil
	}
	c.Causes = []*causeOf{{
		Code: "c", Title: "t " + said, Verdict: check.Fail, When: func(*state, error) bool { return true },
		Likely: []string{"l " + said, "Pilot"}, Remedy: "{{if true}}r " + said + "{{end}}", Look: "{{with 1}}k " + said + "{{end}}",
	}}
	opts := options{
		Redact: func(text string) string { return strings.ReplaceAll(text, secret, "-") },
		Facts:  func(*state) map[string]string { return map[string]string{"f": secret} },
	}
	report, _ := run(t, opts, c)
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), secret[:4]) {
		t.Errorf("part of it is in %s", data)
	}
	if r := report.Checks[0]; r.Summary != "s -" || r.Diagnoses[0].Likely[0] != "l -" || r.Diagnoses[0].Likely[1] != "Pilot" || report.Facts["f"] != "-" {
		t.Errorf("%+v", r)
	}
	if got := report.Checks[0].Evidence; len(got) > 4200 || !strings.HasSuffix(got, "(cut)") {
		t.Errorf("the evidence has %d bytes", len(got))
	}
	if c.Causes[0].Likely[0] != "l "+said {
		t.Error("the declaration was changed")
	}
}

func TestValidate(t *testing.T) {
	broken := func(change func(*causeOf)) checkOf {
		c := fails("a")
		change(c.Causes[0])
		return c
	}
	for name, checks := range map[string][]checkOf{
		"in order":           {says("a", ""), fails("b", "a")},
		"an id twice":        {says("a", ""), says("a", "")},
		"no id":              {says("", "")},
		"no title":           {{ID: "a", Ask: says("a", "").Ask}},
		"no question":        {{ID: "a", Title: "A"}},
		"needs nobody":       {says("a", "", "b")},
		"needs what follows": {says("a", "", "b"), says("b", "")},
		"needs itself":       {says("a", "", "a")},
		"no code":            {broken(func(c *causeOf) { c.Code = "" })},
		"no condition":       {broken(func(c *causeOf) { c.When = nil })},
		"no remedy":          {broken(func(c *causeOf) { c.Remedy = "" })},
		"no verdict":         {broken(func(c *causeOf) { c.Verdict = check.Pass })},
		"a broken title":     {broken(func(c *causeOf) { c.Title = "{{" })},
		"a broken remedy":    {broken(func(c *causeOf) { c.Remedy = "{{.Nobody}}" })},
		"a broken reason":    {broken(func(c *causeOf) { c.Likely = []string{"{{.Nobody}}"} })},
		"a broken look":      {broken(func(c *causeOf) { c.Look = "{{.Nobody}}" })},
	} {
		if err := check.Validate(checks, &state{}); (err == nil) != (name == "in order") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
