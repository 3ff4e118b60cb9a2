package cli

import (
	"testing"

	"fairlead/keyring"
	"fairlead/workspace"
)

// TestResume: the command that goes on with a draft looks where it was kept.
func TestResume(t *testing.T) {
	dir := t.TempDir()
	w, err := workspace.Open(t.Context(), workspace.Options{Dir: dir, Keyring: keyring.Memory()})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // nothing was written
	for want, p := range map[string]*program{
		`fairleadctl new --draft ID`:                                            {},
		`fairleadctl new --draft ID --lab --data "my files"`:                    {lab: true, dir: "my files"},
		`fairleadctl new --draft ID --registry "postgres://u@db.example/f?a&b"`: {registry: "postgres://u@db.example/f?a&b"},
		`fairleadctl new --draft ID --catalogue "own"`:                          {own: "own"},
	} {
		if got := (&create{program: p}).resume(t.Context(), w, "ID"); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
