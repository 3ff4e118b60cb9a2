package app

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fairlead/connectors"
	"fairlead/workspace"
)

// flaky is a registry that can be cut off.
type flaky struct {
	connectors.Registry
	cut  bool
	asks int
}

func (f *flaky) IDs(ctx context.Context, q connectors.Query) ([]string, error) {
	if f.asks++; f.cut {
		return nil, fmt.Errorf("dial: %w", connectors.ErrUnreachable)
	}
	return f.Registry.IDs(ctx, q)
}

// TestUnreachable cuts the registry off and back again: the list says since when,
// stays readable, and reads itself anew.
func TestUnreachable(t *testing.T) {
	var f *flaky
	h := open(t, setup{before: func(w *workspace.Workspace) {
		fill(t)(w)
		f = &flaky{Registry: w.Keeper.Registry}
		w.Keeper.Registry = f
	}})
	f.cut = true
	h.typed("s")
	h.mustSee("The registry cannot be reached since 12:00; trying again.", "Exchange, site0.example")
	h.shot("light-list-unreachable")
	asked := f.asks
	h.pass(time.Minute)
	if tries := f.asks - asked; tries < 10 || tries > 13 {
		t.Errorf("asked %d times in a minute", tries)
	}
	h.mustSee("since 12:00")
	f.cut = false
	h.pass(retry)
	h.at("list:reached")
	if h.sees("cannot be reached") {
		t.Error("it can be reached, and the list says that it cannot")
	}
	h.mustSee("Exchange, site3.example")
}

// TestUnreachableFromTheStart begins without a registry.
func TestUnreachableFromTheStart(t *testing.T) {
	var f *flaky
	h := open(t, setup{before: func(w *workspace.Workspace) {
		fill(t)(w)
		f = &flaky{Registry: w.Keeper.Registry, cut: true}
		w.Keeper.Registry = f
	}})
	h.mustSee("The registry cannot be reached since 12:00; trying again.", "once the registry answers")
	f.cut = false
	h.pass(retry)
	h.at("list:loaded")
	h.mustSee("4 connectors: 1 works")
}

// TestOthersChange: what another program does shows up by itself, and who looks
// at the list stays where he is.
func TestOthersChange(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.key(fyne.KeyDown, fyne.KeyDown)
	register(t, h.world, "A new one", connectors.Connector{Tenant: "new.example"})
	deadline := time.Now().Add(10 * time.Second)
	for !h.sees("A new one") && time.Now().Before(deadline) {
		h.pass(listGlance) // the store tells from a goroutine of its own
	}
	h.mustSee("A new one", "5 connectors")
	s := h.app.screen.(*listScreen)
	if id, _ := s.at(s.list.At()); s.list.At() != 3 {
		t.Errorf("the keyboard is at row %d, %s", s.list.At(), id)
	}
}

// TestAQuestionThatWaitsIsNotCutShort: while the registry is asked, news of changes
// do not make the list ask anew before there is an answer, or there would be none.
func TestAQuestionThatWaitsIsNotCutShort(t *testing.T) {
	var f *flaky
	told := make(chan struct{}, 1)
	h := open(t, setup{before: func(w *workspace.Workspace) {
		fill(t)(w)
		f = &flaky{Registry: w.Keeper.Registry}
		w.Keeper.Registry = f
	}})
	s := h.app.screen.(*listScreen)
	s.watch.told = told
	f.cut, h.held = true, true
	asked := f.asks
	for range 20 { // a second each
		select {
		case told <- struct{}{}:
		default:
		}
		h.pass(listGlance)
	}
	if len(h.later) != 1 || s.finder.next != nil {
		t.Errorf("%d questions wait, and another one is to take their place: %v", len(h.later), s.finder.next != nil)
	}
	h.release()
	h.mustSee("The registry cannot be reached since")
	if f.asks != asked+1 {
		t.Errorf("asked %d times", f.asks-asked)
	}
}
