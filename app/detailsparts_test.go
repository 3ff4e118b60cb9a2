package app

import "fyne.io/fyne/v2"

// The items of the menu of the details, by their places.
const (
	rotateItem = iota
	replaceItem
	commandItem
	deleteItem
)

// choose opens the menu of the details and takes an item of it.
func (h *harness) choose(item int) {
	h.t.Helper()
	h.press("⋯")
	for range item {
		h.key(fyne.KeyDown)
	}
	h.key(fyne.KeyReturn)
}
