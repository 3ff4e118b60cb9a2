//go:build e2e

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/secret"
)

// colleague opens the lab's registry that the program under test has, as another
// program does, and closes it after something was done.
func (d *desk) colleague(do func(ctx context.Context, k *connectors.Keeper)) {
	d.t.Helper()
	ctx := d.t.Context()
	folder := filepath.Join(d.home, ".local", "share", "fairlead", "lab")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		d.t.Fatal(err)
	}
	r, err := sqlite.Open(ctx, filepath.Join(folder, "connectors.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	do(ctx, &connectors.Keeper{Registry: r, Keyring: keyring.Memory(), Session: keyring.Memory(), Now: time.Now, Holder: `MAIL02\bert`})
	if err := r.Close(); err != nil {
		d.t.Fatal(err)
	}
}

// put registers connectors without passwords, in several states.
func (d *desk) put() {
	d.t.Helper()
	day := time.Now().Add(-time.Hour)
	d.colleague(func(ctx context.Context, k *connectors.Keeper) {
		for _, c := range []struct {
			name, provider, service, tenant, platform, trouble string
			verdict                                            check.Verdict
			use                                                string
		}{
			{"Continuity, fabrikam.example", "microsoft365", "continuity", "fabrikam.example", "Microsoft 365, Worldwide", "Some permissions were not granted", check.Fail, ""},
			{"Exchange, contoso.example", "exchange", "continuity", "contoso.example", "Exchange 2019 CU15", "", check.Pass, "Nightly check"},
			{"Exchange, northwind.example", "exchange", "continuity", "northwind.example", "Exchange 2016 CU23", "The certificate ends soon", check.Warn, ""},
			{"Remediation, fabrikam.example", "google", "remediation", "C01234567", "Google Workspace", "", "", ""},
		} {
			fresh := connectors.Connector{
				Name: c.name, Provider: c.provider, Tenant: c.tenant, Services: []string{c.service}, Platform: c.platform,
				Settings: map[string]string{"url": "https://mail." + c.tenant + "/EWS/Exchange.asmx", "sign-in": "svc@" + c.tenant, "tenant": c.tenant},
			}
			if c.verdict != "" {
				result := check.Result{ID: "x", Title: "Check", Verdict: c.verdict}
				if c.trouble != "" {
					result.Diagnoses = []check.Diagnosis{{Code: "x", Title: c.trouble, Verdict: c.verdict}}
				}
				fresh.LastTest = &check.Report{Started: day, Took: time.Second, Checks: []check.Result{result}, Facts: map[string]string{"platform": c.platform}}
			}
			var password secret.Secret
			if c.provider == "exchange" {
				password = secret.New("in the keyring of " + k.Holder)
			}
			made, err := k.Register(ctx, fresh, password)
			if err == nil && c.use != "" {
				err = k.Attach(ctx, made.ID, connectors.Attachment{Service: c.service, Task: c.use})
			}
			if err != nil {
				d.t.Fatal(err)
			}
		}
	})
}

// kill ends the program and all of its session as `kill -9` does.
func (d *desk) kill() {
	d.t.Helper()
	if err := syscall.Kill(-d.group, syscall.SIGKILL); err != nil {
		d.t.Fatal(err)
	}
	select {
	case <-d.ended:
	case <-time.After(patience):
		d.t.Fatal("the program does not die")
	}
}

// TestSeveral picks several connectors by keyboard, narrows and sorts the list,
// meets what another administrator did meanwhile, and deletes what is free.
func TestSeveral(t *testing.T) {
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			d.put()
			d.start("--lab", "--theme", theme)
			d.keys("Home", "space", "shift+Down", "shift+Down")
			d.keep(theme + "-50-picked")
			d.keys("Delete")
			d.await("dialog:Delete")
			d.keep(theme + "-51-delete-several")
			d.keys("Tab", "Return")
			d.await("done:list")
			d.keep(theme + "-52-deleted-several")
			d.keys("Escape", "Home", "Delete") // the one in use
			d.await("dialog:trouble")
			d.keep(theme + "-53-delete-refused")
			d.keys("Return") // to its tasks
			d.await("details:part 3")
			d.keys("alt+Left")
			d.await("list:loaded")
			d.keys("Menu", "Down", "Down", "Return")
			d.await("dialog:edit")
			d.colleague(func(ctx context.Context, k *connectors.Keeper) {
				c, err := k.Find(ctx, "Exchange, contoso.example")
				if err == nil {
					err = k.Edit(ctx, c.ID, "Head office", "Looked after by Bert", 0)
				}
				if err != nil {
					t.Fatal(err)
				}
			})
			d.types(", main site")
			d.keys("Return", "Return")
			d.await("dialog:changed")
			d.keep(theme + "-54-changed-by-another")
			d.keys("Return") // Reload has the keyboard
			d.await("dialog:reloaded")
			d.keys("Escape")
			d.stop()
		})
	}
}

