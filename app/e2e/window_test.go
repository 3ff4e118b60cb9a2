//go:build e2e

package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"fairlead/lab"
)

var update = flag.Bool("update", false, "write the pictures to docs/screens")

// themes are those that most tests walk in: both for pictures, else the light one.
// The dark one differs in colours alone, and the first connector is made in it too.
func themes() []string {
	if *update {
		return []string{"light", "dark"}
	}
	return []string{"light"}
}

// keep keeps a picture of the window, as docs/screens/NAME.png.
func (d *desk) keep(name string) {
	d.t.Helper()
	save(d.t, name, d.picture())
}

// save writes a picture, if the pictures are to be taken anew.
func save(t *testing.T, name string, picture []byte) {
	t.Helper()
	if !*update {
		return
	}
	if err := os.WriteFile(filepath.Join("../../docs/screens", name+".png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestFirstConnector goes from an empty list to a registered connector, by
// keyboard alone, and proves that the password is nowhere afterwards.
func TestFirstConnector(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			d.start("--lab", "--theme", theme)
			d.firstConnector(theme)
			d.stop()
			d.start("--lab", "--theme", theme) // the secret outlives the program
			d.lookAfter(theme)
			d.stop()
		})
	}
}

// TestWhatIsWrong meets a server that does not offer Basic sign-in, leaves in
// the middle, comes back to the draft and throws it away.
func TestWhatIsWrong(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			d.start("--lab", "--theme", theme, "--fault", "basic-not-offered")
			d.toTest()
			d.keys("Return")
			d.await("done:exchange.test")
			d.keep(theme + "-20-test-failed")
			d.stop()
			d.start("--lab", "--theme", theme)
			d.draft(theme)
			d.stop()
		})
	}
}

// TestStop stops a test that takes long.
func TestStop(t *testing.T) {
	d := newDesk(t)
	d.start("--lab", "--theme", "light", "--fault", "slow")
	d.toTest()
	d.keys("Return")
	d.await("busy:exchange.test")
	d.keep("light-30-test-running")
	d.keys("Return") // Stop has the keyboard
	d.await("done:exchange.test")
	d.keep("light-31-test-stopped")
	d.stop()
}

// twoServices ticks Continuity and Remediation, which only Exchange can serve
// with one connector.
var twoServices = []string{"Down", "space", "Down", "Down", "Down", "Down", "space"}

// toTest goes from the empty list to the page of the test, and types what it
// asks for.
func (d *desk) toTest() {
	d.keys("Return")
	d.await("page:services")
	d.keys(twoServices...)
	d.keys("ctrl+Return")
	d.await("page:provider")
	d.keys("Return")
	d.await("page:exchange.prepare")
	d.keys("Return")
	d.await("page:exchange.account")
	d.types(lab.Address)
	d.keys("Return", "Return")
	d.types(lab.Password)
	d.keys("Return")
	d.await("page:exchange.server")
	d.keys("ctrl+Return")
	d.await("page:exchange.test")
	d.types(lab.Mailbox)
}

// draft finds the draft that was kept, resumes it, leaves it and deletes it.
func (d *desk) draft(theme string) {
	d.keep(theme + "-21-list-draft")
	d.keys("Return") // the first row has the keyboard
	d.await("page:exchange.account")
	d.keep(theme + "-22-resumed")
	d.keys("ctrl+Return") // without a password there is no next page
	d.await("stay:exchange.account")
	d.keep(theme + "-23-password-missing")
	d.keys("Tab", "Tab", "Return") // past Show, Save and quit
	d.await("list:loaded")
	d.keys("Delete")
	d.await("dialog:Delete draft")
	d.keep(theme + "-24-delete-draft")
	d.keys("Tab", "Return")
	d.await("list:loaded")
	d.await("list:empty")
}

func (d *desk) firstConnector(theme string) {
	d.keep(theme + "-01-empty-list")
	d.keys("Return") // New connector has the keyboard
	d.await("page:services")
	d.keys(twoServices...)
	d.keep(theme + "-02-services")
	d.keys("ctrl+Return")
	d.await("page:provider")
	d.keep(theme + "-03-platform")
	d.keys("Return")
	d.await("page:exchange.prepare")
	d.keep(theme + "-04-before-you-start")
	d.keys("Return")
	d.await("page:exchange.account")
	d.types(lab.Address)
	d.keys("Return", "Return")
	d.types(lab.Password)
	d.keep(theme + "-05-account")
	d.keys("Return")
	d.await("page:exchange.server")
	d.keep(theme + "-06-server")
	d.keys("Return", "Return")
	d.await("page:exchange.test")
	d.types(lab.Mailbox)
	d.keep(theme + "-07-test")
	d.keys("Return")
	d.await("done:exchange.test")
	d.keep(theme + "-08-test-passed")
	d.keys("Return")
	d.await("page:name")
	d.keep(theme + "-09-name")
	d.keys("Return")
	d.types("Looked after by the mail team.")
	d.keys("Return")
	d.await("page:summary")
	d.keep(theme + "-10-summary")
	d.keys("Return")
	d.await("page:created")
	d.keep(theme + "-11-created")
	d.keys("Return")
	d.await("list:loaded")
	d.keep(theme + "-12-list")
	d.keys("Return")
	d.await("details:loaded")
	d.keep(theme + "-13-details")
}

// lookAfter tests the connector again, edits it, and deletes it.
func (d *desk) lookAfter(theme string) {
	d.keys("Menu")
	d.keep(theme + "-14-menu")
	d.keys("Down", "Return")
	d.await("done:details")
	d.keep(theme + "-15-tested-again")
	d.keys("alt+Left")
	d.await("list:loaded")
	d.keys("Menu", "Down", "Down", "Return")
	d.await("dialog:edit")
	d.types(", head office")
	d.keep(theme + "-16-edit")
	d.keys("Return", "Return")
	d.await("list:loaded")
	d.keep(theme + "-17-edited")
	d.keys("Delete")
	d.await("dialog:Delete")
	d.keep(theme + "-18-delete")
	d.keys("Escape", "Delete") // Esc keeps it
	d.await("dialog:Delete")
	d.keys("Tab", "Return")
	d.await("clean-up:loaded")
	d.keys("Return") // back
	d.await("list:empty")
}
