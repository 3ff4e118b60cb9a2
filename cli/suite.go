package cli

import (
	"context"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/workspace"
)

// ask runs a connection test and shows its verdicts as they come.
func (p *program) ask(ctx context.Context, suite *check.Suite) check.Report {
	report := suite.Run(ctx, p.screen().Rows(suite.Rows).Show)
	p.screen().Status("")
	return report
}

// say tells what a test came to and what to do about it.
func (p *program) say(report check.Report, evidence bool) {
	p.give(&report)
	p.screen().Diagnosis(report)
	if evidence {
		p.screen().Evidence(report)
	}
}

// outcome turns a report into an exit status.
func outcome(ctx context.Context, report check.Report) error {
	switch {
	case ctx.Err() != nil || !report.Complete() || report.Verdict() == check.Skip:
		return errStatus(statusCannot)
	case report.Verdict() == check.Fail:
		return errStatus(statusNotSo)
	}
	return nil
}

// record keeps the report of a connector. A test that was stopped says nothing,
// so it is not kept.
func record(ctx context.Context, w *workspace.Workspace, c connectors.Connector, report check.Report) error {
	if ctx.Err() != nil || !report.Complete() {
		return nil
	}
	return w.Keeper.RecordTest(ctx, c.ID, report)
}
