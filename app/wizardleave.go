package app

import (
	"context"
)

// leaveForList keeps what was answered and shows the list.
func (s *wizardScreen) leaveForList() { s.close(func() { s.goHome(s.drafting.ID()) }) }

// close stops what runs and keeps a draft of what was answered. While the
// connector is being written it waits for the end of that, so that it is known
// whether there is anything to keep.
func (s *wizardScreen) close(then func()) {
	switch {
	case s.running == nil:
	case s.running.saves:
		return // this was asked for already
	case s.writing():
		s.running.after = func() { s.close(then) }
		s.bar.say("Closing once this is done …")
		return
	default:
		s.running.stop()
	}
	s.page.forget()
	if s.journey.Begun() || s.keep != nil && s.journey.Committed() {
		s.save(then)
	} else {
		s.settled(then)
	}
}

// writing reports whether the connector is being written.
func (s *wizardScreen) writing() bool {
	a := s.view.Page.Action
	return a != nil && a.Commit
}

// save keeps a draft. The journey belongs to one goroutine, and this is for the
// moment the one that saves: nothing can be typed or pressed meanwhile.
func (s *wizardScreen) save(then func()) {
	s.running = &running{saves: true, stop: func() {}}
	s.page.freeze(true)
	s.drawSteps()
	s.bar.update()
	what := "The draft was not saved"
	s.bar.say("Saving the draft …")
	if s.keep != nil {
		what = "The answers were not kept"
		s.bar.say("Keeping the answers …")
	}
	write := s.keep
	var err error
	if write == nil {
		write, err = s.drafting.Save(s.journey)
	}
	work(s.app, func(ctx context.Context) (struct{}, error) {
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, write(ctx)
	}, func(_ struct{}, err error) {
		s.running = nil
		if err == nil {
			s.app.keepWaiting(s.drafting.ID(), s.journey)
			then()
			return
		}
		s.steps = nil // draw them anew: they can be pressed again
		s.turn()
		s.app.confirm(confirmation{
			Title: what, Trouble: ptr(explain(what, err)),
			Verb: "Leave without saving", Stay: "Stay", Then: then,
		})
	})
}

func ptr[T any](v T) *T { return &v }
