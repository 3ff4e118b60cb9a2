package sqlite

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fairlead/connectors"
)

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
