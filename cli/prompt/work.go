package prompt

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

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
	told, say := Latest()
	done := make(chan page.Result, 1)
	go func() { done <- t.Run(running, say, rows.Show) }()
	g := &going{w: w}
	second := time.NewTicker(time.Second)
	defer second.Stop()
	ended := ctx.Done()
	for {
		select {
		case result := <-done:
			move := w.finish(t, result)
			if !move.Moved {
				return move, nil // the question that comes now takes what is typed
			}
			return move, g.end(ctx)
		case p := <-told:
			g.hear(p)
			continue
		case <-second.C:
			g.status()
			continue
		case <-g.typed:
			g.paste(ctx)
			continue
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

// Latest returns a channel that holds what was said last, and a function to say
// something, which never waits.
func Latest() (<-chan page.Progress, func(page.Progress)) {
	told := make(chan page.Progress, 1)
	var speaking sync.Mutex
	return told, func(p page.Progress) {
		speaking.Lock()
		defer speaking.Unlock()
		select {
		case <-told: // nobody has read it, and now it is old
		default:
		}
		told <- p
	}
}

// finish takes a result in and says what it came to.
func (w *Wizard) finish(t *page.Task, result page.Result) page.Move {
	w.tested(result.Report)
	move := w.Journey.Finish(t, result)
	w.Screen.Status("")
	w.Screen.Seen() // the verdicts were watched as they came
	waiting := w.Journey.View().Waiting
	switch {
	case errors.Is(result.Err, page.ErrStopped):
		w.Screen.Say(check.Skip, "Stopped.")
	case result.Report != nil:
		w.Screen.Diagnosis(*result.Report)
	case result.Err != nil && waiting != nil && w.undrafted():
		w.Screen.Say(check.Skip, "%s: %s.", waiting.Headline(time.Now()), strings.TrimSuffix(waiting.Error(), "."))
	case result.Err != nil && waiting != nil:
		w.Screen.Say(check.Skip, "%s: %s. You may leave with %s and go on with the draft later.",
			waiting.Headline(time.Now()), strings.TrimSuffix(waiting.Error(), "."), w.saving())
	case result.Err != nil:
		w.Screen.Say(check.Fail, "%s", w.Journey.View().Failure)
	}
	return move
}
