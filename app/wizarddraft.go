package app

import (
	"context"
)

// keepDraft writes down what was answered so far, without a word. Where that fails,
// nothing is said yet: leaving the wizard tries again and says it.
func (s *wizardScreen) keepDraft() {
	if s.keep != nil {
		return // leaving keeps the answers
	}
	write := s.drafting.Keep(s.journey)
	if write == nil {
		return
	}
	ctx, cancel := context.WithTimeout(s.app.ctx, reach)
	s.app.opts.Spawn(func() {
		defer cancel()
		if err := write(ctx); err != nil {
			s.app.world.Log.Warn("the draft is not kept", "error", err)
		}
	})
}

// dropDraft deletes the draft that has become a connector. When that fails the
// draft stays in the list, where it can be deleted; nothing is lost.
func (s *wizardScreen) dropDraft() {
	drop := s.drafting.Drop()
	if drop == nil {
		return
	}
	work(s.app, func(ctx context.Context) (struct{}, error) { return struct{}{}, drop(ctx) }, func(_ struct{}, err error) {
		if err == nil {
			s.app.trace("draft:dropped")
		}
	})
}

// settled waits until the draft is as it is to stay.
func (s *wizardScreen) settled(then func()) {
	last := s.drafting.Settled()
	work(s.app, func(ctx context.Context) (struct{}, error) {
		select {
		case <-last:
		case <-ctx.Done():
		}
		return struct{}{}, nil
	}, func(struct{}, error) { then() })
}
