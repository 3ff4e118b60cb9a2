//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fairlead/lab"
	"fairlead/lab/entra"
)

// TestPlan enters an estate of three tenants and an Exchange organisation with
// three services, as far as can be looked up, and makes all ten connectors that
// it needs from the cells of the grid, by keyboard alone. In the dark, one tenant's
// are enough: what differs is seen by then.
func TestPlan(t *testing.T) {
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			v := newVisitor(d)
			d.start("--lab", "--theme", theme)
			d.toPlan()
			d.keep("plan-" + theme + "-01-begin")
			d.enterEstate(theme)
			d.keep("plan-" + theme + "-04-missing")
			tenants := estateTenants
			if theme == "dark" {
				tenants = tenants[:1]
			}
			for i, tenant := range tenants {
				d.keys(slices.Concat([]string{"Home", "Down"}, times(rowOf(i), "Down"), []string{"Left", "Left"})...) // past the organisation's line
				for service := range 3 {
					picture := ""
					if i == 0 && service == 0 {
						picture = "plan-" + theme + "-05-granted"
					}
					d.cloudFromCell(v, tenant, service > 0, picture)
					d.keys("Right")
				}
			}
			d.keep("plan-" + theme + "-06-clouds")
			d.exchangeFromCell(theme)
			d.keep("plan-" + theme + "-08-back")
			d.keys("ctrl+Return")
			d.await("steps:loaded")
			d.keep("plan-" + theme + "-09-steps")
			d.stop()
			if theme == "dark" {
				return
			}
			if said := d.ctl("", "plan", "--lab"); !strings.Contains(said, "10 needed, 10 work.") {
				t.Errorf("the terminal says otherwise:\n%s", said)
			}
		})
	}
}

// estateTenants are the tenants in the clouds of the lab that the estate has.
var estateTenants = []string{"contoso.example", "fabrikam.example", "gcc.contoso.example"}

// rowOf is how many lines a tenant stands below the first. The Exchange organisation
// was found with it and is the second.
func rowOf(tenant int) int {
	if tenant == 0 {
		return 0
	}
	return tenant + 1
}

func times(n int, key string) []string {
	return strings.Fields(strings.Repeat(key+" ", n))
}

// toPlan opens the plan from the list, whose first button has the keyboard. The
// place is the second at the left.
func (d *desk) toPlan() {
	d.t.Helper()
	d.tool("", "mousemove", "--window", d.window, "60", "109", "click", "1")
	d.await("plan:loaded")
}

// enterEstate enters an organisation by looking up its domains.
func (d *desk) enterEstate(theme string) {
	d.t.Helper()
	d.keys("Return")
	d.await("edit:loaded")
	d.types("Contoso")
	d.keys("Return")
	for _, domain := range estateTenants {
		d.types(domain)
		d.keys("Return")
		d.await("dialog:found")
		if domain == estateTenants[0] {
			d.keep("plan-" + theme + "-02-found")
		}
		d.keys("Return") // Take these over
	}
	d.keys("Return", "Return", "Return", "Return", "Return", "Tab") // nothing more to look up: past the tenants and the mailboxes
	d.keys(append(slices.Clone(twoServices), "Down", "space")...)
	d.keep("plan-" + theme + "-03-entered")
	d.keys("ctrl+Return")
	d.await("plan:loaded")
}

// throughToAuthorize opens a wizard that the plan has filled in, and goes through it
// until the permissions are asked for.
func (d *desk) throughToAuthorize() {
	d.t.Helper()
	d.keys("Return")
	d.await("page:microsoft365.prepare")
	d.keys("Return")
	d.await("page:microsoft365.tenant")
	d.keys("Return")
	d.await("page:microsoft365.permissions")
	d.keys("ctrl+Return")
	d.await("page:microsoft365.authorize")
	d.keys("ctrl+Return")
}

// cloudFromCell makes the connector of the cell with the keyboard, lets an
// administrator grant and sign in, and is back at the cell. The application to
// verify with is asked for once for each tenant.
func (d *desk) cloudFromCell(v *visitor, tenant string, verified bool, picture string) {
	d.t.Helper()
	v.account = entra.Admin + "@" + tenant
	d.throughToAuthorize()
	v.visit() // the consent page
	d.await("done:microsoft365.authorize")
	if picture != "" {
		d.keep(picture)
	}
	d.keys("space") // the box that says so has the keyboard
	if !verified {
		d.keys("Return")
		d.types(entra.Verifier)
	}
	d.keys("ctrl+Return")
	v.visit() // the sign-in
	d.await("page:microsoft365.verify")
	d.keys("Return")
	d.await("done:microsoft365.verify")
	d.keys("Return")
	d.await("page:name")
	d.keys("ctrl+Return")
	d.await("page:summary")
	d.keys("Return")
	d.await("page:created")
	d.keys("Return")
	d.await("plan:loaded")
}

// exchangeFromCell makes the Exchange connector from its cell.
func (d *desk) exchangeFromCell(theme string) {
	d.t.Helper()
	d.keys("Home", "Down", "Down", "Return")
	d.await("page:exchange.prepare")
	d.keys("Return")
	d.await("page:exchange.account")
	d.types(lab.Address)
	d.keys("Return", "Return")
	d.types(lab.Password)
	d.keep("plan-" + theme + "-07-prefilled")
	d.keys("Return")
	d.await("page:exchange.server")
	d.keys("ctrl+Return")
	d.await("page:exchange.test")
	d.types(lab.Mailbox)
	d.keys("Return")
	d.await("done:exchange.test")
	d.keys("Return")
	d.await("page:name")
	d.keys("ctrl+Return")
	d.await("page:summary")
	d.keys("Return")
	d.await("page:created")
	d.keys("Return")
	d.await("plan:loaded")
}

// ctl runs the terminal program on the same registry, in a session of the same
// kind, and returns what it says. The input is what comes on standard input.
func (d *desk) ctl(input string, args ...string) string {
	d.t.Helper()
	run := exec.Command("dbus-run-session", append([]string{"--", "sh", "session.sh", terminalBinary(d.t)}, args...)...)
	run.Env, run.Stdin = d.env(), strings.NewReader(input)
	out, err := run.CombinedOutput()
	if err != nil {
		d.t.Fatalf("fairleadctl %s: %v\n%s", args[0], err, out)
	}
	return string(out)
}

// terminalBinary is the terminal program: FAIRLEADCTL_BIN, or one built for the
// test.
func terminalBinary(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("FAIRLEADCTL_BIN"); path != "" {
		return path
	}
	program := filepath.Join(t.TempDir(), "fairleadctl")
	build := exec.Command("go", "build", "-o", program, "fairlead/cmd/fairleadctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}
