//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairlead/lab"
)

// visitor is somebody at a browser who follows the lab's pages by HTTP, where a
// test visits them many times and Chromium has shown once what they look like.
type visitor struct {
	t       *testing.T
	list    string // path of the file to which xdg-open adds every address
	read    int    // how many were visited
	account string // who signs in
}

// newVisitor makes itself the browser that the program opens.
func newVisitor(d *desk) *visitor {
	d.t.Helper()
	folder := d.t.TempDir()
	v := &visitor{t: d.t, list: filepath.Join(folder, "addresses")}
	shim := "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '" + v.list + "'\n"
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(shim), 0o700); err != nil {
		d.t.Fatal(err)
	}
	d.path = folder + string(os.PathListSeparator) + d.path
	return v
}

// visit waits for the next address that is opened, signs in there, and accepts.
func (v *visitor) visit() {
	v.t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		data, _ := os.ReadFile(v.list) // not written yet
		if lines := strings.SplitAfter(string(data), "\n"); len(lines) > v.read+1 {
			address := strings.TrimSpace(lines[v.read])
			v.read++
			if err := (lab.Visitor{Account: v.account}).Open(v.t.Context(), address); err != nil {
				v.t.Fatal(err)
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	v.t.Fatal("no browser was opened")
}
