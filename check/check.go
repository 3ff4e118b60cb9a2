// Package check asks questions of the outside world and says what the answers
// mean.
//
// A [Check] is one question: an id, a title, the checks it needs, and a small
// function that looks. A [Cause] is one thing that may be wrong: a stable code,
// a title, when it applies, and what to do about it. Both are data, declared
// once; a new check or a new cause is a declaration, never a branch in a long
// function.
//
// Checks of one test share a state S, usually a pointer to a struct. A check
// writes only the fields that are its own, and reads only those of the checks
// that it needs; the runner starts it after they have ended, so no locks are
// needed.
//
// Front ends see none of this. They get a [Suite]: rows to draw before
// anything ran, events while it runs, and a [Report] at the end.
package check

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Verdict is the outcome of one check or of a whole report.
type Verdict string

// The verdicts, best to worst; Skip says that the question was not asked.
const (
	Pass Verdict = "pass"
	Skip Verdict = "skip"
	Warn Verdict = "warn"
	Fail Verdict = "fail"
)

// Check is one question asked of the outside world.
type Check[S any] struct {
	ID    string   // stable, lower-case, such as "sign-in"
	Title string   // what the row is called on screen
	Needs []string // ids of checks without which this one makes no sense
	// Ask looks and returns what it found. An error is not yet a verdict: the
	// causes judge it. [Skipped] says that the question does not apply.
	Ask func(ctx context.Context, s S) (Finding, error)
	// Causes are tried in order. The first that fails is the cause of the
	// check; the others that apply are listed after it.
	Causes []*Cause[S]
}

// Finding is what a check saw, in words and raw.
type Finding struct {
	Summary  string // one line, such as "public authority, 211 days left"
	Evidence string // raw lines for support, such as a status line and headers
}

// Cause is one thing that can be wrong, with its remedy.
type Cause[S any] struct {
	Code    string  // stable, lower-case, such as "basic-not-offered"
	Title   string  // what is wrong, such as "Basic sign-in is not offered"
	Verdict Verdict // [Fail] or [Warn]
	// When reports whether the cause applies, given what the check found and
	// the error that it met, which may be nil.
	When func(s S, err error) bool
	// Likely lists why it may be so, most likely first. Where two causes look
	// the same on the wire, both stand here.
	Likely []string
	// Remedy says what to do, in Markdown with fenced commands. Title, Likely,
	// Remedy and Look are text/template texts over S.
	Remedy string
	// Look says where the server's own records tell more.
	Look string
}

// Skipped is returned by Ask when the question does not apply; why is shown.
func Skipped(why string) error { return skipped(why) }

// IsSkipped reports whether an error of Ask says that the question does not apply.
func IsSkipped(err error) bool {
	_, ok := errors.AsType[skipped](err)
	return ok
}

type skipped string

func (s skipped) Error() string { return string(s) }

// unexplained is what is said when a check met an error that none of its
// causes knows. It never hides the error: that is the evidence.
const unexplained = "unexplained"

// judge turns what Ask returned into a result. It runs after every Ask, on the
// same goroutine, and touches only s.
func (c *Check[S]) judge(s S, found Finding, err error, redact func(string) string) Result {
	r := Result{ID: c.ID, Title: c.Title, Verdict: Pass, Summary: found.Summary, Evidence: found.Evidence}
	if why, ok := errors.AsType[skipped](err); ok {
		r.Verdict, r.Summary = Skip, string(why)
		return r
	}
	if err != nil {
		r.Evidence = strings.TrimSpace(r.Evidence + "\n" + err.Error())
	}
	var fails, warns []Diagnosis
	for _, cause := range c.Causes {
		if !cause.When(s, err) {
			continue
		}
		if d := cause.explain(s, redact); cause.Verdict == Fail {
			fails = append(fails, d)
		} else {
			warns = append(warns, d)
		}
	}
	if err != nil && len(fails) == 0 {
		fails = []Diagnosis{{
			Code: unexplained, Title: c.Title + ": an answer that Fairlead does not know", Verdict: Fail,
			Remedy: "Save the report and send it with the evidence below to whoever looks after the server.",
		}}
	}
	r.Diagnoses = append(fails, warns...)
	switch {
	case len(fails) > 0:
		r.Verdict = Fail
	case len(warns) > 0:
		r.Verdict = Warn
	}
	return r
}

func (c *Cause[S]) explain(s S, redact func(string) string) Diagnosis {
	d := Diagnosis{
		Code: c.Code, Title: fill(c.Title, s, redact), Verdict: c.Verdict,
		Remedy: strings.TrimSpace(fill(c.Remedy, s, redact)), Look: fill(c.Look, s, redact),
	}
	for _, why := range c.Likely {
		d.Likely = append(d.Likely, fill(why, s, redact))
	}
	return d
}

// Diagnosis is a cause that applies, with its texts filled in.
type Diagnosis struct {
	Code    string   `json:"code"`
	Title   string   `json:"title"`
	Verdict Verdict  `json:"verdict"`
	Likely  []string `json:"likely,omitempty"`
	Remedy  string   `json:"remedy"`
	Look    string   `json:"look,omitempty"`
}

// Result is the outcome of one check.
type Result struct {
	ID, Title string
	Verdict   Verdict
	Summary   string
	Evidence  string
	Diagnoses []Diagnosis   // what is wrong, worst first; empty for pass and skip
	At        time.Duration // when it was asked, counted from the start of the test
	Took      time.Duration
}

// Cause is the code of the first diagnosis, or empty.
func (r Result) Cause() string {
	if len(r.Diagnoses) == 0 {
		return ""
	}
	return r.Diagnoses[0].Code
}
