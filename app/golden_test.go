package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestScreens compares how the main screens are built, object by object, with
// testdata. After a wanted change, look at testdata/failed and copy it over.
func TestScreens(t *testing.T) {
	for name, to := range map[string]func(h *harness){
		"empty":   func(*harness) {},
		"account": func(h *harness) { h.toAccount(); h.typed(address) },
		"server": func(h *harness) {
			h.typePassword()
			h.next("page:exchange.server")
			h.key(fyne.KeyTab) // no caret in the picture
		},
		"test": func(h *harness) {
			h.typePassword()
			h.next("page:exchange.server")
			h.next("page:exchange.test")
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, setup{lab: true})
			to(h)
			test.AssertRendersToMarkup(t, name+".xml", h.canvas)
		})
	}
	t.Run("list", func(t *testing.T) {
		h := open(t, setup{before: fill(t)})
		test.AssertRendersToMarkup(t, "list.xml", h.canvas)
	})
}
