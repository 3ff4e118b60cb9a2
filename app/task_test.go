package app

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
)

// TestCancel stops what a page does before it may be left.
func TestCancel(t *testing.T) {
	h := open(t, setup{})
	h.typePassword()
	h.held = true
	field := h.entry()
	h.next("busy:exchange.account")
	h.mustSee("Looking for the server …")
	if !field.Disabled() {
		t.Error("a field can be changed while a task works on its answer")
	}
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt) // nothing else goes on meanwhile
	h.shortcut(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
	h.at("busy:exchange.account")
	if h.canvas.Focused() != fyne.Focusable(h.button("Cancel")) {
		t.Fatalf("%T has the keyboard, want Cancel", h.canvas.Focused())
	}
	h.key(fyne.KeyReturn)
	h.release()
	h.at("done:exchange.account")
	if field.Disabled() {
		t.Error("the fields stay as they are after Cancel")
	}
	if h.sees("That did not work") {
		t.Error("what was cancelled is shown as a failure")
	}
	h.next("page:exchange.server")
}

// TestFailure shows why a page's action failed, and lets it be tried again.
func TestFailure(t *testing.T) {
	h := open(t, setup{})
	h.typePassword()
	h.fake.lost = errors.New("contoso.com has an Exchange connector already")
	h.next("done:exchange.account")
	h.mustSee("That did not work", "Contoso.com has an Exchange connector already.")
	h.fake.lost = nil
	h.next("page:exchange.server")
}

// TestLateResult leaves the wizard while a task runs: its result comes to
// nobody.
func TestLateResult(t *testing.T) {
	h := open(t, setup{})
	h.typePassword()
	h.held = true
	h.next("busy:exchange.account")
	h.held = false
	h.app.showList("")
	h.at("list:loaded") // with the draft
	h.release()
	h.at("list:loaded")
}

// TestStopTest stops a connection test and runs it again.
func TestStopTest(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.held = true
	h.next("busy:exchange.test")
	h.mustSee("Testing the connection …", "waiting")
	h.press("Stop")
	h.release()
	h.at("done:exchange.test")
	h.mustSee("The test was stopped", "0 checks passed, 10 were not asked.")
	h.key(fyne.KeyReturn) // Run again
	h.at("done:exchange.test")
	h.mustSee("The connection works")
}
