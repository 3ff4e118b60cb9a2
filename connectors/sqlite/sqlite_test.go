package sqlite

import (
	"path/filepath"
	"testing"

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
