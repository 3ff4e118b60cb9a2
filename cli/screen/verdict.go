package screen

import (
	"fmt"
	"strings"
	"time"

	"fairlead/check"
)

// mark is how a verdict looks: a shape, a word, and a colour that repeats them.
type mark struct {
	shape, word string
	how         style
}

func markOf(v check.Verdict) mark {
	switch v {
	case check.Pass:
		return mark{Pass, "pass", green}
	case check.Warn:
		return mark{"▲", "warn", amber}
	case check.Fail:
		return mark{Fail, "fail", red}
	}
	return mark{"–", "skip", muted}
}

// Shape is the mark of a verdict alone, for a list.
func Shape(v check.Verdict) string { return markOf(v).shape }

// Rows writes the verdicts of a test as they come in, and says what is being
// asked meanwhile.
type Rows struct {
	s       *Screen
	titles  map[string]string
	width   int      // of the widest title
	running []string // ids, in the order of their start
}

// Rows prepares to write the verdicts of a test that has these checks.
func (s *Screen) Rows(rows []check.Row) *Rows {
	r := &Rows{s: s, titles: map[string]string{}}
	for _, row := range rows {
		r.titles[row.ID] = row.Title
		r.width = max(r.width, runes(row.Title))
	}
	return r
}

// Show takes one event of a test in. It is a function for check.Suite.Run.
func (r *Rows) Show(e check.Event) {
	if e.Result == nil {
		r.running = append(r.running, e.ID)
	} else {
		r.stop(e.ID)
		r.write(*e.Result)
	}
	var titles []string
	for _, id := range r.running {
		titles = append(titles, r.titles[id])
	}
	if len(titles) > 0 {
		r.s.Status("… " + strings.Join(titles, ", "))
	}
}

func (r *Rows) stop(id string) {
	for i, running := range r.running {
		if running == id {
			r.running = append(r.running[:i], r.running[i+1:]...)
			return
		}
	}
}

func (r *Rows) write(result check.Result) {
	m := markOf(result.Verdict)
	title := pad(Clean(result.Title), r.width)
	took := pad("", 8)
	if result.Verdict != check.Skip {
		took = fmt.Sprintf("%8s", Span(result.Took))
	}
	first := fmt.Sprintf("%s %s  %s %s  ", m.shape, m.word, title, took)
	summary := strings.ReplaceAll(Clean(result.Summary), "\n", " ")
	text := wrap(summary, r.s.width, first, strings.Repeat(" ", runes(first)))
	head := m.shape + " " + m.word
	r.s.put(r.s.paint(m.how, head) + strings.TrimPrefix(text, head))
}

// Span writes a duration as a person reads it: "12 ms", "1.3 s".
func Span(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// Say writes a line that begins with the mark of a verdict.
func (s *Screen) Say(v check.Verdict, format string, args ...any) {
	m := markOf(v)
	text := wrap(Clean(fmt.Sprintf(format, args...)), s.width, m.shape+" ", "  ")
	s.put(s.paint(m.how, m.shape) + strings.TrimPrefix(text, m.shape))
}
