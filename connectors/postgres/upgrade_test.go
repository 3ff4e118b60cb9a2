//go:build postgres && unix

package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// oldRows is how many connectors a registry of the first version has.
const oldRows = 300

// firstVersion are the statements that make a registry of the first version,
// filled, with each store's words for a moment, for no and for a new number.
func firstVersion(t testing.TB, file, schema, moment, no, number string) string {
	t.Helper()
	tables, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	report, err := stored.Encode(check.Report{
		Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Facts: map[string]string{"password-expires": "2027-01-01"},
		Checks: []check.Result{{ID: "sign-in", Title: "Sign-in accepted", Verdict: check.Fail}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	all.WriteString("BEGIN;\n")
	all.Write(tables)
	fmt.Fprintf(&all, `; CREATE TABLE %[1]sgoose_db_version (id %[2]s, version_id bigint NOT NULL, is_applied boolean NOT NULL,
		tstamp timestamp DEFAULT CURRENT_TIMESTAMP);
		INSERT INTO %[1]sgoose_db_version (version_id, is_applied) VALUES (0, true), (1, true);`, schema, number)
	for n := range oldRows {
		fmt.Fprintf(&all, `INSERT INTO %[1]sconnectors (id, name, name_key, description, provider, tenant, services, settings, secret_key,
			secret_keyring, secret_holder, secret_session, secret_since, platform, created, updated) VALUES ('c%[2]d', 'Name %[2]d', 'name %[2]d',
			'', 'exchange', 'T%[2]d.example', '["continuity"]', '{}', '', '', '', %[3]s, %[4]s, '', %[4]s, %[4]s);
			INSERT INTO %[1]sreports (connector, report) VALUES ('c%[2]d', '%[5]s');`, schema, n, no, moment, report)
	}
	all.WriteString("COMMIT;")
	return all.String()
}

// oldSQLite makes a file of the first version, and returns its path.
func oldSQLite(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "connectors.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(t.Context(), firstVersion(t, "../sqlite/migrations/00001_registry.sql", "", "1767323045000000", "0",
		"INTEGER PRIMARY KEY AUTOINCREMENT"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// oldPostgres makes a database of the first version, and returns its address.
func oldPostgres(t testing.TB) string {
	t.Helper()
	database := newDatabase(t)
	execute(t, database, "CREATE SCHEMA fairlead")
	execute(t, database, firstVersion(t, "migrations/00001_registry.sql", "fairlead.",
		"'2026-01-02 03:04:05Z'", "false", "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))
	return server.Socket(database)
}

var olds = map[string]func(t testing.TB) string{"sqlite": oldSQLite, "postgres": oldPostgres}

// upgraded opens a registry that was of the first version, and checks that
// nothing is missing and lists know of all.
func upgraded(t *testing.T, kind, where string) {
	t.Helper()
	r, err := stores[kind](t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	ids, err := r.IDs(t.Context(), connectors.Query{
		Words: []connectors.Word{{Text: "sign-in accepted"}}, States: []connectors.State{connectors.Fails},
		Expiring: time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC),
	})
	if err != nil || len(ids) != oldRows {
		t.Fatalf("lists know of %d connectors, %v; want %d", len(ids), err, oldRows)
	}
	rows, err := r.Rows(t.Context(), ids[:3])
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		c, err := r.Get(t.Context(), row.ID)
		if err != nil || !c.Row().Tested.Equal(row.Tested) || c.Version != 1 {
			t.Errorf("%s was tested at %v, version %d, %v", row.Name, row.Tested, c.Version, err)
		}
	}
}

// TestKilledWhileMigrating kills programs in the middle of a migration, and
// then lets others migrate what is left, several at once.
func TestKilledWhileMigrating(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for kind, old := range olds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			whole := time.Duration(0)
			killed := 0
			for round := range 12 {
				where := old(t)
				cmd := exec.CommandContext(t.Context(), self)
				cmd.Env = append(os.Environ(), killedChild+"=open "+kind, killedWhere+"="+where)
				start := time.Now()
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				if round > 0 { // the first one says how long it takes
					kill := time.AfterFunc(rand.N(whole), func() { _ = cmd.Process.Kill() })
					defer kill.Stop()
				}
				if cmd.Wait() != nil {
					killed++
				}
				if round == 0 {
					whole = time.Since(start)
				}
				var group sync.WaitGroup
				for range 2 {
					group.Go(func() {
						r, err := stores[kind](context.WithoutCancel(t.Context()), where)
						if err != nil {
							t.Errorf("round %d: %v", round, err)
							return
						}
						_ = r.Close()
					})
				}
				group.Wait()
				upgraded(t, kind, where)
			}
			t.Logf("killed %d times", killed)
		})
	}
}
