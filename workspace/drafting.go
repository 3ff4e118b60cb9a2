package workspace

import (
	"bytes"
	"context"
	"errors"

	"fairlead/connectors"
	"fairlead/wizard/page"
)

// Drafting keeps the draft of one journey up to date while it goes on, so that a
// program that is killed loses no more than the page that was being filled in.
//
// Its methods belong to whoever walks through the journey, and take down what there
// is to write. What they return writes it, elsewhere if that suits, and has to be
// called once: each waits for the one before, so that an older draft never takes the
// place of a newer one.
type Drafting struct {
	w    *Workspace
	id   string
	last []byte          // the answers that were taken down last
	turn <-chan struct{} // closed once what was taken down last is written

	// Whoever has the turn may look at these.
	there bool // the draft is in the registry
	gone  bool // somebody has deleted it, or made a connector of it
}

// Drafting begins to keep the draft with an id, or a new one where that is empty.
func (w *Workspace) Drafting(id string) *Drafting {
	nothing := make(chan struct{})
	close(nothing)
	return &Drafting{w: w, id: id, turn: nothing, there: id != ""}
}

// ID is the draft's; empty while there is none.
func (d *Drafting) ID() string { return d.id }

// Keep takes the journey down as it stands. It returns nil where there is nothing to
// keep, or nothing new. A draft that somebody else has deleted meanwhile does not
// come back.
func (d *Drafting) Keep(j *page.Journey) func(context.Context) error {
	if !j.Begun() {
		return nil
	}
	draft, err := d.w.draft(d.id, j)
	if err != nil || bytes.Equal(draft.Answers, d.last) {
		return nil // leaving the journey says the error
	}
	return d.write(draft, func(ctx context.Context, r connectors.Registry) error {
		if d.gone {
			return nil
		}
		if !d.there {
			return r.SaveDraft(ctx, draft)
		}
		err := r.UpdateDraft(ctx, draft)
		if d.gone = errors.Is(err, connectors.ErrNotFound); d.gone {
			return nil
		}
		return err
	})
}

// Save takes the journey down for somebody who leaves it and wants to go on later,
// whatever others have done to the draft.
func (d *Drafting) Save(j *page.Journey) (func(context.Context) error, error) {
	draft, err := d.w.draft(d.id, j)
	if err != nil {
		return nil, err
	}
	return d.write(draft, func(ctx context.Context, r connectors.Registry) error {
		d.gone = false
		return r.SaveDraft(ctx, draft)
	}), nil
}

func (d *Drafting) write(draft connectors.Draft, save func(context.Context, connectors.Registry) error) func(context.Context) error {
	d.id, d.last = draft.ID, draft.Answers
	return d.inTurn(func(ctx context.Context, r connectors.Registry) error {
		err := save(ctx, r)
		d.there = d.there || err == nil
		return err
	})
}

// Drop deletes the draft, of which a connector was made. It returns nil where there
// is none.
func (d *Drafting) Drop() func(context.Context) error {
	id := d.id
	if id == "" {
		return nil
	}
	d.id, d.last = "", nil
	return d.inTurn(func(ctx context.Context, r connectors.Registry) error {
		d.there = false
		return r.DeleteDraft(ctx, id)
	})
}

// Settled is closed once everything is written that was taken down so far.
func (d *Drafting) Settled() <-chan struct{} { return d.turn }

// inTurn lets a change wait for the one before.
func (d *Drafting) inTurn(change func(context.Context, connectors.Registry) error) func(context.Context) error {
	before, done := d.turn, make(chan struct{})
	d.turn = done
	return func(ctx context.Context) error {
		select {
		case <-before:
		case <-ctx.Done():
			go func() { // whoever is next still waits for the one before
				<-before
				close(done)
			}()
			return ctx.Err()
		}
		defer close(done)
		return change(ctx, d.w.Keeper.Registry)
	}
}
