package app

import (
	"context"
	"time"

	"fairlead/app/kit"
)

const (
	// reach is how long the window waits for the registry and the keyring: long
	// enough for somebody who has to find and type the keyring's password.
	reach = 75 * time.Second
	// patience is how long it waits before it says so.
	patience = 800 * time.Millisecond
)

// work runs do elsewhere, and then with its result on the window's goroutine.
// What do is given ends when the window closes, or after a while, or when
// somebody does not want to wait any longer.
func work[T any](a *App, do func(context.Context) (T, error), then func(T, error)) {
	workSaying(a, "The keyring or the registry has not answered yet. "+
		"The keyring may be asking for its password in another window.", do, then)
}

// workSaying is work with other words for when it takes long.
func workSaying[T any](a *App, slow string, do func(context.Context) (T, error), then func(T, error)) {
	ctx, cancel := context.WithTimeout(a.ctx, reach)
	w := &waiting{app: a, slow: slow, cancel: cancel}
	stop := a.opts.After(patience, func() { a.opts.UI(w.show) })
	a.opts.Spawn(func() {
		defer cancel()
		result, err := do(ctx)
		if err != nil {
			a.world.Log.Warn("did not work", "error", err)
		}
		stop()
		a.opts.UI(func() {
			w.end()
			then(result, err)
		})
	})
}

// here returns a function that reports whether the screen that is shown now is
// still shown then. A late result must not take away what was opened meanwhile.
func (a *App) here() func() bool {
	at := a.screen
	return func() bool { return a.screen == at }
}

// waiting is the dialog over work that takes long.
type waiting struct {
	app    *App
	slow   string // what it says
	cancel context.CancelFunc
	over   bool
	dialog *kit.Dialog
}

func (w *waiting) show() {
	if w.over {
		return
	}
	stop := kit.NewButton("Stop waiting", kit.Secondary, w.stop)
	w.dialog = kit.ShowDialog(w.app.window.Canvas(), kit.DialogText{
		Title: "Waiting for an answer", Content: kit.Plain(w.slow),
		Buttons: []*kit.Button{stop}, Cancel: w.cancel,
	})
	w.app.trace("dialog:waiting")
}

func (w *waiting) stop() {
	w.dialog.Close()
	w.cancel()
}

func (w *waiting) end() {
	w.over = true
	if w.dialog != nil {
		w.dialog.Close()
	}
}
