package check

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/template"
	"time"

	"fairlead"
)

// Row is a check before it ran: what a front end draws first.
type Row struct{ ID, Title string }

// Event is news of one check: it started (Result is nil), or it ended.
type Event struct {
	ID     string
	Result *Result
}

// Suite is a connection test, ready to run, for front ends.
type Suite struct {
	Rows []Row
	run  func(ctx context.Context, emit func(Event)) Report
}

// Options are what a suite needs beside its checks.
type Options[S any] struct {
	// Deadline bounds the whole test. Zero means one minute.
	Deadline time.Duration
	// Redact cleans what a server may have said: summaries, evidence, and the
	// values that are filled into the texts of causes. The texts themselves are
	// ours and stay: a password that is an ordinary word would otherwise be told
	// by the gaps that it leaves. It takes out what a server may echo
	// of a password.
	Redact func(string) string
	// Facts says what was learnt, for the record: "platform" → "Exchange 2019".
	Facts func(s S) map[string]string
	// Deep says in the report that the slow and intrusive questions are among the
	// checks.
	Deep bool
	// Close releases what the state holds once every check has ended.
	Close func(s S)
}

// NewSuite makes a suite of checks over a state.
func NewSuite[S any](s S, checks []Check[S], opts Options[S]) *Suite {
	if opts.Deadline == 0 {
		opts.Deadline = time.Minute
	}
	if opts.Redact == nil {
		opts.Redact = func(text string) string { return text }
	}
	suite := &Suite{}
	for _, c := range checks {
		suite.Rows = append(suite.Rows, Row{c.ID, c.Title})
	}
	suite.run = func(ctx context.Context, emit func(Event)) Report {
		r := &run[S]{state: s, checks: checks, opts: opts, emit: emit, results: make([]*Result, len(checks)), begun: make([]time.Time, len(checks))}
		return r.all(ctx)
	}
	return suite
}

// Run asks every question and returns the report. Checks that do not depend
// on each other run at once; a dependent one starts the moment what it needs is
// there. Events are emitted one at a time, never two at once. When ctx ends,
// Run returns at once, and what was not answered is skipped. Run a suite once.
func (s *Suite) Run(ctx context.Context, emit func(Event)) Report {
	if emit == nil {
		emit = func(Event) {}
	}
	return s.run(ctx, emit)
}

// run is one run of a suite.
type run[S any] struct {
	state   S
	checks  []Check[S]
	opts    Options[S]
	emit    func(Event)
	results []*Result
	begun   []time.Time // when each check was asked; zero for those that were not
}

// ended is what the goroutine of a check sends when it is done.
type ended struct {
	index  int
	result Result
}

func (r *run[S]) all(ctx context.Context) Report {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, r.opts.Deadline)
	done := make(chan ended, len(r.checks)) // never blocks a late check
	running := 0
	defer func() {
		cancel()
		go r.drain(done, running)
	}()

	for halted := false; !halted; {
		for r.advance(func(i int) {
			running++
			r.emit(Event{ID: r.checks[i].ID})
			go r.ask(ctx, i, done)
		}) {
		}
		if running == 0 {
			break
		}
		select {
		case e := <-done:
			running--
			// An answer that comes with the end of the test may owe itself to that
			// end: it says nothing about the server.
			if halted = ctx.Err() != nil; !halted {
				r.finish(e.index, e.result)
			}
		case <-ctx.Done():
			halted = true
		}
	}
	for i, c := range r.checks {
		if r.results[i] != nil {
			continue
		}
		started := !r.begun[i].IsZero()
		result := r.unanswered(ctx, c, started)
		if started {
			result.Took = time.Since(r.begun[i])
		}
		r.finish(i, result)
	}
	return r.report(start, running)
}

// unanswered is the result of a check that was not answered: because the
// administrator stopped the test, or because the whole test ran out of time.
func (r *run[S]) unanswered(ctx context.Context, c Check[S], started bool) Result {
	result := Result{ID: c.ID, Title: c.Title, Verdict: Skip, Summary: stopped}
	switch {
	case ctx.Err() != context.DeadlineExceeded:
		return result
	case !started:
		result.Summary = "skipped: the test ran out of time before it"
		return result
	}
	result.Verdict, result.Summary = Fail, "no answer within "+r.opts.Deadline.String()
	result.Diagnoses = []Diagnosis{{
		Code: "no-answer", Title: c.Title + ": no answer in time", Verdict: Fail,
		Remedy: "Something between this computer and the server holds the connection open and says nothing. " +
			"Run the test again; if it stays so, look at the firewall, the load balancer and the server's load.",
	}}
	return result
}

