package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
)

const (
	// listGlance is how often the list asks whether something has changed, and
	// retry how often it tries to reach a registry that does not answer.
	listGlance = time.Second
	retry      = 5 * time.Second
)

// watching follows what others do in the registry.
type watching struct {
	told   <-chan struct{}
	behind bool // something has changed since the list was read
	cancel context.CancelFunc
	stop   func()    // of the next glance
	since  time.Time // when the registry could not be reached; zero while it can
	tried  time.Time
}

// startWatch follows the registry until another screen is shown.
func (s *listScreen) startWatch() {
	ctx, cancel := context.WithCancel(s.app.ctx)
	s.watch.told, s.watch.cancel = s.app.world.Keeper.Registry.Watch(ctx), cancel
	s.glance()
}

func (s *listScreen) glance() {
	s.watch.stop = s.app.opts.After(listGlance, func() { s.app.opts.UI(s.look) })
}

// look reads the list anew where something has changed, or where it is time to
// try again.
func (s *listScreen) look() {
	if s.app.screen != screen(s) || s.app.ctx.Err() != nil {
		return
	}
	now := s.app.opts.Now()
	select {
	case _, open := <-s.watch.told:
		if s.watch.behind = s.watch.behind || open; !open {
			s.watch.told = nil
		}
	default:
	}
	due := !s.watch.since.IsZero() && now.Sub(s.watch.tried) >= retry
	if (s.watch.behind || due) && !s.finder.busy { // a question that waits is not to be cut short again and again
		s.watch.behind = false
		if due {
			s.watch.tried = now
		}
		s.again()
	}
	s.glance()
}

// end stops following.
func (w *watching) end() {
	if w.cancel != nil {
		w.cancel()
		w.stop()
	}
}

// lost says that the registry cannot be read. What was read stays.
func (s *listScreen) lost(err error) {
	s.app.world.Log.Warn("the list cannot be read", "error", err)
	if errors.Is(err, context.Canceled) {
		return
	}
	now := s.app.opts.Now()
	s.watch.tried = now
	switch {
	case errors.Is(err, connectors.ErrUnreachable):
		if s.watch.since.IsZero() {
			s.watch.since = now
		}
		text := "The registry cannot be reached since %s; trying again."
		if s.loaded {
			text += " What is shown was read before."
		}
		s.say(kit.ShapeWarn, kit.Warns, fmt.Sprintf(text, since(s.watch.since, now)))
		if !s.loaded {
			s.showInstead(kit.Quiet("The list appears here once the registry answers."))
		}
	case s.loaded:
		t := explain("", err)
		s.say(kit.ShapeFail, kit.Fails, "The list cannot be read anew. "+t.Cause+" "+t.Do)
	default:
		again := kit.NewButton("Try again", kit.Secondary, s.load)
		s.showInstead(kit.Column(kit.Gap3, explain("The list cannot be read", err).note(), kit.AtMost(120, again)))
		kit.Focus(again)
	}
}

// found takes away what lost said.
func (s *listScreen) found() {
	s.watch.since = time.Time{}
	if len(s.notes.Objects) > 0 {
		s.notes.RemoveAll()
		s.notes.Hide()
		s.settle()
		s.app.trace("list:reached")
	}
}

// say shows a line above the table.
func (s *listScreen) say(shape kit.Shape, name fyne.ThemeColorName, text string) {
	s.notes.Objects = []fyne.CanvasObject{kit.Note(shape, name, "", kit.Plain(text))}
	s.notes.Show()
	s.settle()
	s.app.trace("list:lost")
}
