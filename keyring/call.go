package keyring

import (
	"context"
	"sync/atomic"
)

// call is one call to a store that cannot be stopped: either its work is
// finished first, or its caller gives up first, never both.
type call struct{ state atomic.Int32 }

const (
	working = iota
	finished
	abandoned
)

// finish is called by the work when what it did shall stand. It reports false
// when nobody waits any more: then the work takes back what it did.
func (c *call) finish() bool { return c.state.CompareAndSwap(working, finished) }

// giveUp is called by the caller. It reports false when the work was finished
// just before.
func (c *call) giveUp() bool { return c.state.CompareAndSwap(working, abandoned) }

func (c *call) abandoned() bool { return c.state.Load() == abandoned }

type outcome struct {
	value string
	err   error
}

// await runs work on a goroutine of its own and waits until it ends or ctx
// does. Work that hangs keeps its goroutine until the system answers.
func await(ctx context.Context, work func(*call) (string, error)) (string, error) {
	c := &call{}
	done := make(chan outcome, 1) // never blocks late work
	go func() {
		value, err := work(c)
		done <- outcome{value, err}
	}()
	select {
	case out := <-done:
		return out.value, out.err
	case <-ctx.Done():
		if c.giveUp() {
			return "", ctx.Err()
		}
		out := <-done // on its way: finish is the last thing that work does
		return out.value, out.err
	}
}
