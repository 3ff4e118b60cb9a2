package check

import (
	"reflect"
	"testing"
)

// result is what a check came to, with the diagnoses of these codes.
func result(id string, v Verdict, codes ...string) Result {
	r := Result{ID: id, Title: "The " + id, Verdict: v, Summary: "as it is"}
	for _, code := range codes {
		r.Diagnoses = append(r.Diagnoses, Diagnosis{Code: code, Title: "Wrong: " + code, Verdict: v})
	}
	return r
}

func TestCompare(t *testing.T) {
	works := Report{Checks: []Result{result("name", Pass), result("tls", Pass)}}
	other := works
	other.Checks = []Result{result("name", Pass), result("tls", Pass)}
	other.Checks[0].Summary = "another address"
	for _, test := range []struct {
		name          string
		before, after Report
		want          []Change
	}{
		{"the same", works, works, nil},
		{"another summary", works, other, nil},
		{
			"breaks", works,
			Report{Checks: []Result{result("name", Pass), result("tls", Fail, "expired")}},
			[]Change{{"tls", "The tls", Fail, "passed", "failed: Wrong: expired"}},
		},
		{
			"is mended",
			Report{Checks: []Result{result("name", Fail, "unknown"), result("tls", Skip)}},
			works,
			[]Change{{"name", "The name", Pass, "failed: Wrong: unknown", "passed"}, {"tls", "The tls", Pass, "was not asked", "passed"}},
		},
		{
			"fails for another reason",
			Report{Checks: []Result{result("tls", Fail, "expired")}},
			Report{Checks: []Result{result("tls", Fail, "old", "weak")}},
			[]Change{{"tls", "The tls", Fail, "failed: Wrong: expired", "failed: Wrong: old; Wrong: weak"}},
		},
		{
			"is asked for the first time", works,
			Report{Checks: []Result{result("new", Warn, "slow"), result("name", Pass), result("tls", Pass)}},
			[]Change{{"new", "The new", Warn, "", "warned: Wrong: slow"}},
		},
		{
			"is asked no longer", works,
			Report{Checks: works.Checks[:1]},
			[]Change{{"tls", "The tls", Skip, "passed", ""}},
		},
		{
			"facts",
			Report{Facts: map[string]string{"platform": "Exchange 2016", "left": "x", "same": "y"}},
			Report{Facts: map[string]string{"platform": "Exchange 2019", "new": "z", "same": "y"}},
			[]Change{{"", "left", Skip, "x", ""}, {"", "new", Skip, "", "z"}, {"", "platform", Skip, "Exchange 2016", "Exchange 2019"}},
		},
		{"nothing at all", Report{}, Report{}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Compare(test.before, test.after); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
		})
	}
}

func TestTurned(t *testing.T) {
	pass, warn, fail := Report{Checks: []Result{result("a", Pass)}}, Report{Checks: []Result{result("a", Warn)}}, Report{Checks: []Result{result("a", Fail)}}
	for _, test := range []struct {
		name    string
		reports []Report // newest first
		want    int
	}{
		{"none", nil, -1},
		{"one", []Report{fail}, -1},
		{"always failed", []Report{fail, fail}, -1},
		{"broke in the last test", []Report{fail, pass}, 0},
		{"broke before", []Report{fail, fail, warn, fail}, 1},
		{"was mended", []Report{warn, pass, fail, pass}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Turned(test.reports); got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}
