package app

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fairlead/wizard/page"
)

// TestTestAgainSendsToTheBrowser has a test that wants somebody to sign in.
func TestTestAgainSendsToTheBrowser(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	browser := &fakeBrowser{}
	h.world.Env.Browser = browser
	h.openFirst()
	var pasted string
	h.fake.asks = func(say func(page.Progress)) {
		say(browserProgress(func(address string) error { pasted = address; return nil }))
		h.mustSee("Waiting for the browser", "5:00 left", signIn, "Copy link", "No browser here?")
		h.shot("light-test-again-sign-in")
		if h.canvas.Focused() != fyne.Focusable(h.button("Open again")) {
			t.Errorf("%T has the keyboard, want the button that opens again", h.canvas.Focused())
		}
		h.key(fyne.KeyReturn)
		if len(browser.opened) != 1 || browser.opened[0] != signIn {
			t.Errorf("opened: %v", browser.opened)
		}
		h.pass(61 * time.Second)
		h.mustSee("3:59 left", "Stop")
		h.key(fyne.KeyTab, fyne.KeyTab)
		h.typed(ended)
		h.key(fyne.KeyReturn)
		if pasted != ended {
			t.Errorf("pasted: %q", pasted)
		}
		say(page.Progress{Text: "Proving who signed in"})
		h.mustSee("Proving who signed in")
		if h.sees("Open again") {
			t.Error("the browser is offered after the sign-in")
		}
	}
	h.press("Test again")
	h.at("done:details")
	h.mustSee("signed in")
	if h.sees("left") || len(h.timers) != 0 {
		t.Errorf("the countdown goes on after the end: %d timers", len(h.timers))
	}
	h.fake.options[0].Say(browserProgress(nil)) // a check that ends late
	if h.sees("Waiting for the browser") {
		t.Error("a test that has ended still sends to the browser")
	}
}
