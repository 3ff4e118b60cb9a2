package screen

import (
	"fmt"
	"strings"

	"fairlead/check"
)

// Verdicts writes the rows of a finished report, as they would have streamed.
func (s *Screen) Verdicts(report check.Report) {
	var rows []check.Row
	for _, c := range report.Checks {
		rows = append(rows, check.Row{ID: c.ID, Title: c.Title})
	}
	r := s.Rows(rows)
	for _, c := range report.Checks {
		r.write(c)
	}
}

// Diagnosis writes what comes below the verdicts: the headline, and for each
// failure, then each warning, what is wrong, why it may be so and what to do.
func (s *Screen) Diagnosis(report check.Report) {
	s.Headline(report)
	for _, verdict := range []check.Verdict{check.Fail, check.Warn} {
		for _, result := range report.Checks {
			looked := "" // causes of one check often point to the same place
			for _, d := range result.Diagnoses {
				if d.Verdict != verdict {
					continue
				}
				if d.Look == looked {
					d.Look = ""
				} else {
					looked = d.Look
				}
				s.diagnosis(d)
			}
		}
	}
}

// Headline says in one sentence how a test went.
func (s *Screen) Headline(report check.Report) {
	s.Blank()
	s.Say(report.Verdict(), "%s. It took %s.", report.Headline(), Span(report.Took))
}

// Cause writes the first thing that failed and nothing else.
func (s *Screen) Cause(report check.Report) {
	s.Headline(report)
	if worst := report.Worst(); worst != nil && len(worst.Diagnoses) > 0 {
		s.diagnosis(worst.Diagnoses[0])
	}
}

// Evidence writes what every check saw.
func (s *Screen) Evidence(report check.Report) {
	for _, result := range report.Checks {
		s.evidence(result)
	}
}

func (s *Screen) diagnosis(d check.Diagnosis) {
	s.Blank()
	m := markOf(d.Verdict)
	first := m.shape + " "
	title := wrap(fmt.Sprintf("%s (%s)", strings.TrimSuffix(Clean(d.Title), "."), d.Code), s.width, first, "  ")
	s.put(s.paint(m.how, m.shape) + " " + s.paint(bold, strings.TrimSuffix(strings.TrimPrefix(title, first), "\n")) + "\n")
	if len(d.Likely) > 0 {
		s.part("Likely, the most likely first")
		for i, why := range d.Likely {
			mark := fmt.Sprintf("%d. ", i+1)
			s.Indented(indent+mark, indent+strings.Repeat(" ", len(mark)), why)
		}
	}
	if d.Remedy != "" {
		s.part("What to do")
		s.Markdown(indent, d.Remedy)
	}
	if d.Look != "" {
		s.part("Where to look")
		s.Markdown(indent, d.Look)
	}
}

// indent is how far a diagnosis stands in.
const indent = "    "

func (s *Screen) part(name string) { s.put("  " + s.paint(bold, name) + "\n") }

func (s *Screen) evidence(result check.Result) {
	text := strings.TrimSpace(result.Evidence)
	if text == "" {
		return
	}
	s.Blank()
	s.part("Evidence of " + Clean(result.Title))
	for line := range strings.SplitSeq(text, "\n") {
		s.Line("%s", strings.TrimRight(indent+line, " \r"))
	}
}
