package sqlite

import (
	"database/sql"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/keyring"
	"fairlead/secret"
)

// many is a registry of n connectors, each tested once, in random order.
func many(b *testing.B, n int) connectors.Registry {
	b.Helper()
	r := openTemp(b, filepath.Join(b.TempDir(), "connectors.db"))
	b.Cleanup(func() { _ = r.Close() })
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	err := r.(*registry).change(b.Context(), func(tx *sql.Tx) error {
		for _, i := range order {
			if err := insert(b.Context(), tx, registrytest.Mixed(i, n)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// BenchmarkLists measures what the window asks for, with few connectors and
// with many.
func BenchmarkLists(b *testing.B) {
	registrytest.BenchmarkLists(b, many(b, 1_000), many(b, 100_000))
}

// BenchmarkCreate measures a registration beside one synchronous commit in a
// file of the same kind, turn by turn.
func BenchmarkCreate(b *testing.B) {
	r := many(b, 100_000)
	bare := openTemp(b, filepath.Join(b.TempDir(), "bare.db")).(*registry)
	defer func() { _ = bare.Close() }()
	if _, err := bare.write.ExecContext(b.Context(), `CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT)`); err != nil {
		b.Fatal(err)
	}
	commit := func() error {
		_, err := bare.write.ExecContext(b.Context(), `INSERT INTO notes (note) VALUES ('one row')`)
		return err
	}
	keeper := &connectors.Keeper{Registry: r, Keyring: keyring.Memory(), Session: keyring.Memory(), Now: time.Now, Holder: "bench"}
	registrytest.BenchmarkCreate(b, keeper, secret.New("bench"), commit)
}
