package app

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// TestPasswordFieldIsEmptied holds every way off the page to emptying the
// field, and its coming back to saying that a password is held.
func TestPasswordFieldIsEmptied(t *testing.T) {
	ctrl := fyne.KeyModifierShortcutDefault
	for name, leave := range map[string]func(h *harness){
		"Next":          func(h *harness) { h.next("page:exchange.server") },
		"Back":          func(h *harness) { h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt) },
		"a step":        func(h *harness) { h.shortcut(fyne.Key1, ctrl) },
		"Save and quit": func(h *harness) { h.press("Save and quit") },
		"closing":       func(h *harness) { h.shortcut(fyne.KeyQ, ctrl) },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, setup{})
			field := h.typePassword()
			h.press("Show")
			h.mustSee(password)
			leave(h)
			if field.Text != "" || !field.Password {
				t.Errorf("the field that was left holds %q", field.Text)
			}
		})
	}
}

func TestPasswordIsHeld(t *testing.T) {
	h := open(t, setup{})
	h.typePassword()
	h.next("page:exchange.server")
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt)
	h.at("page:exchange.account")
	h.mustSee("Kept in memory. Type to replace it")
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	if got := h.entry(); got.Text != "" || !got.IsPassword() {
		t.Fatalf("the password field shows %q again", got.Text)
	}
	h.typed("Another-One-9")
	h.next("page:exchange.server")
	journey := h.app.screen.(*wizardScreen).journey
	if got := journey.Answers().Secret("exchange.password").Reveal(); got != "Another-One-9" {
		t.Error("what was typed does not replace what was held")
	}
}

// TestPasswordIsNowhere looks for the password in every file and in every text
// of the window after a connector was made, and after a draft was kept.
func TestPasswordIsNowhere(t *testing.T) {
	h := open(t, setup{})
	h.register()
	h.noPassword()
	h.press("New connector")
	h.at("page:services")
	h.key(fyne.KeySpace)
	h.next("page:provider")
	h.press("Save and quit")
	h.at("list:loaded")
	h.noPassword()
}

func (h *harness) typePassword() *kit.Entry {
	h.t.Helper()
	h.toAccount()
	h.typed(address)
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	h.typed(password)
	return h.entry()
}

func (h *harness) noPassword() {
	h.t.Helper()
	if h.sees(password) {
		h.t.Error("the password can be read in the window")
	}
	files := 0
	err := filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(password)) {
			h.t.Errorf("the password is in %s", path)
		}
		return err
	})
	if err != nil || files == 0 {
		h.t.Fatalf("%d files were looked at, %v", files, err)
	}
}
