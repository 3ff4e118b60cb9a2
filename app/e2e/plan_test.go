//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab"
)

// hybrid is an estate of three tenants and an Exchange organisation with three
// services. Where an administrator has granted the permissions already, nobody has
// to sign in.
const hybrid = `title: The move
organisations:
  - name: Contoso
    mailboxes: both
    services: [continuity, remediation, sync-and-recover]
    tenants:
      - {provider: microsoft365, tenant: contoso.example, granted: [continuity, remediation, sync-and-recover]}
      - {provider: microsoft365, tenant: fabrikam.example, granted: [continuity, remediation, sync-and-recover]}
      - {provider: microsoft365, tenant: gcc.contoso.example, granted: [continuity, remediation, sync-and-recover]}
      - {provider: exchange, tenant: contoso.example, address: svc-fairlead@contoso.example, url: 'https://mail.contoso.example/EWS/Exchange.asmx', mailbox: anna@contoso.example}
`

// TestPlan reads an estate of three tenants and three services, hybrid, from a
// file: nine connectors and one for Exchange. That one is made through the wizard,
// from its cell and by keyboard; the nine in the cloud by "fairleadctl apply" on
// the same registry, since nine walks through the same wizard prove what one does.
func TestPlan(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			file := filepath.Join(t.TempDir(), "estate.yaml")
			if err := os.WriteFile(file, []byte(hybrid), 0o600); err != nil {
				t.Fatal(err)
			}
			d.start("--lab", "--theme", theme)
			d.estateFromFile(theme, file)
			d.exchangeFromCell(theme)
			d.stop()

			d.apply()

			d.start("--lab", "--theme", theme)
			d.planDone(theme)
			d.stop()
		})
	}
}

// toPlan opens the plan from the list, whose first button has the keyboard. The
// place is the second at the left.
func (d *desk) toPlan() {
	d.t.Helper()
	d.tool("", "mousemove", "--window", d.window, "60", "109", "click", "1")
	d.await("plan:loaded")
}

// estateFromFile reads the estate from a file.
func (d *desk) estateFromFile(theme, file string) {
	d.t.Helper()
	d.toPlan()
	d.keep("plan-" + theme + "-01-begin")
	d.keys("Tab", "Return") // past Enter an organisation
	d.await("dialog:Look into it")
	d.types(file)
	d.keys("Return")
	d.await("dialog:preview")
	d.keep("plan-" + theme + "-02-preview")
	d.keys("Return")
	d.await("plan:loaded")
	d.keep("plan-" + theme + "-03-missing")
}

// exchangeFromCell makes the Exchange connector from its cell.
func (d *desk) exchangeFromCell(theme string) {
	d.t.Helper()
	d.keys("End", "Right", "Return")
	d.await("page:exchange.prepare")
	d.keys("Return")
	d.await("page:exchange.account")
	d.keep("plan-" + theme + "-04-prefilled")
	d.keys("Return", "Return")
	d.types(lab.Password)
	d.keys("Return")
	d.await("page:exchange.server")
	d.keys("ctrl+Return")
	d.await("page:exchange.test")
	d.keys("ctrl+Return")
	d.await("done:exchange.test")
	d.keys("Return")
	d.await("page:name")
	d.keys("ctrl+Return")
	d.await("page:summary")
	d.keys("Return")
	d.await("page:created")
	d.keys("Return")
	d.await("plan:loaded")
	d.keep("plan-" + theme + "-05-back")
}

// planDone sees that all ten work, that nothing is left to do, and what there is
// to do once the last mailbox has moved to the cloud.
func (d *desk) planDone(theme string) {
	d.t.Helper()
	d.toPlan()
	d.keep("plan-" + theme + "-06-done")
	d.keys("ctrl+Return")
	d.await("steps:loaded")
	d.keep("plan-" + theme + "-07-steps")
	d.keys("shift+Tab", "Return", "Down", "Return") // which organisation moves
	d.await("steps:loaded")
	d.keep("plan-" + theme + "-08-migration")
	d.keys("alt+Left")
	d.await("plan:loaded")
}

// apply makes what the stored plan lacks with the terminal program, on the same
// registry and in a session of the same kind.
func (d *desk) apply() {
	d.t.Helper()
	program := filepath.Join(d.t.TempDir(), "fairleadctl")
	build := exec.Command("go", "build", "-o", program, "fairlead/cmd/fairleadctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		d.t.Fatalf("build: %v\n%s", err, out)
	}
	apply := exec.Command("dbus-run-session", "--", "sh", "session.sh", program, "apply", "--lab")
	apply.Env = d.env()
	out, err := apply.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "10 needed, 10 work.") {
		d.t.Fatalf("apply: %v\n%s", err, out)
	}
}
