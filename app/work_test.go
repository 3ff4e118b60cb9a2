package app

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestALateResultTakesNothingAway: a deletion that ends after something else
// was opened leaves that where it is.
func TestALateResultTakesNothingAway(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.openFirst()
	h.choose(deleteItem)
	h.held = true
	h.press("Delete") // in the dialog
	h.app.newConnector()
	now := h.app.screen
	h.release()
	if h.app.screen != now {
		t.Errorf("the wizard was replaced by %s", h.app.screen.name())
	}
}

// TestSlowWorkSaysSo and can be left.
func TestSlowWorkSaysSo(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.openFirst()
	h.choose(deleteItem)
	h.held = true
	h.press("Delete")
	h.pass(patience)
	h.at("dialog:waiting")
	h.key(fyne.KeyEscape)
	h.release()
	h.mustSee("The connector was not deleted")
	h.mustSee("It was stopped.")
}
