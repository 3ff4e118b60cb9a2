package app

import "context"

// latest does one thing at a time elsewhere. Of what it is given meanwhile it
// does the last thing only, and the result of what came before is dropped: so
// somebody may type faster than the registry answers.
type latest[T any] struct {
	app    *App
	busy   bool
	cancel context.CancelFunc
	next   func() // what to do once the present thing has ended
}

// do runs do elsewhere, and then with its result on the window's goroutine,
// unless something else was asked for by then.
func (l *latest[T]) do(do func(context.Context) (T, error), then func(T, error)) {
	if l.busy {
		l.next = func() { l.do(do, then) }
		l.cancel()
		return
	}
	ctx, cancel := context.WithTimeout(l.app.ctx, reach)
	l.busy, l.cancel = true, cancel
	l.app.opts.Spawn(func() {
		result, err := do(ctx)
		cancel()
		l.app.opts.UI(func() {
			l.busy = false
			if next := l.next; next != nil {
				l.next = nil
				next()
				return
			}
			then(result, err)
		})
	})
}
