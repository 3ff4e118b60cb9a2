// Package report makes a connection test's report fit to leave this computer:
// as text for a ticket, as JSON for a program, and as one HTML page that needs
// nothing beside itself.
//
// A report never holds a secret; that is the test's care, see package check.
// [Document.Mask] takes the names of accounts and mail addresses out too.
package report

import (
	"cmp"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

// Document is a report with everything that a reader elsewhere needs: what was
// tested, and what the test could not see.
type Document struct {
	Name     string // of the connector, or of the server that was tested
	Details  []providers.Detail
	Lab      bool // the world was simulated
	Report   check.Report
	Platform assets.Platform // what a test from here cannot prove
	Regions  assets.Regions
	Region   string // id of the region whose addresses are listed; empty lists the regions
	Masked   bool   // set by Mask
}

// header are the lines that say what was tested, when, from where and how.
func (d Document) header() []providers.Detail {
	kind := "normal"
	if d.Report.Deep {
		kind = "deep: with the slow and intrusive questions"
	}
	lines := append([]providers.Detail{{Label: "Tested", Value: d.Name}}, d.Details...)
	for _, name := range sortedFacts(d.Report) {
		lines = append(lines, providers.Detail{Label: label(name), Value: d.Report.Facts[name]})
	}
	lines = append(
		lines,
		providers.Detail{Label: "When", Value: d.Report.Started.UTC().Format("2006-01-02 15:04:05") + " UTC"},
		providers.Detail{Label: "From computer", Value: cmp.Or(d.Report.Computer, "unknown")},
		providers.Detail{Label: "Made by", Value: "Fairlead " + cmp.Or(d.Report.Version, "unknown")},
		providers.Detail{Label: "Kind of test", Value: kind},
	)
	if d.Masked {
		lines = append(lines, providers.Detail{Label: "Names", Value: "masked: put the real ones into the commands"})
	}
	return lines
}

// title is what the report is called.
func (d Document) title() string {
	if d.Lab {
		return "Connection test (LAB, simulated)"
	}
	return "Connection test"
}
