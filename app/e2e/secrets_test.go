//go:build e2e

package e2e

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// watch keeps the arguments of every process of a desk, which is known by its HOME,
// until the test ends, and returns a function that says whether a secret was ever
// among them.
func watch(t *testing.T, home string) (seen func(secret string) bool) {
	t.Helper()
	stop, result := make(chan struct{}), make(chan map[string]bool, 1)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		all := map[string]bool{}
		for {
			addArguments(all, home)
			select {
			case <-stop:
				result <- all
				return
			case <-tick.C:
			}
		}
	}()
	all := sync.OnceValue(func() map[string]bool {
		close(stop)
		return <-result
	})
	return func(secret string) bool {
		if len(all()) == 0 {
			t.Error("no process was seen, so that nothing was proven")
		}
		for arguments := range all() {
			if strings.Contains(arguments, secret) {
				return true
			}
		}
		return false
	}
}

func addArguments(all map[string]bool, home string) {
	paths, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range paths {
		environment, err := os.ReadFile(filepath.Join(filepath.Dir(path), "environ"))
		if err != nil || !bytes.Contains(environment, []byte("HOME="+home+"\x00")) {
			continue // it has ended meanwhile, or is somebody else's
		}
		if data, err := os.ReadFile(path); err == nil {
			all[string(data)] = true
		}
	}
}

// leaks lists the files below a folder that hold a secret.
func leaks(t *testing.T, folder, secret string) (files []string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		seen++
		if holds(data, secret) {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatalf("nothing was written below %s, so that nothing was proven", folder)
	}
	return files
}
