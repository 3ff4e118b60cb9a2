package app

import (
	"context"
	"time"

	"fairlead/wizard/page"
)

// wait is a wizard that was left while somebody else has to do something first. As
// long as the window is open it stays in memory, with the secrets that no draft holds,
// and looks again by itself.
type wait struct {
	app     *App
	draft   string
	journey *page.Journey
	stop    func()              // the timer, or the look that goes on
	looking bool                // a look goes on
	ready   bool                // what was waited for has come, or something else is to be done
	then    func(*page.Journey) // who wants to go on with it once the look has ended; or nil
}

// keepWaiting goes on looking for a draft that was left.
func (a *App) keepWaiting(draft string, j *page.Journey) {
	if v := j.View().Waiting; v != nil && v.Every > 0 {
		w := &wait{app: a, draft: draft, journey: j}
		if a.waits == nil {
			a.waits = map[string]*wait{}
		}
		a.waits[draft] = w
		w.later(v.Every)
	}
}

// later looks after a while.
func (w *wait) later(every time.Duration) {
	w.stop = w.app.opts.After(every, func() { w.app.opts.UI(w.look) })
}

// look does what Next does on the page that waits.
func (w *wait) look() {
	if w.app.waits[w.draft] != w || w.looking {
		return // somebody goes on with it
	}
	move := w.journey.Next()
	if move.Task == nil {
		w.took()
		return
	}
	ctx, cancel := context.WithCancel(w.app.ctx)
	w.looking, w.stop = true, cancel
	w.app.opts.Spawn(func() {
		defer cancel()
		result := move.Task.Run(ctx, func(page.Progress) {}, nil)
		w.app.opts.UI(func() {
			w.looking = false
			w.journey.Finish(move.Task, result)
			w.took()
		})
	})
}

// took says what a look came to: it is looked again, or somebody can go on.
func (w *wait) took() {
	if w.then != nil {
		w.then(w.journey)
		return
	}
	if v := w.journey.View().Waiting; v != nil && v.Every > 0 {
		w.later(v.Every)
		return
	}
	w.ready = true
	w.app.trace("draft:ready")
	if list, shown := w.app.screen.(*listScreen); shown {
		list.list.Refresh()
	}
}

// goOn hands over the wizard of a draft, where it is still in memory, and reports
// whether it is. What looks at the moment is stopped first.
func (a *App) goOn(draft string, then func(*page.Journey)) bool {
	w, here := a.waits[draft]
	if !here {
		return false
	}
	a.forgetWait(draft)
	if w.looking {
		w.then = then // once the look has ended
	} else {
		then(w.journey)
	}
	return true
}

// forgetWait stops looking for a draft, which somebody goes on with or has deleted.
func (a *App) forgetWait(draft string) {
	if w, here := a.waits[draft]; here {
		delete(a.waits, draft)
		if !w.ready {
			w.stop()
		}
	}
}

// isReady reports whether what a draft waited for has come.
func (a *App) isReady(draft string) bool {
	w, here := a.waits[draft]
	return here && w.ready
}
