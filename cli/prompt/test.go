package prompt

import (
	"context"
	"time"

	"fairlead/check"
	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

// Test runs a connection test outside of the wizard. Its verdicts go to out as they
// come. What it tells of itself, by the function of [Latest], is shown to the
// person: an address to open, how much of the time is left, an address to bring
// back. It needs neither a journey nor interrupts: the end of ctx stops it.
func (w *Wizard) Test(ctx context.Context, suite *check.Suite, told <-chan page.Progress, out *screen.Screen) check.Report {
	rows := out.Rows(suite.Rows)
	done := make(chan check.Report, 1)
	go func() { done <- suite.Run(ctx, rows.Show) }()
	g := &going{w: w}
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for {
		select {
		case report := <-done:
			out.Status("")
			return report
		case p := <-told:
			g.hear(p)
		case <-second.C:
			g.status()
		case <-g.typed:
			g.paste(ctx)
		}
	}
}
