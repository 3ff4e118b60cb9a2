// Package postgres keeps the registry of connectors in a PostgreSQL database,
// for a team: the same rules as the file, several programs and computers at
// once, TLS verified, a deadline on every call.
//
// Everything lies in a schema of its own, "fairlead", so that the database may
// serve other programs too. A schema that a newer version wrote is refused and
// left as it is.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"fairlead/connectors"
)

// registry is an open database.
type registry struct {
	pool     *pgxpool.Pool
	where    string        // the database as a person knows it, without a password
	patience time.Duration // how long a call may take
}

// Open opens the registry at an address, postgres://USER@HOST:PORT/DATABASE,
// and makes its tables where there are none.
//
// The password may stand in the address, in PGPASSWORD, or in the password file
// that libpq reads (PGPASSFILE, ~/.pgpass). It is never part of an error. Any
// host but this computer must be reached by TLS with a certificate that proves
// its name; the option sslrootcert names a file with an authority of your own.
func Open(ctx context.Context, address string) (connectors.Registry, error) {
	config, err := parse(address)
	if err != nil {
		return nil, err
	}
	return open(ctx, config)
}

func open(ctx context.Context, config *pgxpool.Config) (*registry, error) {
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	r := &registry{pool: pool, where: where(config.ConnConfig), patience: firstCall}
	if err := r.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the registry: %w", err), r.Close())
	}
	r.patience = patience
	return r, nil
}

// farewell is how long closing waits for a network that may be gone.
const farewell = 2 * time.Second

// Close gives the connections back. Every change was committed before, so that
// nothing is lost where the server cannot be told.
func (r *registry) Close() error {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		r.pool.Close()
	}()
	select {
	case <-closed:
	case <-time.After(farewell):
	}
	return nil
}
