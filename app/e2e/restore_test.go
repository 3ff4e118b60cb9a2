//go:build e2e

package e2e

import (
	"path/filepath"
	"testing"

	"fairlead/lab"
)

// TestRestore restores a backup on another computer, whose keyring has no
// password, by keyboard: the window asks for it, tests it, and keeps it.
func TestRestore(t *testing.T) {
	old := newDesk(t)
	old.start("--lab", "--theme", "light")
	old.first()
	old.stop()
	file := filepath.Join(t.TempDir(), "backup.json")
	old.ctl("", "backup", file, "--lab")
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			d.start("--lab", "--theme", theme)
			d.keys("shift+Tab", "Return", "Down", "Down", "Down", "Down", "Return") // More …, Restore …
			d.keys("Down", "Down", "Down", "Down", "Return")
			d.await("dialog:Look what would change")
			d.types(file)
			d.keys("Return")
			d.await("dialog:preview")
			d.keys("Tab", "Return")
			d.await("dialog:missing")
			d.keep(theme + "-80-secrets-missing")
			d.keys("Return")
			d.await("page:rotate.secret")
			d.types(lab.Password)
			d.keep(theme + "-81-missing-secret")
			d.keys("Return")
			d.await("page:rotate.test")
			d.keys("Return")
			d.await("done:rotate.test")
			d.keys("Return")
			d.await("page:rotate.commit")
			d.keys("Return")
			d.await("page:rotate.done")
			d.keep(theme + "-82-missing-secret-kept")
			d.keys("Return")
			d.await("dialog:told")
			d.keys("Return")
			d.await("list:loaded")
			d.keys("Menu", "Down", "Return") // Test again
			d.await("done:details")
			d.stop()
			if c := d.there("Exchange, contoso.example")[0]; c.Credential.Missing() || !c.LastTest.Complete() {
				t.Errorf("the connector does not work: %+v", c)
			}
		})
	}
}
