package screen

import (
	"strings"

	"fairlead/wizard/page"
)

// Errand writes what has to be done elsewhere: an address to open and a code to
// type there, each on a line of its own so that it can be selected.
func (s *Screen) Errand(e page.Errand) {
	if e.Link != "" {
		s.Blank()
		s.Text("Open this address in a browser, unless it is open there already:")
		s.Line("%s", e.Link)
	}
	if e.Code != "" {
		s.Blank()
		s.Text("Type this code there:")
		s.Line("%s", e.Code)
	}
}

// Block writes a text that is to be copied: its lines stay as they are.
func (s *Screen) Block(indent, text string) {
	for line := range strings.SplitSeq(Clean(strings.TrimRight(text, "\n")), "\n") {
		s.put(strings.TrimRight(indent+s.paint(blue, strings.TrimRight(line, " ")), " ") + "\n")
	}
}
