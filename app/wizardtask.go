package app

import (
	"context"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

// running is a task of a page that is being done.
type running struct {
	stop  func()
	after func() // what waits for its end; may be nil
	saves bool   // it saves the draft
}

// run does a task elsewhere, shows how it goes, and takes its result in.
func (s *wizardScreen) run(t *page.Task) {
	ctx, cancel := context.WithCancel(s.app.ctx)
	r := &running{stop: cancel}
	s.running = r
	s.page.freeze(true)
	s.bar.update()
	s.drawSteps()
	s.bar.say(t.Busy + " …")
	if t.IsTest() {
		s.page.test.start(t.Rows())
		s.page.test.offerDeep(false)
		s.page.body.Settle()
	}
	kit.Focus(s.bar.cancel)
	s.app.trace("busy:" + s.view.Page.ID)
	ui := func(f func()) {
		s.app.opts.UI(func() {
			if s.running == r && s.app.screen == screen(s) { // not left in the meantime
				f()
			}
		})
	}
	s.app.opts.Spawn(func() {
		defer cancel()
		result := t.Run(ctx,
			func(p page.Progress) { ui(func() { s.page.going.hear(p, ui) }) },
			func(e check.Event) {
				ui(func() {
					s.page.test.take(e)
					s.bar.say(t.Busy + ": " + s.page.test.progress())
				})
			})
		ui(func() { s.finish(t, result) })
	})
}

// finish takes the result of a task in.
func (s *wizardScreen) finish(t *page.Task, result page.Result) {
	r := s.running
	s.running = nil
	s.page.going.end()
	s.page.freeze(false)
	move := s.journey.Finish(t, result)
	s.steps = nil // draw them anew: they can be pressed again
	if s.journey.Committed() {
		s.dropDraft()
	}
	if r.after != nil {
		r.after()
		return
	}
	s.keepDraft()
	if move.Moved {
		s.turn()
		return
	}
	s.refresh()
	s.page.body.Settle()
	kit.Focus(s.bar.next)
	s.page.revealFailure()
	if w := s.view.Waiting; w != nil {
		s.page.focus(w.Field)
	}
	if t.IsTest() {
		s.page.test.openWorst()
	}
	s.lookAgainLater()
	s.app.trace("done:" + s.view.Page.ID)
}

// lookAgainLater runs the action of a page anew after a while, where it waits
// for somebody else and says how often to look.
func (s *wizardScreen) lookAgainLater() {
	if s.unwait != nil {
		s.unwait()
		s.unwait = nil
	}
	w := s.view.Waiting
	if w == nil || w.Every == 0 {
		return
	}
	here, at := s.app.here(), s.view.Page.ID
	s.unwait = s.app.opts.After(w.Every, func() {
		s.app.opts.UI(func() {
			switch {
			case !here() || s.running != nil || s.view.Page.ID != at || s.view.Waiting == nil:
			case s.app.window.Canvas().Overlays().Top() != nil:
				s.lookAgainLater() // a dialog is being answered
			default:
				s.next()
			}
		})
	})
}

// made is the id of the connector that the journey made.
func (s *wizardScreen) made() string { return s.journey.Answers().Text(wizard.KeyConnectorID) }
