package sqlite

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/keyring"
	"fairlead/secret"
)

// TestTheDiskIsFull lets the file grow no more while a keeper creates, rotates
// and deletes. What was acknowledged stays; what was refused leaves nothing.
func TestTheDiskIsFull(t *testing.T) {
	r := openTemp(t, filepath.Join(t.TempDir(), "connectors.db")).(*registry)
	defer func() { _ = r.Close() }()
	ring := keyring.Memory()
	k := &connectors.Keeper{Registry: r, Keyring: ring, Session: keyring.Memory(), Holder: "me"}
	limit := func(pages string) {
		t.Helper()
		if _, err := r.write.ExecContext(t.Context(), `PRAGMA max_page_count = `+pages); err != nil {
			t.Fatal(err)
		}
	}
	limit("1") // as many as there are
	made := map[string]string{}
	var full error
	for n := 0; full == nil && n < 1000; n++ {
		in := registrytest.Exchange(fmt.Sprint("c", n))
		in.Description = strings.Repeat("x", 900)
		c, err := k.Register(t.Context(), in, secret.New(in.Name))
		if err == nil {
			made[c.ID] = c.Name
		}
		full = err
	}
	if full == nil || !strings.Contains(full.Error(), "the disk is full") {
		t.Fatalf("after %d connectors: %v", len(made), full)
	}
	report := check.Report{Checks: []check.Result{{ID: "x", Title: "X", Verdict: check.Pass, Evidence: strings.Repeat("x", 100_000)}}}
	for id := range made {
		c, err := k.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Rotate(t.Context(), c, secret.New("new"), report); err == nil {
			t.Error("a report of 100,000 signs found a place")
		}
	}
	limit("1000000")
	registrytest.RoomAgain(t, k, made)
}
