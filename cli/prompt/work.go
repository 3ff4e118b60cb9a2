package prompt

import (
	"context"
	"errors"

	"fairlead/check"
	"fairlead/cli/keyboard"
	"fairlead/wizard/page"
)

// work runs a task and shows how it goes. The first interrupt stops the task
// and nothing else; a second one leaves the wizard. A task that commits is
// waited for whatever happens, so that nobody is told that nothing was
// registered while it was.
func (w *Wizard) work(ctx context.Context, t *page.Task) (page.Move, error) {
	running, stop := context.WithCancel(ctx)
	defer stop()
	w.Screen.Blank()
	w.Screen.Text("%s. Ctrl-C stops it.", t.Busy)
	rows := w.Screen.Rows(t.Rows())
	done := make(chan page.Result, 1)
	go func() {
		done <- t.Run(running, func(p page.Progress) { w.Screen.Status("… " + p.Text) }, rows.Show)
	}()
	ended := ctx.Done()
	for {
		select {
		case result := <-done:
			return w.finish(t, result), nil
		case <-w.Interrupts:
			if running.Err() != nil && !t.Commits() {
				return page.Move{}, keyboard.ErrInterrupted
			}
		case <-ended:
			if !t.Commits() {
				return page.Move{}, keyboard.ErrInterrupted
			}
			ended = nil // once is enough
		}
		stop()
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
