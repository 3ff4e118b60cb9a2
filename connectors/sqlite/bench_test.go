package sqlite

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// many is a registry of n connectors, each tested once, in random order.
func many(b *testing.B, n int) connectors.Registry {
	b.Helper()
	r := openTemp(b, filepath.Join(b.TempDir(), "connectors.db"))
	b.Cleanup(func() { _ = r.Close() })
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	err := r.(*registry).change(b.Context(), func(tx *sql.Tx) error {
		for _, i := range order {
			if err := insert(b.Context(), tx, registrytest.Exchange(fmt.Sprintf("tenant%06d", i))); err != nil {
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

func BenchmarkList100k(b *testing.B) {
	const n = 100_000
	r := many(b, n)
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if all, err := r.List(b.Context()); err != nil || len(all) != n {
				b.Fatal(len(all), err)
			}
		}
	})
	b.Run("get", func(b *testing.B) {
		random := rand.New(rand.NewPCG(3, 4))
		for b.Loop() {
			if _, err := r.Get(b.Context(), fmt.Sprintf("tenant%06d", random.IntN(n))); err != nil {
				b.Fatal(err)
			}
		}
	})
}
