package check_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fairlead"
	"fairlead/check"
)

// state is what the checks of these tests share.
type state struct{ Name string }

type (
	checkOf = check.Check[*state]
	causeOf = check.Cause[*state]
	options = check.Options[*state]
)

// says is a check that passes with a summary.
func says(id, summary string, needs ...string) checkOf {
	return checkOf{ID: id, Title: "T " + id, Needs: needs, Ask: func(context.Context, *state) (check.Finding, error) {
		return check.Finding{Summary: summary}, nil
	}}
}

// fails is a check that meets an error and has a cause for it.
func fails(id string, needs ...string) checkOf {
	return checkOf{
		ID: id, Title: "T " + id, Needs: needs,
		Ask: func(context.Context, *state) (check.Finding, error) {
			return check.Finding{}, errors.New("broken " + id)
		},
		Causes: []*causeOf{always(id+"-broken", check.Fail)},
	}
}

func always(code string, v check.Verdict) *causeOf {
	return &causeOf{
		Code: code, Title: "{{.Name}} " + code, Verdict: v, When: func(*state, error) bool { return true },
		Likely: []string{"{{.Name}} is wrong"}, Remedy: "Mend {{.Name}}.", Look: "At {{.Name}}.",
	}
}

// run runs checks and returns the report with the events as words.
func run(t *testing.T, opts options, checks ...checkOf) (check.Report, []string) {
	t.Helper()
	return runIn(t.Context(), opts, checks...)
}

func runIn(ctx context.Context, opts options, checks ...checkOf) (check.Report, []string) {
	var events []string
	report := check.NewSuite(&state{"Anna"}, checks, opts).Run(ctx, func(e check.Event) {
		if e.Result == nil {
			events = append(events, e.ID+" starts")
		} else {
			events = append(events, fmt.Sprintf("%s: %s", e.ID, e.Result.Verdict))
		}
	})
	return report, events
}

func verdicts(r check.Report) string {
	var all []string
	for _, c := range r.Checks {
		all = append(all, string(c.Verdict))
	}
	return strings.Join(all, " ")
}

func TestRows(t *testing.T) {
	suite := check.NewSuite(&state{}, []checkOf{says("a", ""), says("b", "", "a")}, options{})
	if got := fmt.Sprint(suite.Rows); got != "[{a T a} {b T b}]" {
		t.Errorf("rows are %s", got)
	}
	if report := suite.Run(t.Context(), nil); verdicts(report) != "pass pass" {
		t.Errorf("without anyone listening: %s", verdicts(report))
	}
}

// TestStream: each check is announced, then judged, in the order of what needs
// what; the report keeps the order of the declarations.
func TestStream(t *testing.T) {
	report, events := run(t, options{}, says("a", "1"), says("b", "2", "a"), says("c", "3", "b"))
	want := []string{"a starts", "a: pass", "b starts", "b: pass", "c starts", "c: pass"}
	if !slices.Equal(events, want) {
		t.Errorf("events are %q", events)
	}
	if report.Verdict() != check.Pass || !report.Complete() || report.Checks[2].Summary != "3" {
		t.Errorf("the report is %+v", report)
	}
}

// TestAtOnce: what does not depend on each other runs at once, and a check starts
// the moment what it needs is there, whatever else is still running.
func TestAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		takes := func(id string, d time.Duration, needs ...string) checkOf {
			c := says(id, "", needs...)
			c.Ask = func(context.Context, *state) (check.Finding, error) {
				time.Sleep(d)
				return check.Finding{}, nil
			}
			return c
		}
		report, events := run(t, options{},
			takes("a", 1*time.Second), takes("b", 3*time.Second), takes("c", 1*time.Second, "a"), takes("d", time.Second, "b", "c"))
		if report.Took != 4*time.Second {
			t.Errorf("it took %v", report.Took)
		}
		for i, want := range []time.Duration{1, 3, 1, 1} {
			if got := report.Checks[i].Took; got != want*time.Second {
				t.Errorf("check %s took %v", report.Checks[i].ID, got)
			}
		}
		for i, want := range []time.Duration{0, 0, 1, 3} {
			if got := report.Checks[i].At; got != want*time.Second {
				t.Errorf("check %s was asked at %v", report.Checks[i].ID, got)
			}
		}
		if report.Version != fairlead.Version() {
			t.Errorf("the version is %q", report.Version)
		}
		want := "a starts, b starts, a: pass, c starts, c: pass, b: pass, d starts, d: pass"
		if got := strings.Join(events, ", "); got != want {
			t.Errorf("events are %s", got)
		}
	})
}

