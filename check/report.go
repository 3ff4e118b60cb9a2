package check

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Report is the outcome of one connection test, never with a secret in it.
type Report struct {
	Started  time.Time
	Took     time.Duration
	Checks   []Result
	Facts    map[string]string // what was learnt, such as "platform"
	Computer string            // the one that ran the test; empty where unknown
	Version  string            // of the program that ran it
	Deep     bool              // the slow and intrusive questions were asked too
}

// Verdict is Fail if a check failed, else Warn if one warned, else Pass if one
// passed, else Skip.
func (r Report) Verdict() Verdict {
	verdict := Skip
	for _, c := range r.Checks {
		switch {
		case c.Verdict == Fail:
			return Fail
		case c.Verdict == Warn:
			verdict = Warn
		case c.Verdict == Pass && verdict == Skip:
			verdict = Pass
		}
	}
	return verdict
}

// Worst is the check that a person should look at first: the first that
// failed, else the first that warned, else nil.
func (r Report) Worst() *Result {
	for _, verdict := range []Verdict{Fail, Warn} {
		for i := range r.Checks {
			if r.Checks[i].Verdict == verdict {
				return &r.Checks[i]
			}
		}
	}
	return nil
}

// Title says in a few words what the test came to: what is wrong first of all,
// or that the connection works.
func (r Report) Title() string {
	worst := r.Worst()
	switch {
	case worst != nil && len(worst.Diagnoses) > 0:
		return worst.Diagnoses[0].Title
	case worst != nil:
		return worst.Title
	case !r.Complete():
		return "The test was stopped"
	case r.Verdict() == Pass:
		return "The connection works"
	}
	return "Nothing could be tested"
}

// Complete reports whether every check was answered or skipped for the sake of
// another, so that a pass means something. A test that was stopped is not.
func (r Report) Complete() bool {
	for _, c := range r.Checks {
		if c.Verdict == Skip && c.Summary == stopped {
			return false
		}
	}
	return len(r.Checks) > 0
}

// Count returns how many checks ended with a verdict.
func (r Report) Count(v Verdict) int {
	n := 0
	for _, c := range r.Checks {
		if c.Verdict == v {
			n++
		}
	}
	return n
}

// Headline says in one sentence how the test went: "8 checks passed, 1 failed,
// 4 wait for it".
func (r Report) Headline() string {
	parts := []string{plural(r.Count(Pass), "check passed", "checks passed")}
	if n := r.Count(Warn); n > 0 {
		parts = append(parts, plural(n, "warns", "warn"))
	}
	if n := r.Count(Fail); n > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", n))
		if n := r.Count(Skip); n > 0 {
			parts = append(parts, plural(n, "waits for it", "wait for it"))
		}
	} else if n := r.Count(Skip); n > 0 {
		parts = append(parts, plural(n, "was not asked", "were not asked"))
	}
	return strings.Join(parts, ", ")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// reportJSON and resultJSON are the stable form that scripts read and that the
// registry keeps.
type reportJSON struct {
	Verdict Verdict           `json:"verdict"`
	Cause   string            `json:"cause"`
	Checks  []resultJSON      `json:"checks"`
	Facts   map[string]string `json:"facts,omitempty"`
	Started time.Time         `json:"started"`
	MS      float64           `json:"ms"`

	Computer string `json:"computer,omitempty"`
	Version  string `json:"version,omitempty"`
	Deep     bool   `json:"deep,omitempty"`
}

type resultJSON struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Verdict   Verdict     `json:"verdict"`
	Cause     string      `json:"cause"`
	Remedy    string      `json:"remedy"`
	Evidence  string      `json:"evidence"`
	At        float64     `json:"at"`
	MS        float64     `json:"ms"`
	Summary   string      `json:"summary"`
	Diagnoses []Diagnosis `json:"diagnoses,omitempty"`
}

// MarshalJSON writes the stable form: verdict, cause (the code of the first
// failed check, else empty), and checks with their times in milliseconds: at,
// counted from the start of the test, and how long each took.
func (r Report) MarshalJSON() ([]byte, error) {
	out := reportJSON{
		Verdict: r.Verdict(), Facts: r.Facts, Started: r.Started, MS: ms(r.Took), Checks: []resultJSON{},
		Computer: r.Computer, Version: r.Version, Deep: r.Deep,
	}
	if worst := r.Worst(); worst != nil && worst.Verdict == Fail {
		out.Cause = worst.Cause()
	}
	for _, c := range r.Checks {
		row := resultJSON{
			ID: c.ID, Title: c.Title, Verdict: c.Verdict, Cause: c.Cause(), Evidence: c.Evidence,
			At: ms(c.At), MS: ms(c.Took), Summary: c.Summary, Diagnoses: c.Diagnoses,
		}
		if len(c.Diagnoses) > 0 {
			row.Remedy = c.Diagnoses[0].Remedy
		}
		out.Checks = append(out.Checks, row)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads the stable form back.
func (r *Report) UnmarshalJSON(data []byte) error {
	var in reportJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("read report: %w", err)
	}
	*r = Report{Started: in.Started, Took: span(in.MS), Facts: in.Facts, Computer: in.Computer, Version: in.Version, Deep: in.Deep}
	for _, c := range in.Checks {
		r.Checks = append(r.Checks, Result{
			ID: c.ID, Title: c.Title, Verdict: c.Verdict, Summary: c.Summary, Evidence: c.Evidence,
			Diagnoses: c.Diagnoses, At: span(c.At), Took: span(c.MS),
		})
	}
	return nil
}

func ms(d time.Duration) float64    { return float64(d.Microseconds()) / 1000 }
func span(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }

// stopped is the summary of a check that the administrator's Stop cut short.
const stopped = "stopped"
