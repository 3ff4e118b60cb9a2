package workspace

import (
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/report"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

// ReportOf is the last test of a connector as a document that can be saved. The
// connector must have been tested.
func (w *Workspace) ReportOf(c connectors.Connector) report.Document {
	return w.Report(c.Name, c.Provider, c.Settings, *c.LastTest)
}

// ReportOfAnswers is the test that a wizard has just made, under a name.
func (w *Workspace) ReportOfAnswers(name string, a *page.Answers, r check.Report) report.Document {
	provider := a.Text(wizard.KeyProvider)
	var settings map[string]string
	if p := w.Provider(provider); p != nil {
		settings = p.Outcome(a).Settings
	}
	return w.Report(name, provider, settings, r)
}

// Report is a test of a provider's settings as a document that can be saved.
func (w *Workspace) Report(name, provider string, settings map[string]string, r check.Report) report.Document {
	d := report.Document{Name: name, Report: r, Lab: w.Lab != nil, Regions: w.Catalogue.Regions}
	d.Platform, _ = w.Catalogue.Platform(provider)
	if p := w.Provider(provider); p != nil {
		d.Details = p.Describe(settings)
	}
	return d
}