// TestOneEventAtATime lets many checks end together.
func TestOneEventAtATime(t *testing.T) {
	var checks []checkOf
	for i := range 50 {
		checks = append(checks, says(fmt.Sprint("c", i), ""))
	}
	var inside atomic.Int32
	n := 0
	check.NewSuite(&state{}, checks, options{}).Run(t.Context(), func(check.Event) {
		if inside.Add(1) != 1 {
			t.Error("two events at once")
		}
		n++
		inside.Add(-1)
	})
	if n != 100 {
		t.Errorf("%d events", n)
	}
}

// TestSkips: what needs a check that failed or was skipped is skipped, and says
// which; a warning holds nobody up.
func TestSkips(t *testing.T) {
	warn := says("w", "")
	warn.Causes = []*causeOf{always("hm", check.Warn)}
	skipped := says("s", "")
	skipped.Ask = func(context.Context, *state) (check.Finding, error) {
		return check.Finding{Summary: "not this"}, check.Skipped("nobody asked")
	}
	report, _ := run(t, options{}, fails("a"), says("b", "", "a"), says("c", "", "b"), warn, says("d", "", "w"),
		skipped, says("e", "", "s"))
	if got := verdicts(report); got != "fail skip skip warn pass skip skip" {
		t.Errorf("verdicts are %s", got)
	}
	for i, want := range map[int]string{
		1: "skipped: needs T a", 2: "skipped: needs T b", 5: "nobody asked", 6: "skipped: needs T s",
	} {
		if got := report.Checks[i].Summary; got != want {
			t.Errorf("check %s says %q, want %q", report.Checks[i].ID, got, want)
		}
	}
	if report.Checks[5].Cause() != "" {
		t.Errorf("a skipped check has %+v", report.Checks[5])
	}
}

// TestJudge: the causes that apply are listed, failures first, with their texts
// filled in; an error that nobody knows is not hidden.
func TestJudge(t *testing.T) {
	never := always("never", check.Fail)
	never.When = func(*state, error) bool { return false }
	c := fails("a")
	c.Causes = []*causeOf{never, always("slow", check.Warn), always("first", check.Fail), always("second", check.Fail)}
	report, _ := run(t, options{}, c)
	var got []string
	for _, d := range report.Checks[0].Diagnoses {
		got = append(got, d.Code)
	}
	if strings.Join(got, " ") != "first second slow" || report.Checks[0].Verdict != check.Fail {
		t.Errorf("diagnoses are %q", got)
	}
	d := report.Checks[0].Diagnoses[0]
	if d.Title != "Anna first" || d.Likely[0] != "Anna is wrong" || d.Remedy != "Mend Anna." || d.Look != "At Anna." {
		t.Errorf("the texts are %+v", d)
	}
	if report.Checks[0].Evidence != "broken a" {
		t.Errorf("the evidence is %q", report.Checks[0].Evidence)
	}

	unknown := fails("a")
	unknown.Causes = []*causeOf{never, always("slow", check.Warn)}
	report, _ = run(t, options{}, unknown)
	if r := report.Checks[0]; r.Verdict != check.Fail || r.Cause() != "unexplained" || r.Evidence != "broken a" || len(r.Diagnoses) != 2 {
		t.Errorf("an unknown error gives %+v", r)
	}
}

// TestTextsThatDoNotFit are shown as they stand.
func TestTextsThatDoNotFit(t *testing.T) {
	c := fails("a")
	c.Causes[0].Title, c.Causes[0].Remedy = "{{.Nobody}} here", "{{ broken"
	report, _ := run(t, options{}, c)
	if d := report.Checks[0].Diagnoses[0]; d.Title != "{{.Nobody}} here" || d.Remedy != "{{ broken" {
		t.Errorf("the texts are %+v", d)
	}
}
