package app

import (
	"context"

	"fairlead/connectors"
)

// keepDraft writes down what was answered so far, without a word, so that a
// program that is killed loses no more than the page that was being filled in.
// Where that fails, nothing is said yet: leaving the wizard tries again and says
// it.
func (s *wizardScreen) keepDraft() {
	if s.keep != nil || !s.journey.Begun() {
		return
	}
	write, err := s.draftWrite()
	if err != nil {
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

// draftWrite makes the draft of the journey as it stands, and returns what
// writes it.
func (s *wizardScreen) draftWrite() (func(context.Context) error, error) {
	draft, err := s.app.world.DraftOf(s.draft, s.journey)
	if err != nil {
		return nil, err
	}
	s.draft = draft.ID
	return s.inTurn(func(ctx context.Context, r connectors.Registry) error { return r.SaveDraft(ctx, draft) }), nil
}

// dropDraft deletes the draft that has become a connector. When that fails the
// draft stays in the list, where it can be deleted; nothing is lost.
func (s *wizardScreen) dropDraft() {
	if s.draft == "" {
		return
	}
	id := s.draft
	s.draft = ""
	drop := s.inTurn(func(ctx context.Context, r connectors.Registry) error { return r.DeleteDraft(ctx, id) })
	work(s.app, func(ctx context.Context) (struct{}, error) { return struct{}{}, drop(ctx) }, func(_ struct{}, err error) {
		if err == nil {
			s.app.trace("draft:dropped")
		}
	})
}

// inTurn lets a change of the draft wait for the one before, so that an older
// draft never takes the place of a newer one.
func (s *wizardScreen) inTurn(change func(context.Context, connectors.Registry) error) func(context.Context) error {
	before, done := s.changed, make(chan struct{})
	s.changed = done
	return func(ctx context.Context) error {
		defer close(done)
		if before != nil {
			select {
			case <-before:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return change(ctx, s.app.world.Keeper.Registry)
	}
}
