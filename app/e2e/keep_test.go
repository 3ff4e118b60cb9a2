//go:build e2e

package e2e

import "testing"

// TestLookingAfter looks at the past of a connector, deletes it, and finds what it
// leaves behind outside.
func TestLookingAfter(t *testing.T) {
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			d.start("--lab", "--theme", theme)
			d.firstConnector(theme)
			d.stop()
			d.start("--lab", "--theme", theme)
			d.keys("Return")
			d.await("details:loaded")
			d.keys("ctrl+2")
			d.await("details:part 1")
			d.keep(theme + "-44-permissions")
			d.keys("ctrl+3")
			d.await("details:part 2")
			d.keep(theme + "-40-tests")
			d.keys("ctrl+5")
			d.await("details:part 4")
			d.keep(theme + "-41-timeline")
			d.keys("alt+Left")
			d.await("list:loaded")
			d.keys("Return")
			d.await("details:loaded")
			d.keys("Tab", "Tab", "Tab", "Return", "Return") // ⋯, the password
			d.await("page:rotate.secret")
			d.keep(theme + "-42-rotate")
			d.keys("Tab", "Tab", "Return") // Cancel
			d.await("details:loaded")
			d.keys("Tab", "Tab", "Tab", "Return", "Down", "Down", "Down", "Return") // Delete …
			d.await("dialog:Delete")
			d.keys("Tab", "Return")
			d.await("clean-up:loaded")
			d.keep(theme + "-43-clean-up")
			d.stop()
		})
	}
}
