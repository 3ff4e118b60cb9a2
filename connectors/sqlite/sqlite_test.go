package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

func openTemp(t testing.TB, path string) connectors.Registry {
	t.Helper()
	r, err := Open(t.Context(), path)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return r
}

func TestKeepsTheContract(t *testing.T) {
	registrytest.Run(t, func(t *testing.T) connectors.Registry {
		return openTemp(t, filepath.Join(t.TempDir(), "data", "connectors.db"))
	})
}

// TestKeepsTheContractOnAnotherComputer uses the journal of network drives.
func TestKeepsTheContractOnAnotherComputer(t *testing.T) {
	registrytest.Run(t, func(t *testing.T) connectors.Registry {
		r, err := openChecked(t.Context(), filepath.Join(t.TempDir(), "connectors.db"), func(string) bool { return true })
		if err != nil {
			t.Fatalf("open: %v", err)
		}
		return r
	})
}

// happens is an event of its own.
func happens(kind connectors.EventKind) connectors.Event {
	return connectors.NewEvent(kind, `HOST\user`, time.Now(), "")
}
