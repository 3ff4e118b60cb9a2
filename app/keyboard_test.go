package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

func TestTabFollowsTheReadingOrder(t *testing.T) {
	h := open(t, setup{})
	h.toAccount()
	at := func() fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(h.canvas.Focused().(fyne.CanvasObject))
	}
	first := h.canvas.Focused()
	last := at()
	seen := 1
	for h.key(fyne.KeyTab); h.canvas.Focused() != first; h.key(fyne.KeyTab) {
		now := at()
		if now.X < railWidth && last.X > railWidth { // from the last button to the first step
			last = fyne.Position{}
		}
		if now.Y < last.Y-4 || (now.Y < last.Y+4 && now.X <= last.X) {
			t.Errorf("Tab goes from %v back to %v", last, now)
		}
		last = now
		if seen++; seen > 30 {
			t.Fatal("Tab never comes round")
		}
	}
	if seen != 10 { // 3 fields, Show, 3 buttons, 3 steps that are done
		t.Errorf("Tab stops %d times, want 10", seen)
	}
}

func TestBackLosesNothing(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt) // from inside a field
	h.at("page:exchange.server")
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt)
	h.at("page:exchange.account")
	if got := h.entry().Text; got != address {
		t.Errorf("the address is %q after Back", got)
	}
	h.next("page:exchange.server") // the password is still held
	h.next("page:exchange.test")
	if got := h.entry().Text; got != mailbox {
		t.Errorf("the mailbox is %q after Back", got)
	}
}

func TestNextSaysWhatIsMissing(t *testing.T) {
	h := open(t, setup{})
	h.toAccount()
	h.typed("no address")
	h.key(fyne.KeyReturn) // leaves the field, which is validated
	h.mustSee("This is no mail address: it has no @; type it as name@domain.")
	h.next("stay:exchange.account")
	if got := h.entry().Text; got != "no address" {
		t.Errorf("the field with %q has the keyboard, want the one that is wrong", got)
	}
	h.mustSee("Type the password.")
}

func TestNumbersGoToSteps(t *testing.T) {
	h := open(t, setup{})
	h.toAccount()
	ctrl := fyne.KeyModifierShortcutDefault
	h.shortcut(fyne.Key1, ctrl)
	h.at("page:services")
	h.shortcut(fyne.Key5, ctrl) // the account before it has no password yet
	h.at("page:services")
	h.shortcut(fyne.Key9, ctrl) // nothing is registered yet
	h.at("page:services")
	h.shortcut(fyne.Key4, ctrl)
	h.at("page:exchange.account")
}

func TestEscapeClosesDialogsOnly(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	before := len(h.trace)
	h.key(fyne.KeyEscape)
	if len(h.trace) != before {
		t.Errorf("Esc on a page did something: %v", h.trace[before:])
	}
	h.next("done:exchange.test")
	h.press(saveWords)
	h.at("dialog:report")
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt) // no shortcut reaches past a dialog
	h.at("dialog:report")
	h.key(fyne.KeyEscape) // from inside the field
	if h.canvas.Overlays().Top() != nil {
		t.Error("Esc leaves the dialog open")
	}
	if h.canvas.Focused() != fyne.Focusable(h.button(saveWords)) {
		t.Errorf("after the dialog %T has the keyboard", h.canvas.Focused())
	}
}

func TestChoicesByKeyboard(t *testing.T) {
	h := open(t, setup{})
	h.toAccount()
	h.typed(address)
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	h.typed(password)
	h.key(fyne.KeyReturn)
	h.at("page:exchange.server")
	h.key(fyne.KeyReturn) // from the URL to the mode
	h.key(fyne.KeyDown)
	if c := h.canvas.Focused().(*kit.Choice); !c.Chosen() {
		t.Error("an arrow does not choose among what excludes each other")
	}
	h.key(fyne.KeyUp, fyne.KeyUp) // stays at the first
	if c := h.canvas.Focused().(*kit.Choice); !c.Chosen() {
		t.Error("an arrow up does not choose")
	}
	first := h.canvas.Focused()
	h.key(fyne.KeyEnd)
	if c := h.canvas.Focused().(*kit.Choice); !c.Chosen() || fyne.Focusable(c) == first {
		t.Error("End does not go to the last")
	}
	h.key(fyne.KeyHome)
	if c := h.canvas.Focused().(*kit.Choice); !c.Chosen() || fyne.Focusable(c) != first {
		t.Error("Home does not go to the first")
	}
	h.key(fyne.KeyReturn) // on to the box
	box := h.canvas.Focused().(*kit.Choice)
	h.key(fyne.KeySpace)
	if !box.Chosen() {
		t.Error("Space does not tick the box")
	}
	h.key(fyne.KeySpace)
	if box.Chosen() {
		t.Error("Space does not take the tick back")
	}
	h.key(fyne.KeyReturn, fyne.KeyReturn) // ticks it, then goes on
	h.at("page:exchange.test")
}

func TestCtrlQCloses(t *testing.T) {
	h := open(t, setup{})
	h.shortcut(fyne.KeyQ, fyne.KeyModifierShortcutDefault)
	if !h.closed {
		t.Error("Ctrl+Q leaves the window open")
	}
}
