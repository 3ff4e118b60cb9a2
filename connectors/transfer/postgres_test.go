//go:build postgres && unix

package transfer

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"fairlead/connectors"
	"fairlead/connectors/postgres"
	"fairlead/connectors/postgres/pgserver"
)

func init() { stores["postgres"] = postgres.Open }

// TestRestoreIntoATeamsRegistryIsKilled: the same holds for a team's registry.
func TestRestoreIntoATeamsRegistryIsKilled(t *testing.T) {
	server := must[*pgserver.Server](t)(pgserver.Start())
	t.Cleanup(func() { ok(t, server.Stop()) })
	owner := must[*pgx.Conn](t)(pgx.Connect(t.Context(), server.Socket("postgres")))
	defer func() { ok(t, owner.Close(t.Context())) }()
	n := 0
	killRestore(t, "postgres", func() string {
		n++
		name := fmt.Sprint("restored", n)
		must[pgconn.CommandTag](t)(owner.Exec(t.Context(), "CREATE DATABASE "+name))
		return server.Socket(name)
	})
}

// A backup of the file is restored into a team's registry, and one of that into
// a file, and nothing differs.
func TestBackupBetweenTheStores(t *testing.T) {
	server := must[*pgserver.Server](t)(pgserver.Start())
	t.Cleanup(func() { ok(t, server.Stop()) })
	t.Setenv("PGPASSWORD", pgserver.Password) // the driver reads it itself
	registry := must[connectors.Registry](t)(postgres.Open(t.Context(), fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres", pgserver.User, server.Port)))
	t.Cleanup(func() { ok(t, registry.Close()) })

	from, back := newKeeper(t, `ALPHA\anna`), newKeeper(t, `ALPHA\anna`)
	fill(t, from)
	team := &connectors.Keeper{Registry: registry, Keyring: from.Keyring, Session: from.Session, Holder: from.Holder, Now: from.Now}
	back.Keyring = from.Keyring
	ok(t, plan(t, Target{Keeper: team, Restore: true, Team: true}, backup(t, from)).Run(t.Context()))
	ok(t, plan(t, Target{Keeper: back, Restore: true}, backup(t, team)).Run(t.Context()))
	if was, is := everything(t, from), everything(t, back); was != is {
		t.Errorf("the registry held\n%s\nand holds\n%s", was, is)
	}
	if was, is := trail(t, from), trail(t, back); len(was) != len(is) {
		t.Errorf("the trail %v came to be %v", was, is)
	}
	again := plan(t, Target{Keeper: team, Restore: true, Team: true}, backup(t, back))
	if wantCounts(t, again, "new 0, unchanged 2, different 0, duplicates 0, conflicts 0"); !again.Empty() {
		t.Errorf("restoring twice would do something: %+v", again)
	}
}
