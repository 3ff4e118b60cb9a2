//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab"
)

// The estate of a move to the cloud as it was, and as a spreadsheet that has got
// a tenant more.
const (
	beforeMove = `organisations:
  - name: Contoso
    mailboxes: both
    services: [continuity, sync-and-recover]
    tenants:
      - {tenant: contoso.example, granted: [continuity, sync-and-recover]}
      - {provider: exchange, tenant: contoso.example, address: svc-fairlead@contoso.example, url: 'https://mail.contoso.example/EWS/Exchange.asmx', mailbox: anna@contoso.example}
`
	spreadsheet = `organisation;mailboxes;provider;tenant;services;granted
Contoso;both;microsoft365;contoso.example;continuity sync-and-recover;
Contoso;;microsoft365;fabrikam.example;;continuity sync-and-recover
Contoso;;exchange;contoso.example;;
`
)

// TestPlanMove reads an estate from a CSV file and takes it to the cloud, step by
// step and by keyboard: make, attach, wait for the last mailbox, detach, delete.
func TestPlanMove(t *testing.T) {
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			name, folder := "plan-move-"+theme, t.TempDir()
			before, after := filepath.Join(folder, "before.yaml"), filepath.Join(folder, "after.csv")
			for path, text := range map[string]string{before: beforeMove, after: spreadsheet} {
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if said := d.ctl(lab.Password+"\n", "apply", before, "--lab", "--password-stdin"); !strings.Contains(said, "3 needed, 3 work.") {
				t.Fatal(said)
			}
			d.ctl("", "attach", "Exchange, contoso.example", "--service", "continuity", "--task", "Nightly check", "--lab")

			d.start("--lab", "--theme", theme)
			d.toPlan()
			d.readCSV(name, after)
			d.keys("ctrl+Return")
			d.await("steps:loaded")
			d.keys("shift+Tab", "Return", "Down", "Return") // Contoso moves
			d.await("steps:loaded")
			d.keep(name + "-03-steps")
			for range 2 {
				d.makeFromStep()
			}
			d.doStep(name + "-04-attach")
			d.doStep("")
			d.doStep(name + "-05-moved")
			d.doStep(name + "-06-detach")
			d.deleteFromStep(name)
			d.stop()
			if said := d.ctl("", "plan", "--lab"); !strings.Contains(said, "4 needed, 4 work.") {
				t.Errorf("the terminal says otherwise:\n%s", said)
			}
		})
	}
}

// readCSV reads the estate from a file. There is none yet, so that the button for
// it is the second one.
func (d *desk) readCSV(name, path string) {
	d.t.Helper()
	d.keys("Tab", "Return") // past Enter an organisation
	d.await("dialog:Look into it")
	d.types(path)
	d.keys("Return")
	d.await("dialog:preview")
	d.keep(name + "-01-preview")
	d.keys("Return")
	d.await("plan:loaded")
	d.keep(name + "-02-grid")
}

// makeFromStep makes the connector of the first step, whose permissions the estate
// says are granted, and records it without a sign-in.
func (d *desk) makeFromStep() {
	d.t.Helper()
	d.keys("Return")
	d.await("dialog:step")
	d.throughToAuthorize()
	d.await("page:microsoft365.verify")
	d.keys("ctrl+Return")
	d.await("done:microsoft365.verify")
	d.keys("ctrl+Return")
	d.await("page:name")
	d.keys("ctrl+Return")
	d.await("page:summary")
	d.keys("Return")
	d.await("page:created")
	d.keys("Return")
	d.await("steps:loaded")
}

// doStep opens the first step and says that it is done.
func (d *desk) doStep(picture string) {
	d.t.Helper()
	d.keys("Return")
	d.await("dialog:step")
	if picture != "" {
		d.keep(picture)
	}
	d.keys("Return")
	d.await("steps:loaded")
}

// deleteFromStep deletes the connector that is left over.
func (d *desk) deleteFromStep(name string) {
	d.t.Helper()
	d.keep(name + "-07-delete")
	d.keys("Return")
	d.await("dialog:step")
	d.keep(name + "-08-delete-step")
	d.keys("Return")
	d.await("dialog:Delete")
	d.keys("Tab", "Return")
	d.await("clean-up:loaded")
	d.toPlan()
	d.keep(name + "-09-done")
}