// advance starts what can start and skips what cannot; it reports whether
// anything was skipped, since that may free or doom others.
func (r *run[S]) advance(start func(int)) (skippedAny bool) {
	for i, c := range r.checks {
		if !r.begun[i].IsZero() || r.results[i] != nil {
			continue
		}
		ready, blocker := true, ""
		for _, id := range c.Needs {
			j := slices.IndexFunc(r.checks, func(o Check[S]) bool { return o.ID == id })
			switch {
			case j < 0 || r.results[j] == nil:
				ready = false
			case blocker == "" && (r.results[j].Verdict == Fail || r.results[j].Verdict == Skip):
				blocker = r.checks[j].Title
			}
		}
		if blocker != "" {
			r.finish(i, Result{ID: c.ID, Title: c.Title, Verdict: Skip, Summary: "skipped: needs " + blocker})
			skippedAny = true
		} else if ready {
			r.begun[i] = time.Now()
			start(i)
		}
	}
	return skippedAny
}

func (r *run[S]) ask(ctx context.Context, i int, done chan<- ended) {
	c := &r.checks[i]
	start := time.Now()
	found, err := c.Ask(ctx, r.state)
	took := time.Since(start)
	result := c.judge(r.state, found, err, r.opts.Redact)
	result.Took = took
	done <- ended{i, result}
}

func (r *run[S]) finish(i int, result Result) {
	result.Summary = r.opts.Redact(result.Summary)
	// Redact first: a cut through the middle of a secret would hide it from Redact.
	result.Evidence = clip(r.opts.Redact(result.Evidence))
	r.results[i] = &result
	r.emit(Event{ID: result.ID, Result: &result})
}

// drain waits for checks that were still running when the test was stopped,
// then closes the state. They see the cancelled context and end soon.
func (r *run[S]) drain(done <-chan ended, running int) {
	for range running {
		<-done
	}
	if r.opts.Close != nil {
		r.opts.Close(r.state)
	}
}

func (r *run[S]) report(start time.Time, running int) Report {
	report := Report{Started: start.UTC(), Took: time.Since(start), Version: fairlead.Version(), Deep: r.opts.Deep}
	report.Computer, _ = os.Hostname() // unknown stays empty
	for i, result := range r.results {
		if !r.begun[i].IsZero() {
			result.At = r.begun[i].Sub(start)
		}
		report.Checks = append(report.Checks, *result)
	}
	// A check that is still running may be writing to the state.
	if r.opts.Facts != nil && running == 0 && report.Verdict() != Skip {
		report.Facts = r.opts.Facts(r.state)
		for name, fact := range report.Facts {
			report.Facts[name] = r.opts.Redact(fact)
		}
	}
	return report
}

// clip keeps evidence to a size that a person may read.
func clip(text string) string {
	const most = 4096
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "\n… (cut)"
}

// Validate finds mistakes in declarations: double ids, needs that do not exist
// or stand later, causes without a code, a condition or a remedy, and texts that
// are no templates over S. Providers call it in a test.
func Validate[S any](checks []Check[S], sample S) error {
	seen := map[string]bool{}
	for _, c := range checks {
		if c.ID == "" || c.Title == "" || c.Ask == nil || seen[c.ID] {
			return fmt.Errorf("check %q: no id, title or question, or the id is used twice", c.ID)
		}
		for _, need := range c.Needs {
			if !seen[need] {
				return fmt.Errorf("check %q needs %q, which does not stand before it", c.ID, need)
			}
		}
		seen[c.ID] = true
		for _, cause := range c.Causes {
			if err := cause.validate(sample); err != nil {
				return fmt.Errorf("check %q: %w", c.ID, err)
			}
		}
	}
	return nil
}

func (c *Cause[S]) validate(sample S) error {
	if c.Code == "" || c.Title == "" || c.When == nil || c.Remedy == "" || (c.Verdict != Fail && c.Verdict != Warn) {
		return fmt.Errorf("cause %q lacks a code, title, condition, remedy or verdict", c.Code)
	}
	for _, text := range append([]string{c.Title, c.Remedy, c.Look}, c.Likely...) {
		t, err := template.New(c.Code).Parse(text)
		if err == nil {
			err = t.Execute(&strings.Builder{}, sample)
		}
		if err != nil {
			return fmt.Errorf("cause %q: %w", c.Code, err)
		}
	}
	return nil
}
