package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestDeepInTheWizard: the test in depth is offered after the usual one, asks
// first, and its report counts.
func TestDeepInTheWizard(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	if h.sees(deepWords) {
		t.Error("the test in depth is offered before the usual one")
	}
	h.next("done:exchange.test")
	h.press(deepWords)
	h.at("dialog:deep")
	h.mustSee("Whether NTLM takes the password too.")
	h.key(fyne.KeyEscape)
	if h.fake.deep != 0 {
		t.Fatal("Esc runs the test")
	}
	h.press(deepWords)
	h.fake.broken = true
	h.key(fyne.KeyReturn)
	h.at("done:exchange.test")
	h.mustSee("Basic sign-in is not offered", deepWords)
	if h.fake.deep != 1 {
		t.Errorf("%d tests in depth were made", h.fake.deep)
	}
}

// TestDeepInTheDetails: it is offered where the platform has one.
func TestDeepInTheDetails(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.openFirst()
	h.press(deepWords)
	h.at("dialog:deep")
	h.shot("light-deep")
	h.key(fyne.KeyReturn)
	h.at("done:details")
	if o := h.fake.options; len(o) != 1 || !o[0].Deep || o[0].FetchIssuers || o[0].Unattended {
		t.Errorf("the options were %+v", o)
	}
	h.fake.shallow = true
	h.press("Test again")
	h.at("done:details")
	if h.sees(deepWords) {
		t.Error("a test in depth is offered where there is none")
	}
}
