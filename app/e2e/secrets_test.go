//go:build e2e

package e2e

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// watch looks at the arguments of every process until the test ends, and
// returns a function that says whether a secret was ever among them.
func watch(t *testing.T, secret string) (seen func() bool) {
	t.Helper()
	stop, result := make(chan struct{}), make(chan bool, 1)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		found := false
		for {
			found = found || inArguments(secret)
			select {
			case <-stop:
				result <- found
				return
			case <-tick.C:
			}
		}
	}()
	return func() bool {
		close(stop)
		return <-result
	}
}

func inArguments(secret string) bool {
	paths, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err == nil && bytes.Contains(data, []byte(secret)) {
			return true
		}
	}
	return false
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
