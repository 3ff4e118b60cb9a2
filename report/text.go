package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fairlead/cli/screen"
)

// Text is the report as plain text, for a ticket.
func (d Document) Text() string {
	var out strings.Builder
	s := screen.New(&out, func(string) string { return "" })
	s.Title(d.title() + ": " + d.Report.Title())
	s.Blank()
	header, width := d.header(), 0
	for _, line := range header {
		width = max(width, utf8.RuneCountInString(line.Label))
	}
	for _, line := range header {
		s.Indented(fmt.Sprintf("%-*s ", width, line.Label), strings.Repeat(" ", width+1), line.Value)
	}
	s.Blank()
	s.Verdicts(d.Report)
	s.Diagnosis(d.Report)
	d.limits(s)
	s.Evidence(d.Report)
	return out.String()
}

// limits writes what the test cannot prove, and the firewall's checklist.
func (d Document) limits(s *screen.Screen) {
	if len(d.Platform.Unproven) == 0 {
		return
	}
	s.Blank()
	s.Title("What this test cannot prove")
	s.Text("%s", fromHere)
	for _, sentence := range d.Platform.Unproven {
		s.Indented("  - ", "    ", sentence)
	}
	region, words := d.checklist()
	if words == "" {
		return
	}
	s.Blank()
	s.Title(firewallTitle(region.Name))
	s.Text("%s", words)
	for _, prefix := range region.Ranges {
		s.Line("  [ ] %s", prefix)
	}
	if region.ID == "" {
		for _, r := range d.Regions.List {
			s.Line("  %-10s %s", r.ID, regionLine(r))
		}
	}
}

// firewallTitle is the heading of the checklist.
func firewallTitle(region string) string {
	if region == "" {
		return "Firewall checklist"
	}
	return "Firewall checklist, " + region
}
