package check_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/check"
)

// waits is a check that ends when the test does, with the error of that.
func waits(id string, needs ...string) checkOf {
	c := says(id, "", needs...)
	c.Ask = func(ctx context.Context, _ *state) (check.Finding, error) {
		<-ctx.Done()
		return check.Finding{Summary: "ended"}, ctx.Err()
	}
	c.Causes = []*causeOf{always("stopped-is-no-cause", check.Fail)}
	return c
}

// deaf is a check that ends in its own time, whatever happens.
func deaf(id string, d time.Duration) checkOf {
	c := says(id, "")
	c.Ask = func(context.Context, *state) (check.Finding, error) {
		time.Sleep(d)
		return check.Finding{}, nil
	}
	return c
}

// TestStop: when the administrator stops the test, Run returns at once. What was
// answered stays; the rest is skipped, and nothing that the stop itself brought
// about is taken for an answer.
func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		report, _ := runIn(ctx, options{}, says("a", "yes"), waits("b", "a"), deaf("c", time.Hour), says("d", "", "b"))
		if took := time.Since(start); took != time.Second {
			t.Errorf("stopping took %v", took-time.Second)
		}
		if got := verdicts(report); got != "pass skip skip skip" || report.Complete() || report.Verdict() != check.Pass {
			t.Errorf("verdicts are %s", got)
		}
		for _, c := range report.Checks[1:] {
			if c.Summary != "stopped" || len(c.Diagnoses) > 0 {
				t.Errorf("check %s says %+v", c.ID, c)
			}
		}
		time.Sleep(2 * time.Hour) // until the deaf one has ended
	})
}

func TestStopBeforeTheStart(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	report, events := runIn(ctx, options{}, waits("a"), says("b", "", "a"))
	if got := verdicts(report); got != "skip skip" || report.Complete() {
		t.Errorf("verdicts are %s", got)
	}
	if len(events) != 3 {
		t.Errorf("events are %q", events)
	}
}

// TestDeadline: a test whose time is up says which check got no answer.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for given, want := range map[time.Duration]time.Duration{0: time.Minute, 5 * time.Second: 5 * time.Second} {
			report, _ := run(t, options{Deadline: given}, says("a", ""), waits("b", "a"), says("c", "", "b"))
			if report.Took != want || verdicts(report) != "pass fail skip" || report.Checks[1].Cause() != "no-answer" {
				t.Errorf("after %v: %s, %+v", report.Took, verdicts(report), report.Checks[1])
			}
			if !report.Complete() || report.Verdict() != check.Fail {
				t.Error("the report is not kept as a failure")
			}
		}
	})
}

// TestClose: the state is closed once, after the last check has ended.
func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start, closed := time.Now(), make(chan time.Duration, 2)
		opts := options{Close: func(*state) { closed <- time.Since(start) }}
		runIn(ctx, opts, deaf("a", time.Minute), waits("b"))
		synctest.Wait()
		if len(closed) != 0 {
			t.Error("closed while a check was running")
		}
		time.Sleep(time.Hour)
		if len(closed) != 1 || <-closed != time.Minute {
			t.Error("not closed once, when the last check ended")
		}
	})
}

// TestFacts are kept when every check has ended, and not when one may still be
// writing to the state.
func TestFacts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		opts := options{Facts: func(s *state) map[string]string {
			asked++
			return map[string]string{"name": s.Name}
		}}
		report, _ := run(t, opts, says("a", ""), fails("b"))
		if report.Facts["name"] != "Anna" {
			t.Errorf("facts are %v", report.Facts)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		report, _ = runIn(ctx, opts, says("a", ""), deaf("b", time.Minute))
		if report.Facts != nil || asked != 1 {
			t.Errorf("facts of a test that was stopped are %v", report.Facts)
		}
		time.Sleep(time.Hour)
	})
}
