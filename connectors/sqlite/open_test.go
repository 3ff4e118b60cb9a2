package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// add registers a connector as a keeper does.
func add(ctx context.Context, r connectors.Registry, c connectors.Connector) error {
	i := connectors.Intent{ID: c.ID, Kind: connectors.IntentRegister, Connector: c, Created: time.Now(), PID: os.Getpid()}
	if err := r.Intend(ctx, i); err != nil {
		return err
	}
	return r.Commit(ctx, i, happens(connectors.EventCreated))
}

// filled makes a registry of some pages, and closes it.
func filled(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "connectors.db")
	r := openTemp(t, path)
	for n := range 40 {
		c := registrytest.Exchange(fmt.Sprintf("c%02d", n))
		c.Description = strings.Repeat("x", 1000)
		if err := add(t.Context(), r, c); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// contents are the bytes of every file in a folder that matter: all but the
// index of the log, which SQLite rebuilds, and empty logs.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), "-shm") || !entry.Type().IsRegular() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 0 || !strings.HasSuffix(entry.Name(), "-wal") {
			files[entry.Name()] = string(data)
		}
	}
	return files
}

// refused checks that a file is refused and left as it is.
func refused(t *testing.T, path string, want error) error {
	t.Helper()
	before := contents(t, filepath.Dir(path))
	r, err := Open(t.Context(), path)
	if err == nil {
		_ = r.Close()
	}
	if !errors.Is(err, want) {
		t.Fatalf("open: %v, want %v", err, want)
	}
	if after := contents(t, filepath.Dir(path)); !maps.Equal(before, after) {
		t.Fatalf("the files are not as they were: %d before, %d after", len(before), len(after))
	}
	return err
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAnotherProgramsDatabaseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "places.sqlite")
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `CREATE TABLE places (url TEXT); INSERT INTO places VALUES ('x')`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, path, connectors.ErrDamaged)
}

// TestANewerSchemaIsRefused refuses a file that was closed in good order, and
// one that a newer program still has open, whose last change is in the log.
func TestANewerSchemaIsRefused(t *testing.T) {
	path := filled(t)
	r, err := open(path, "WAL")
	if err != nil {
		t.Fatal(err)
	}
	newer := `INSERT INTO ` + versionTable + ` (version_id, is_applied) VALUES (999, 1); ALTER TABLE drafts RENAME TO notes`
	if _, err := r.write.ExecContext(t.Context(), newer); err != nil {
		t.Fatal(err)
	}
	left := copied(t, path)
	if !exists(left + "-wal") {
		t.Fatal("no log was left: the test proves nothing")
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{path, left} {
		err = refused(t, path, connectors.ErrNewerSchema)
		for _, part := range []string{"999", "newer version of Fairlead", path} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
	}
}

// copied copies the files of a registry as a power failure would leave them.
func copied(t *testing.T, path string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range contents(t, filepath.Dir(path)) {
		write(t, filepath.Join(dir, name), []byte(data))
	}
	return filepath.Join(dir, filepath.Base(path))
}

// TestManyProgramsMakeOneRegistry opens a registry that is not there yet from
// many places at once.
func TestManyProgramsMakeOneRegistry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "connectors.db")
	var group sync.WaitGroup
	start := make(chan struct{})
	for n := range 8 {
		group.Go(func() {
			<-start
			r, err := Open(t.Context(), path)
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			if err := add(t.Context(), r, registrytest.Exchange(fmt.Sprint("c", n))); err != nil {
				t.Errorf("add: %v", err)
			}
			if err := r.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
	close(start)
	group.Wait()
	r := openTemp(t, path)
	defer func() { _ = r.Close() }()
	if all, err := r.List(t.Context()); err != nil || len(all) != 8 {
		t.Errorf("%d connectors, %v; want 8", len(all), err)
	}
}

// TestAnUncleanExitLosesNothing copies the files of a registry that is open,
// as a power failure would leave them.
func TestAnUncleanExitLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "connectors.db")
	r := openTemp(t, path)
	if err := add(t.Context(), r, registrytest.Exchange("a")); err != nil {
		t.Fatal(err)
	}
	left := copied(t, path)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if !exists(left + "-wal") {
		t.Fatal("no log was left: the test proves nothing")
	}

	again := openTemp(t, left)
	if all, err := again.List(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d connectors, %v; want 1", len(all), err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}

	emptied := filepath.Join(t.TempDir(), "connectors.db")
	write(t, emptied, nil)
	write(t, emptied+"-wal", []byte("what would be thrown away"))
	refused(t, emptied, connectors.ErrDamaged)
}

// TestAHotJournalIsRolledBack copies the files of a registry with a rollback
// journal in the middle of a change, as a power failure would leave them.
func TestAHotJournalIsRolledBack(t *testing.T) {
	path := filled(t)
	r, err := open(path, "DELETE")
	if err != nil {
		t.Fatal(err)
	}
	const spill = `PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE connectors SET description = 'half done'`
	if _, err := r.write.ExecContext(t.Context(), spill); err != nil {
		t.Fatal(err)
	}
	moved := copied(t, path)
	if _, err := r.write.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if !exists(moved+"-journal") || !bytes.Contains(read(t, moved), []byte("half done")) {
		t.Fatal("no half of a change was left: the test proves nothing")
	}

	again := openTemp(t, moved)
	all, err := again.List(t.Context())
	if err != nil || len(all) != 40 || all[0].Description == "half done" {
		t.Errorf("%d connectors, %v, or a change that was never finished", len(all), err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAnUnfinishedMakingGoesOn opens files as a program leaves them that ends
// while it makes a new registry.
func TestAnUnfinishedMakingGoesOn(t *testing.T) {
	for name, statement := range map[string]string{
		"nothing yet": "", "an empty database": "PRAGMA user_version = 1; PRAGMA user_version = 0",
		"versions only": "CREATE TABLE " + versionTable + ` (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
			is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
			INSERT INTO ` + versionTable + ` (version_id, is_applied) VALUES (0, 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "connectors.db")
			write(t, path, nil)
			half, err := open(path, "WAL")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := half.write.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			if err := half.Close(); err != nil {
				t.Fatal(err)
			}
			r := openTemp(t, path)
			if err := add(t.Context(), r, registrytest.Exchange("a")); err != nil {
				t.Error(err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDurabilityIsAsPromised(t *testing.T) {
	for journal, far := range map[string]bool{"wal": false, "delete": true} {
		opened, err := openChecked(t.Context(), filled(t), func(string) bool { return far })
		if err != nil {
			t.Fatal(err)
		}
		r := opened.(*registry)
		defer func() { _ = r.Close() }()
		pragmas := map[string]string{"journal_mode": journal, "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}
		for pragma, want := range pragmas {
			var got string
			if err := r.write.QueryRowContext(t.Context(), `PRAGMA `+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q, %v; want %q", pragma, got, err, want)
			}
		}
		if _, err := r.read.ExecContext(t.Context(), `DELETE FROM connectors`); err == nil {
			t.Error("a reader can write")
		}
	}
}
