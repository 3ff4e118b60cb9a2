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
	for _, bad := range []string{filepath.Join(dir, "none", "a.txt"), filepath.Join(dir, "a.pdf"), dir, ""} {
		if Write(bad, d, true) == nil {
			t.Errorf("it was written to %q", bad)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 4 {
		t.Errorf("%d files are left, %v", len(left), err)
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
