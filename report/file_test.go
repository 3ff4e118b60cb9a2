package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestWrite(t *testing.T) {
	d, dir := sample(t), t.TempDir()
	for name, begins := range map[string]string{"a.html": "<!DOCTYPE html>", "b.HTM": "<!DOCTYPE html>", "c.txt": "Connection test: ", "d.json": "{"} {
		path := filepath.Join(dir, name)
		if err := Write(path, d, false); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(data), begins) {
			t.Errorf("%s holds %.40q, %v", name, data, err)
		}
		if info, err := os.Stat(path); err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o600) {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
		if err := Write(path, d.Mask(), false); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s was overwritten: %v", name, err)
		}
		if again, _ := os.ReadFile(path); string(again) != string(data) {
			t.Errorf("%s was changed", name)
		}
		if err := Write(path, d.Mask(), true); err != nil {
			t.Error(err)
		}
		if again, _ := os.ReadFile(path); string(again) == string(data) {
			t.Errorf("%s was not replaced", name)
		}
	}
	for _, bad := range []string{filepath.Join(dir, "none", "a.txt"), filepath.Join(dir, "a.html", "a.txt"), filepath.Join(dir, "a.pdf"), dir, ""} {
		if Write(bad, d, true) == nil || CanWrite(bad, true) == nil {
			t.Errorf("it was written to %q", bad)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 4 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

// TestCanWrite: what is refused before is what would fail, and a try leaves
// nothing.
func TestCanWrite(t *testing.T) {
	dir := t.TempDir()
	there, folder := filepath.Join(dir, "there.txt"), filepath.Join(dir, "x.html")
	if err := errors.Join(os.WriteFile(there, nil, 0o600), os.Mkdir(folder, 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path    string
		replace bool
		want    error
	}{
		{filepath.Join(dir, "new.txt"), false, nil},
		{there, true, nil},
		{there, false, fs.ErrExist},
		{folder, false, ErrFolder},
		{folder, true, ErrFolder},
		{filepath.Join(dir, "a.pdf"), false, ErrEnding},
		{filepath.Join(dir, "none", "a.txt"), false, fs.ErrNotExist},
	} {
		if err := CanWrite(test.path, test.replace); !errors.Is(err, test.want) || (test.want == nil) != (err == nil) {
			t.Errorf("%s, replace %v: %v, want %v", test.path, test.replace, err, test.want)
		}
		if test.want == nil {
			continue
		}
		if err := Write(test.path, sample(t), test.replace); !errors.Is(err, test.want) {
			t.Errorf("writing %s, replace %v: %v, want %v", test.path, test.replace, err, test.want)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

// TestWithoutHardLinks: the way around them replaces nothing either, and leaves
// no empty file.
func TestWithoutHardLinks(t *testing.T) {
	dir := t.TempDir()
	file, path := filepath.Join(dir, "file"), filepath.Join(dir, "a.txt")
	if err := renameTo(file, path); err == nil {
		t.Error("a file that is not there was renamed")
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty file is left: %v", err)
	}
	if err := os.WriteFile(file, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := renameTo(file, path); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(file, []byte("newer"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := renameTo(file, path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("it was replaced: %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "new" {
		t.Errorf("there is %q, %v", data, err)
	}
}

func TestFileName(t *testing.T) {
	at := time.Date(2026, 11, 24, 12, 0, 3, 0, time.Local)
	for name, want := range map[string]string{
		"Exchange, contoso.com":     "fairlead-exchange-contoso.com-2026-11-24-120003.txt",
		"../../etc/passwd\x00 <x>:": "fairlead-etc-passwd-x-2026-11-24-120003.txt",
		"Zürich":                    "fairlead-zürich-2026-11-24-120003.txt",
		"":                          "fairlead-report-2026-11-24-120003.txt",
	} {
		if got := FileName(name, at, ".txt"); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}
