//go:build postgres && unix

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/postgres/pgserver"
	"fairlead/connectors/registrytest"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
)

// TestTeamRegistry moves a file's connectors to a real PostgreSQL, and uses them
// there.
func TestTeamRegistry(t *testing.T) {
	server, err := pgserver.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	dir, ring := t.TempDir(), keyring.Memory()
	fill(t, filepath.Join(dir, "connectors.db"))
	address := fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres", pgserver.User, server.Port)
	environment := map[string]string{}
	t.Setenv("PGPASSWORD", pgserver.Password) // the driver reads it itself
	run := func(want int, args ...string) string {
		t.Helper()
		var out, errOut bytes.Buffer
		p := &program{
			in: strings.NewReader(""), out: &out, errOut: &errOut, keyring: ring,
			getenv: func(name string) string { return environment[name] },
		}
		if got := p.run(append([]string{"--data", dir}, args...)); got != want {
			t.Fatalf("%v: exit status %d, not %d\n%s\n%s", args, got, want, &out, &errOut)
		}
		if strings.Contains(out.String()+errOut.String(), pgserver.Password) {
			t.Errorf("%v: the password is shown", args)
		}
		return out.String() + errOut.String()
	}
	says := func(text string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%q does not say %q", text, part)
			}
		}
	}

	says(run(statusBadInput, "registry", "move", "--to", address), "moves: Exchange a", "2 connectors", "Add --yes")
	says(run(statusGood, "list", "--registry", address), "There is no connector yet")

	environment["FAIRLEAD_REGISTRY"] = address // as it will be from now on; a move begins with the file all the same
	var moved moveJSON
	if err := json.Unmarshal([]byte(run(statusGood, "registry", "move", "--to", address, "--yes", "--json")), &moved); err != nil {
		t.Fatal(err)
	}
	if len(moved.Moved) != 2 || len(moved.There) != 0 || moved.Reports != 1 || moved.Drafts != 1 {
		t.Errorf("moved %+v", moved)
	}
	says(run(statusGood, "list"), "Exchange a", "Cloud b")
	says(run(statusGood, "drafts"), "Exchange, c.example")
	says(run(statusGood, "edit", "Exchange a", "--name", "Head office"), "Changed: Head office")
	says(run(statusGood, "registry", "move", "--to", address, "--yes"), "is there already: Exchange a", "0 connectors")
	says(run(statusGood, "list"), "Head office")
	says(run(statusGood, "delete", "Cloud b", "--yes"), "Deleted: Cloud b")

	delete(environment, "FAIRLEAD_REGISTRY")
	says(run(statusGood, "list"), "Exchange a", "Cloud b") // the file is as it was
}

// fill makes a file with two connectors and a draft.
func fill(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	r, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []connectors.Connector{registrytest.Exchange("a"), registrytest.Cloud("b", "s")} {
		i := connectors.Intent{ID: c.ID, Kind: connectors.IntentRegister, Connector: c, Created: c.Created}
		if err := r.Intend(ctx, i); err != nil {
			t.Fatal(err)
		}
		if err := r.Commit(ctx, i, connectors.Event{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.SaveDraft(ctx, connectors.Draft{ID: "DRAFT", Title: "Exchange, c.example", Answers: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}