// first makes the first connector, from the empty list to the list with it.
func (d *desk) first() {
	d.toTest()
	d.keys("Return")
	d.await("done:exchange.test")
	d.toSummary()
	d.keys("Return")
	d.await("page:created")
	d.keys("Return")
	d.await("list:loaded")
}

// toSummary goes on from a test that passed.
func (d *desk) toSummary() {
	d.keys("Return")
	d.await("page:name")
	d.keys("Return", "Return")
	d.await("page:summary")
}

// instead opens the wizard that makes a connector in the place of the one in the
// first row.
func (d *desk) instead() {
	d.keys("Home", "Return")
	d.await("details:loaded")
	d.keys("Tab", "Tab", "Tab", "Return", "Down", "Return") // ⋯, Change something else
	d.await("page:exchange.prepare")
}

// goOn opens the draft in the first row, where it is to go on.
func (d *desk) goOn(at string) {
	d.keys("Home", "Return")
	d.await(at)
}

// insteadToSummary walks through it from the password, which is all that is asked
// for anew.
func (d *desk) insteadToSummary() {
	d.types(lab.Password)
	d.keys("Return")
	d.await("page:exchange.server")
	d.keys("ctrl+Return")
	d.await("page:exchange.test")
	d.keys("ctrl+Return")
	d.await("done:exchange.test")
	d.toSummary()
}

// there checks which connectors there are, by name, and returns them.
func (d *desk) there(names ...string) (all []connectors.Connector) {
	d.t.Helper()
	d.colleague(func(ctx context.Context, k *connectors.Keeper) {
		var err error
		if all, err = k.List(ctx); err != nil {
			d.t.Fatal(err)
		}
	})
	var are []string
	for _, c := range all {
		are = append(are, c.Name)
	}
	if !slices.Equal(are, names) {
		d.t.Fatalf("there are the connectors %q, want %q", are, names)
	}
	return all
}

// TestChangeSomethingElse makes another connector in the place of one, moves its
// task and deletes it, by keyboard. Between any two steps the program is killed as
// `kill -9` does: one that works is always there, and has the place, and what was
// answered is a draft that goes on.
func TestChangeSomethingElse(t *testing.T) {
	const name = "Exchange, contoso.example"
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) {
			d := newDesk(t)
			start := func() { d.start("--lab", "--theme", theme) }
			again := func() {
				d.kill()
				start()
			}
			start()
			d.first()
			old := d.there(name)[0]
			d.colleague(func(ctx context.Context, k *connectors.Keeper) {
				if err := k.Attach(ctx, old.ID, connectors.Attachment{Service: "continuity", Task: "Nightly check"}); err != nil {
					t.Fatal(err)
				}
			})
			d.await("list:changed")
			d.instead()
			again()
			d.there(name)
			d.goOn("page:exchange.prepare")
			d.keys("Return")
			d.await("page:exchange.account")
			d.insteadToSummary()
			d.keep(theme + "-60-summary-of-the-other")
			again()
			d.there(name)
			d.goOn("page:exchange.account")
			d.insteadToSummary()
			d.keys("Return")
			d.await("page:created")
			d.keep(theme + "-61-made-the-other")
			d.await("draft:dropped")
			again()
			fresh := d.there(name, name+" (new)")[1]
			d.keys("Home", "Return")
			d.await("details:loaded")
			d.keep(theme + "-62-replaced")
			d.keys("ctrl+1")
			d.await("details:part 0")
			d.keys("shift+Tab", "Return") // Move 1 task
			d.await("details:loaded")
			again()
			if both := d.there(name, name+" (new)"); len(both[0].Attachments) != 0 || len(both[1].Attachments) != 1 {
				t.Errorf("the task is at %v and %v", both[0].Attachments, both[1].Attachments)
			}
			d.keys("Home", "Return")
			d.await("details:loaded")
			d.keep(theme + "-63-task-moved")
			d.keys("ctrl+1")
			d.await("details:part 0")
			d.keys("shift+Tab", "Return") // Delete this connector …
			d.await("dialog:Delete")
			d.keep(theme + "-64-delete-replaced")
			d.keys("Tab", "Return")
			d.await("clean-up:loaded")
			again()
			now := d.there(name)[0]
			if now.ID != fresh.ID || now.Replaced || len(now.Attachments) != 1 {
				t.Errorf("what is left is %+v", now)
			}
			d.keys("Menu", "Down", "Return")
			d.await("done:details")
			d.stop()
			if state, words := d.there(name)[0].State(); state != connectors.Works {
				t.Errorf("the one that is left %s: %s", state, words)
			}
		})
	}
}
