package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
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
	return r.Commit(ctx, i)
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

func TestWhatIsNoRegistryIsRefusedAndKept(t *testing.T) {
	good := read(t, filled(t))
	header := good[:100]
	files := map[string][]byte{
		"text":            []byte("name,tenant\nContoso,contoso.com\n"),
		"one byte":        {0},
		"zero bytes":      make([]byte, 8192),
		"random":          randomBytes(1, 20_000),
		"header only":     header,
		"header and junk": append(bytes.Clone(header), randomBytes(2, 20_000)...),
		"cut short":       good[:len(good)/2/4096*4096],
		"odd length":      good[:len(good)/2+17],
		"pages zeroed":    overwrite(good, 4096, make([]byte, 5*4096)),
		"pages scrambled": overwrite(good, 3*4096, randomBytes(3, 4*4096)),
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "connectors.db")
			write(t, path, data)
			if err := refused(t, path, connectors.ErrDamaged); !strings.Contains(err.Error(), path) {
				t.Errorf("the error does not name the file: %v", err)
			}
		})
	}
}

func randomBytes(seed uint64, n int) []byte {
	random := rand.New(rand.NewPCG(seed, 0))
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return data
}

func overwrite(data []byte, at int, with []byte) []byte {
	data = bytes.Clone(data)
	copy(data[at:], with)
	return data
}

// TestDamageNeverSpreads damages single places at random. Some are harmless;
// the others are refused, at the opening or when they are read.
func TestDamageNeverSpreads(t *testing.T) {
	good := read(t, filled(t))
	random := rand.New(rand.NewPCG(7, 7))
	refusals := 0
	for range 60 {
		dir := t.TempDir()
		path := filepath.Join(dir, "connectors.db")
		at := random.IntN(len(good) - 64)
		write(t, path, overwrite(good, at, randomBytes(random.Uint64(), 64)))
		before := contents(t, dir)
		r, err := Open(t.Context(), path)
		if err != nil {
			refusals++
			if !errors.Is(err, connectors.ErrDamaged) && !errors.Is(err, connectors.ErrNewerSchema) {
				t.Errorf("damaged at %d: %v", at, err)
			}
			if !maps.Equal(before, contents(t, dir)) {
				t.Errorf("damaged at %d: the file was changed", at)
			}
			continue
		}
		if _, err := r.List(t.Context()); err != nil && !errors.Is(err, connectors.ErrDamaged) {
			t.Errorf("damaged at %d, read: %v", at, err)
		}
		if err := r.Close(); err != nil {
			t.Errorf("damaged at %d, close: %v", at, err)
		}
	}
	if refusals == 0 {
		t.Error("no damage was found")
	}
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

func TestPlacesThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	write(t, file, []byte("x"))
	paths := map[string]string{
		"no path": " ", "a folder that is a file": filepath.Join(file, "connectors.db"), "a folder": dir,
		"a zero byte": filepath.Join(dir, "a\x00b"),
	}
	if runtime.GOOS != "windows" && os.Geteuid() != 0 { // the administrator can write anywhere
		closed := filepath.Join(dir, "closed")
		if err := os.Mkdir(closed, 0o500); err != nil {
			t.Fatal(err)
		}
		paths["no permission"] = filepath.Join(closed, "connectors.db")
	}
	if runtime.GOOS == "linux" {
		paths["no permission, for anybody"] = "/proc/fairlead/connectors.db"
		paths["a device"] = "/dev/full"
	}
	for name, path := range paths {
		r, err := Open(t.Context(), path)
		if err == nil {
			_ = r.Close()
			t.Errorf("%s: opened", name)
			continue
		}
		if strings.Contains(err.Error(), "out of memory") || !strings.Contains(err.Error(), "registry") {
			t.Errorf("%s: the error says nothing to a person: %v", name, err)
		}
	}
	if got := string(read(t, file)); got != "x" {
		t.Errorf("the file that is in the way holds %q", got)
	}
}

func TestOnlyTheUserCanReadTheFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows gives files in LocalAppData to their user alone")
	}
	dir := filepath.Join(t.TempDir(), "share", "fairlead")
	path := filepath.Join(dir, "connectors.db")
	for _, loose := range []fs.FileMode{0o600, 0o644} {
		r := openTemp(t, path)
		if err := r.SaveDraft(t.Context(), connectors.Draft{ID: "d", Answers: []byte("{}")}); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) < 3 {
			t.Fatalf("%d files, %v; want the file, its log and its index", len(entries), err)
		}
		for _, entry := range entries {
			if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v, %v; want 0600", entry.Name(), info.Mode(), err)
			}
		}
		for _, folder := range []string{dir, filepath.Dir(dir)} {
			if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("%s has mode %v, %v; want 0700", folder, info.Mode(), err)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, loose); err != nil { // the next round has to tighten it
			t.Fatal(err)
		}
	}
}

func TestOddPathsNameOneFile(t *testing.T) {
	names := []string{"with space", "ключ 鍵", "100%25", "a#b", "it's"}
	if runtime.GOOS != "windows" {
		names = append(names, "a?mode=memory", `back\slash`, "a;b&c=d")
	}
	for _, name := range names {
		dir := t.TempDir()
		r := openTemp(t, filepath.Join(dir, name))
		if err := r.SaveDraft(t.Context(), connectors.Draft{ID: "d", Answers: []byte("{}")}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := r.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 || entries[0].Name() != name {
			t.Errorf("%s: the folder holds %v, %v", name, entries, err)
		}
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

func TestDataDir(t *testing.T) {
	tests := []struct {
		goos, home string
		env        map[string]string
		want       string
	}{
		{"linux", "/home/u", nil, "/home/u/.local/share/fairlead"},
		{"linux", "/home/u", map[string]string{"XDG_DATA_HOME": "/data"}, "/data/fairlead"},
		{"linux", "/home/u", map[string]string{"XDG_DATA_HOME": "relative"}, "/home/u/.local/share/fairlead"},
		{"linux", "", map[string]string{"XDG_DATA_HOME": "/data"}, "/data/fairlead"},
		{"linux", "", nil, ""},
		{"freebsd", "/home/u", nil, "/home/u/.local/share/fairlead"},
		{"darwin", "/Users/u", map[string]string{"XDG_DATA_HOME": "/data"}, "/Users/u/Library/Application Support/Fairlead"},
		{"windows", "/Users/u", map[string]string{"LOCALAPPDATA": "/Users/u/AppData/Local"}, "/Users/u/AppData/Local/Fairlead"},
		{"windows", "/Users/u", nil, "/Users/u/AppData/Local/Fairlead"},
		{"windows", "", nil, ""},
	}
	for _, tt := range tests {
		if runtime.GOOS == "windows" && tt.env["XDG_DATA_HOME"] == "/data" && tt.goos != "darwin" {
			continue // no absolute path there
		}
		got, err := dataDir(tt.goos, func(name string) string { return tt.env[name] }, tt.home)
		if filepath.ToSlash(got) != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s, home %q, %v: %q, %v; want %q", tt.goos, tt.home, tt.env, got, err, tt.want)
		}
	}
	if path, err := DefaultPath(); err == nil && filepath.Base(path) != "connectors.db" {
		t.Errorf("the default is %q", path)
	}
}
