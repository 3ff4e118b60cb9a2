package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/sqlite"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// cutShort is a connection on which a PRAGMA is done, and says that it was cut short
// wherever it can be: the driver says so of a statement that ended first.
type cutShort struct{ driver.Connector }

func (c cutShort) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return cutShortConn{made.(driverConn)}, nil
}

type cutShortConn struct{ driverConn }

func (c cutShortConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.driverConn.ExecContext(ctx, query, args)
	if err == nil && strings.HasPrefix(query, "PRAGMA") && ctx.Done() != nil {
		return nil, context.Canceled
	}
	return result, err
}

// TestEveryChangeWaitsForTheDisk intends something, by connections that are whole and
// by those that are cut short, and finds that the connection waits for the disk again
// afterwards.
func TestEveryChangeWaitsForTheDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "connectors.db")
	r := openTemp(t, path).(*registry)
	t.Cleanup(func() { _ = r.Close() })
	if !r.ahead {
		t.Fatal("there is no write-ahead log, so that every change waits anyway")
	}
	writer, err := address(path, "rw", "immediate", "busy_timeout(5000)", "synchronous(FULL)", "foreign_keys(1)")
	if err != nil {
		t.Fatal(err)
	}
	connector, err := sqlite.NewConnector(writer)
	if err != nil {
		t.Fatal(err)
	}
	short := sql.OpenDB(cutShort{connector})
	t.Cleanup(func() { _ = short.Close() })
	for name, db := range map[string]*sql.DB{"whole": r.write, "cut short": short} {
		db.SetMaxOpenConns(1)
		one := registry{write: db, ahead: true}
		for id, ctx := range map[string]context.Context{"live": t.Context(), "ended": ended(t)} {
			c := registrytest.Exchange("contoso")
			err := one.Intend(ctx, connectors.Intent{ID: id, Kind: connectors.IntentRegister, Connector: c, Created: c.Created})
			if id == "live" && err != nil {
				t.Errorf("%s, %s: %v", name, id, err)
			}
			var level int
			if err := db.QueryRowContext(t.Context(), `PRAGMA synchronous`).Scan(&level); err != nil || level != 2 {
				t.Errorf("%s, %s: the level is %d afterwards, want 2 (FULL): %v", name, id, level, err)
			}
		}
	}
}

func ended(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
