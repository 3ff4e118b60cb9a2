//go:build e2e

package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fairlead/lab"
)

var update = flag.Bool("update", false, "write the pictures to docs/screens")

// keep keeps a picture of the window, as docs/screens/NAME.png.
func (d *desk) keep(name string) {
	d.t.Helper()
	picture := d.picture()
	if !*update {
		return
	}
	if err := os.WriteFile(filepath.Join("../../docs/screens", name+".png"), picture, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// TestFirstConnector goes from an empty list to a registered connector, by
// keyboard alone, and proves that the password is nowhere afterwards.
func TestFirstConnector(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			seen := watch(t, lab.Password)
			d.start("--lab", "--theme", theme)
			d.firstConnector(theme)
			d.stop()
			if seen() {
				t.Error("the password was an argument of a process")
			}
			if files := leaks(t, d.home, lab.Password); len(files) > 0 {
				t.Errorf("the password is in %s", strings.Join(files, ", "))
			}
			if slices.ContainsFunc(forms(lab.Password), func(form []byte) bool { return strings.Contains(d.log.String(), string(form)) }) {
				t.Errorf("the password is in what the program printed:\n%s", d.log)
			}
			if problem := d.log.String(); strings.Contains(problem, "Error in Fyne call thread") {
				t.Errorf("a widget was touched on the wrong goroutine:\n%s", problem)
			}
		})
	}
}

func (d *desk) firstConnector(theme string) {
	d.keep(theme + "-01-empty-list")
	d.keys("Return") // New connector has the keyboard
	d.await("page:services")
	d.keys("space", "Down", "space")
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
