package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/keyring"
)

const ownService = "id: own\nname: Our own\nsummary: s\nproviders: [{id: exchange, ews: unknown, known: nothing}]\nsources: [us]\n"

// TestOwnServices looks at the two places for an administrator's own services.
func TestOwnServices(t *testing.T) {
	dir, other := filepath.Join(t.TempDir(), "data"), t.TempDir()
	beside := filepath.Join(dir, "catalogue")
	if err := os.MkdirAll(beside, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(folder, text string) {
		if err := os.WriteFile(filepath.Join(folder, "own.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	name := func(o Options) string {
		o.Lab, o.Dir, o.Keyring = true, dir, keyring.Memory()
		w, err := Open(t.Context(), o)
		if err != nil {
			return err.Error()
		}
		defer w.Close() //nolint:errcheck // the test looks at nothing else
		s, _ := w.Catalogue.Service("own")
		return s.Name
	}
	write(beside, ownService)
	write(other, strings.Replace(ownService, "Our own", "Another", 1))
	if got := name(Options{}); got != "Our own" {
		t.Errorf("the service beside the registry is %q", got)
	}
	if got := name(Options{Catalogue: other}); got != "Another" {
		t.Errorf("the service in the folder that was named is %q", got)
	}
	write(beside, "id: own\ncolour: red\n")
	if got := name(Options{}); !strings.Contains(got, beside) || !strings.Contains(got, "own.yaml:2: ") {
		t.Errorf("a bad file gives %q, it should name folder, file and line", got)
	}
	if got := name(Options{Catalogue: filepath.Join(other, "missing")}); !strings.Contains(got, "missing") {
		t.Errorf("a folder that is not there gives %q", got)
	}
}
