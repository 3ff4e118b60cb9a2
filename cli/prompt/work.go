package prompt

import (
	"context"
	"errors"

	"fairlead/check"
	"fairlead/cli/keyboard"
	"fairlead/wizard/page"
)

// work runs a task and shows how it goes. The first interrupt stops the task
// and nothing else; a second one leaves the wizard.
func (w *Wizard) work(ctx context.Context, t *page.Task) (page.Move, error) {
	running, stop := context.WithCancel(ctx)
	defer stop()
	w.Screen.Blank()
	w.Screen.Text("%s. Ctrl-C stops it.", t.Busy)
	rows := w.Screen.Rows(t.Rows())
	done := make(chan page.Result, 1)
	go func() {
		done <- t.Run(running, func(line string) { w.Screen.Status("… " + line) }, rows.Show)
	}()
	for {
		select {
		case result := <-done:
			return w.finish(t, result), nil
		case <-w.Interrupts:
			if running.Err() != nil {
				return page.Move{}, keyboard.ErrInterrupted
			}
			stop()
		case <-ctx.Done():
			return page.Move{}, keyboard.ErrInterrupted
		}
	}
}

// finish takes a result in and says what it came to.
func (w *Wizard) finish(t *page.Task, result page.Result) page.Move {
	move := w.Journey.Finish(t, result)
	w.Screen.Status("")
	switch {
	case errors.Is(result.Err, page.ErrStopped):
		w.Screen.Say(check.Skip, "Stopped.")
	case result.Report != nil:
		w.Screen.Diagnosis(*result.Report)
	case result.Err != nil:
		w.Screen.Say(check.Fail, "%s", w.Journey.View().Failure)
	}
	return move
}
