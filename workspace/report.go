package workspace

import (
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/report"
)

// ReportOf is the last test of a connector as a document that can be saved. The
// connector must have been tested.
func (w *Workspace) ReportOf(c connectors.Connector) report.Document {
	return w.Report(c.Name, c.Provider, c.Settings, *c.LastTest)
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
