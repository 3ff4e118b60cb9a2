//go:build e2e && postgres && unix

package e2e

import (
	"context"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/postgres"
	"fairlead/connectors/postgres/pgserver"
	"fairlead/keyring"
	"fairlead/secret"
)

// TestTeam has the window look at a team's registry on a real PostgreSQL: what a
// colleague does shows up, and the database is stopped and started again under the
// list and under a wizard. The window says so, stays alive, goes on by itself, and
// loses nothing.
func TestTeam(t *testing.T) {
	runtime.LockOSThread() // the server ends with the thread that started it
	for _, theme := range themes() {
		t.Run(theme, func(t *testing.T) { team(t, theme) })
	}
}

func team(t *testing.T, theme string) {
	server, err := pgserver.Start()
	if err != nil {
		t.Fatal(err)
	}
	running := true
	t.Cleanup(func() {
		if !running {
			if err := server.Again(); err != nil {
				t.Fatal(err)
			}
		}
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	down := func(how syscall.Signal) {
		if err := server.End(how); err != nil {
			t.Fatal(err)
		}
		running = false
	}
	up := func() {
		if err := server.Again(); err != nil {
			t.Fatal(err)
		}
		running = true
	}
	address := server.Socket("postgres")
	d := newDesk(t)
	d.start("--registry", address, "--theme", theme)
	d.await("list:empty")
	colleague := func(do func(ctx context.Context, k *connectors.Keeper) error) {
		r, err := postgres.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Close() }()
		k := &connectors.Keeper{Registry: r, Keyring: keyring.Memory(), Session: keyring.Memory(), Now: time.Now, Holder: `MAIL02\bert`}
		if err := do(t.Context(), k); err != nil {
			t.Fatal(err)
		}
	}
	add := func(name, tenant string) {
		colleague(func(ctx context.Context, k *connectors.Keeper) error {
			_, err := k.Register(ctx, connectors.Connector{
				Name: name, Provider: "exchange", Tenant: tenant, Services: []string{"continuity"}, Platform: "Exchange 2019 CU15",
				Settings: map[string]string{"url": "https://mail." + tenant + "/EWS/Exchange.asmx", "sign-in": "svc@" + tenant},
			}, secret.New("in the keyring of "+k.Holder))
			return err
		})
		d.await("list:changed")
	}
	add("Exchange, contoso.example", "contoso.example")
	add("Exchange, fabrikam.example", "fabrikam.example")
	d.keep(theme + "-70-team")

	down(syscall.SIGQUIT) // as if it crashed
	d.await("list:lost")
	d.keys("ctrl+f", "Return", "Down") // it is alive
	d.keep(theme + "-71-team-lost")
	up()
	d.await("list:reached")
	d.keep(theme + "-72-team-reached")
	add("Exchange, northwind.example", "northwind.example") // it listens again

	d.keys("ctrl+f", "Tab", "Tab", "Return") // More …, New connector
	d.await("page:services")
	d.keys("Down", "space", "ctrl+Return")
	d.await("page:provider")
	down(syscall.SIGINT)
	d.keys("alt+Left") // pages need no registry
	d.await("page:services")
	d.keys("ctrl+Return")
	d.await("page:provider")
	d.keys("ctrl+q") // keeps a draft first
	d.await("dialog:Leave without saving")
	d.keys("Return") // Stay
	up()
	d.stop()
	d.start("--registry", address, "--theme", theme)
	d.keep(theme + "-74-wizard-kept")
	colleague(func(ctx context.Context, k *connectors.Keeper) error {
		drafts, err := k.Registry.Drafts(ctx)
		if len(drafts) != 1 || !strings.Contains(string(drafts[0].Answers), "continuity") {
			t.Errorf("the draft is %+v", drafts)
		}
		all, listed := k.List(ctx)
		if len(all) != 3 || listed != nil {
			t.Errorf("%d connectors, %v", len(all), listed)
		}
		return err
	})
	d.stop()
}
