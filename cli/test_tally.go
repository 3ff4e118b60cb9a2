package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"fairlead/check"
	"fairlead/cli/screen"
	"fairlead/workspace"
)

// tally shows what becomes of many connectors as it becomes known, and counts.
type tally struct {
	*retest
	progress *screen.Screen // on standard error, seen at a terminal only
	total    int
	counts   tallyJSON
	hint     string // what to do about the first that could not be tested
	broken   error  // why standard output takes no more of the object
}

// tallyJSON is what stands below the list of an object.
type tallyJSON struct {
	Pass      int  `json:"pass"`
	Warn      int  `json:"warn"`
	Fail      int  `json:"fail"`
	NotTested int  `json:"notTested"`
	Stopped   bool `json:"stopped"`
}

// testedJSON is one line of an object's list. Where the report could not be
// recorded, there are both.
type testedJSON struct {
	Name   string        `json:"name"`
	Report *check.Report `json:"report,omitempty"`
	Error  string        `json:"error,omitempty"`
}

// newTally begins the object of --json, of which each line is written as soon
// as it is known.
func (o *retest) newTally(total int) *tally {
	t := &tally{retest: o, total: total, progress: screen.New(o.errOut, o.getenv)}
	o.given = true
	t.tell()
	t.write(`{"connectors": [`)
	return t
}

// add shows and counts one connector.
func (t *tally) add(r workspace.Tested) {
	if errors.Is(r.Err, context.Canceled) {
		return // it is among those that are left
	}
	line := testedJSON{Name: r.Name, Report: r.Report}
	verdict, facts := check.Skip, []string{r.Name}
	if r.Report != nil {
		verdict = r.Report.Verdict()
		facts = append(facts, r.Report.Title(), screen.Span(r.Report.Took))
		if worst := r.Report.Worst(); worst != nil {
			facts = append(facts, worst.Cause())
		}
	}
	if r.Err != nil {
		f := explain(r.Err)
		verdict, line.Error = check.Skip, f.what
		facts = append(facts, f.what)
		t.hint = cmp.Or(t.hint, f.hint)
	}
	separator := "\n"
	if t.done() > 0 {
		separator = ",\n"
	}
	t.write(separator, line)
	t.count(verdict)
	t.progress.Status("")
	t.screen().Say(verdict, "%s", strings.Join(facts, " · "))
	if t.verbose && r.Report != nil {
		t.screen().Evidence(*r.Report)
	}
	t.tell()
}

func (t *tally) count(v check.Verdict) {
	switch v {
	case check.Pass:
		t.counts.Pass++
	case check.Warn:
		t.counts.Warn++
	case check.Fail:
		t.counts.Fail++
	default:
		t.counts.NotTested++
	}
}

func (t *tally) done() int {
	return t.counts.Pass + t.counts.Warn + t.counts.Fail + t.counts.NotTested
}

// tell says at a terminal how far it is.
func (t *tally) tell() {
	t.progress.Status(fmt.Sprintf("… %d of %d · %d failed. Ctrl-C stops, and keeps what is done.", t.done(), t.total, t.counts.Fail))
}

// end says what it came to. What a stop left over was not tested.
func (t *tally) end(stopped bool) error {
	t.progress.Status("")
	left := t.total - t.done()
	if t.counts.Stopped = stopped && left > 0; t.counts.Stopped {
		t.counts.NotTested += left
	}
	s, c := t.screen(), t.counts
	s.Blank()
	if t.total == 0 {
		s.Text(`There is no connector yet. "fairleadctl new" makes one.`)
	} else {
		s.Text("%d pass, %d warn, %d fail, %d not tested.", c.Pass, c.Warn, c.Fail, c.NotTested)
	}
	if c.Stopped {
		s.Text("Stopped. What was tested is recorded.")
	}
	if t.hint != "" {
		s.Message("→ ", "  ", t.hint)
	}
	t.write("\n], \"summary\": ", c)
	t.write("}\n")
	switch {
	case t.broken != nil:
		return t.broken
	case c.Stopped:
		return errStatus(statusCannot)
	case c.Fail > 0:
		return errStatus(statusNotSo)
	case c.NotTested > 0:
		return errStatus(statusCannot)
	}
	return nil
}

// write adds text and perhaps a value to the object, where one was asked for.
func (t *tally) write(text string, values ...any) {
	if !t.json || t.broken != nil {
		return
	}
	for _, value := range values {
		var encoded []byte
		if encoded, t.broken = json.Marshal(value); t.broken != nil {
			return
		}
		text += string(encoded)
	}
	_, t.broken = io.WriteString(t.out, text)
}
