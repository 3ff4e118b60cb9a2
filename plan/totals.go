package plan

import (
	"fmt"
	"strings"
)

// Totals count connectors. An Exchange connector counts once, however many
// services it serves.
type Totals struct {
	Needed   int `json:"needed"`
	Works    int `json:"works"`
	Fails    int `json:"fails"`
	Missing  int `json:"missing"`
	Waiting  int `json:"waiting"`
	Untested int `json:"untested"`
	Surplus  int `json:"surplus"`
}

func (p *Plan) count() Totals {
	t := Totals{Needed: len(p.Needs), Surplus: len(p.Surplus)}
	for i := range p.Needs {
		switch p.Needs[i].State {
		case Works:
			t.Works++
		case Fails:
			t.Fails++
		case Waiting:
			t.Waiting++
		case Untested:
			t.Untested++
		default:
			t.Missing++
		}
	}
	return t
}

// String is the line of numbers: "9 needed, 6 work, 1 fails, 2 missing".
func (t Totals) String() string {
	parts := []string{fmt.Sprintf("%d needed", t.Needed)}
	for _, part := range []struct {
		n         int
		one, many string
		always    bool
	}{
		{t.Works, "works", "work", true},
		{t.Fails, "fails", "fail", false},
		{t.Missing, "missing", "missing", false},
		{t.Waiting, "waits", "wait", false},
		{t.Untested, "never tested", "never tested", false},
		{t.Surplus, "not needed", "not needed", false},
	} {
		word := part.many
		if part.n == 1 {
			word = part.one
		}
		if part.n > 0 || part.always && t.Needed > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, word))
		}
	}
	return strings.Join(parts, ", ")
}

// Done reports whether everything that is needed works, and nothing else is there.
func (t Totals) Done() bool { return t.Works == t.Needed && t.Surplus == 0 }
