//go:build postgres && unix

package postgres

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/keyring"
	"fairlead/secret"
)

// many is a registry of n connectors, each tested once, in random order.
func many(b *testing.B, n int) connectors.Registry {
	b.Helper()
	r := opened(b, server.Socket(newDatabase(b))).(*registry)
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	for len(order) > 0 {
		some := order[:min(1000, len(order))]
		order = order[len(some):]
		err := r.run(b.Context(), time.Minute, changing, func(ctx context.Context, tx pgx.Tx) error {
			for _, i := range some {
				if err := insert(ctx, tx, registrytest.Mixed(i, n)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := r.pool.Exec(b.Context(), `VACUUM ANALYZE fairlead.connectors`); err != nil { // as autovacuum does in a minute
		b.Fatal(err)
	}
	return r
}

// BenchmarkLists measures what the window asks for, with few connectors and
// with many.
func BenchmarkLists(b *testing.B) {
	registrytest.BenchmarkLists(b, many(b, 1_000), many(b, 100_000))
}

// BenchmarkBare measures a page and a registration among many, with the database
// on the same computer.
func BenchmarkBare(b *testing.B) { besideBare(b, many(b, 100_000).(*registry)) }

// BenchmarkFar measures them in round trips, at 20 ms each.
func BenchmarkFar(b *testing.B) {
	network := newRelay(b)
	network.far = 20 * time.Millisecond
	besideBare(b, network.registry(newDatabase(b)).(*registry))
}

// besideBare measures the first page of a list beside a query that does nothing,
// and a registration beside a commit of one row.
func besideBare(b *testing.B, r *registry) {
	b.Run("query", func(b *testing.B) {
		registrytest.BenchmarkBeside(b, "bare", func() error {
			var one int
			return r.pool.QueryRow(b.Context(), `SELECT 1`).Scan(&one)
		}, "page", func() error {
			ids, err := r.IDs(b.Context(), connectors.Query{Limit: 50})
			if err == nil {
				_, err = r.Rows(b.Context(), ids)
			}
			return err
		})
	})
	if _, err := r.pool.Exec(b.Context(), `CREATE TABLE notes (note text)`); err != nil {
		b.Fatal(err)
	}
	keeper := &connectors.Keeper{Registry: r, Keyring: keyring.Memory(), Session: keyring.Memory(), Now: time.Now, Holder: "bench"}
	b.Run("create", func(b *testing.B) {
		registrytest.BenchmarkCreate(b, keeper, secret.New("bench"), func() error {
			_, err := r.pool.Exec(b.Context(), `INSERT INTO notes VALUES ('one row')`)
			return err
		})
	})
}
