// Package sqlite keeps the registry of connectors in one SQLite file: pure Go,
// durable at every write (an intent with the change that follows it), and safe to
// use from several programs at once.
//
// A file that is damaged, is no registry, or was written by a newer version is
// refused and left as it is, byte for byte.
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// registry is an open file. One connection writes, a few read: SQLite allows
// no more than one writer, and database/sql queues better than its busy timer.
type registry struct {
	write *sql.DB
	read  *sql.DB
	own   bell // rung by each change of this program's
	ahead bool // changes go to a write-ahead log first
}

// Open opens the registry in a file, which is made if it is not there, in a
// folder that is made too. Both can be read by the user alone.
func Open(ctx context.Context, path string) (connectors.Registry, error) {
	return openChecked(ctx, path, remote)
}

// openChecked opens a file once it is certain that it may be written. Where it
// is on another computer, programs share no memory, which SQLite's write-ahead
// log needs: there a rollback journal takes its place.
func openChecked(ctx context.Context, path string, remote func(dir string) bool) (connectors.Registry, error) {
	if strings.TrimSpace(path) == "" {
		return nil, errors.New("the registry has no path")
	}
	if err := prepare(path); err != nil {
		return nil, err
	}
	all, err := migrations()
	if err != nil {
		return nil, err
	}
	if err := inspect(ctx, path, stored.Newest(all)); err != nil {
		return nil, fmt.Errorf("%w (file %s)", err, path)
	}
	journal := writeAhead
	if remote(filepath.Dir(path)) {
		journal = "DELETE"
	}
	r, err := open(path, journal)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, r.write, all); err != nil {
		return nil, errors.Join(fmt.Errorf("%w (file %s)", explain(err), path), r.Close())
	}
	// SQLite keeps the old journal, and says nothing, where a log cannot be had.
	var has string
	if err := r.write.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&has); err != nil {
		return nil, errors.Join(fmt.Errorf("%w (file %s)", explain(err), path), r.Close())
	}
	r.ahead = strings.EqualFold(has, writeAhead)
	return r, nil
}

// writeAhead is SQLite's name for the journal that its registries have.
const writeAhead = "WAL"

func open(path, journal string) (*registry, error) {
	writing := []string{"busy_timeout(5000)", "journal_mode(" + journal + ")", "synchronous(FULL)", "foreign_keys(1)"}
	if runtime.GOOS == "darwin" { // where fsync does not reach the disk's platters
		writing = append(writing, "fullfsync(1)", "checkpoint_fullfsync(1)")
	}
	writer, err := address(path, "rw", "immediate", writing...)
	if err != nil {
		return nil, err
	}
	reader, err := address(path, "rw", "", "busy_timeout(5000)", "query_only(1)", "cache_size(-8000)")
	if err != nil {
		return nil, err
	}
	r := &registry{}
	if r.write, err = openDB(writer); err != nil {
		return nil, err
	}
	if r.read, err = openDB(reader); err != nil {
		return nil, errors.Join(err, r.write.Close())
	}
	r.write.SetMaxOpenConns(1)
	r.read.SetMaxOpenConns(4)
	return r, nil
}

// Close releases the file. The writer goes last and folds the log into it.
func (r *registry) Close() error { return errors.Join(r.read.Close(), r.write.Close()) }

// change runs work in one transaction that writes: all of it is durable when
// change returns nil, and none of it is done when it does not.
func (r *registry) change(ctx context.Context, work func(tx *sql.Tx) error) error {
	return r.changeOn(ctx, r.write, work)
}

func (r *registry) changeOn(ctx context.Context, db interface {
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
}, work func(tx *sql.Tx) error,
) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	if err := work(tx); err != nil {
		_ = tx.Rollback() // the first error is the one that says why
		return explain(err)
	}
	err = tx.Commit()
	r.own.ring()
	return explain(err)
}

// changeSoon is change for what need not outlive a power cut by itself: it outlives
// the end of this program, however that comes, and is durable with the next change
// that writes. So a registration waits for the disk once. With a write-ahead log
// alone the file stays whole (https://www.sqlite.org/pragma.html#pragma_synchronous).
func (r *registry) changeSoon(ctx context.Context, work func(tx *sql.Tx) error) error {
	if !r.ahead {
		return r.change(ctx, work)
	}
	conn, err := r.write.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer func() { _ = conn.Close() }() // it goes back to the pool
	whole := context.WithoutCancel(ctx) // one that is cut short may be done, and say that it is not
	drop := func(any) error { return driver.ErrBadConn }
	if _, err := conn.ExecContext(whole, `PRAGMA synchronous = NORMAL`); err != nil {
		_ = conn.Raw(drop)
		return explain(err)
	}
	changed := r.changeOn(ctx, conn, work)
	if _, err := conn.ExecContext(whole, `PRAGMA synchronous = FULL`); err != nil {
		_ = conn.Raw(drop) // it is being rolled back, or broken: nothing else may be written by it
		return cmp.Or(changed, explain(err))
	}
	return changed
}

// look runs work in one transaction that reads, so that all that it reads is
// of one moment.
func (r *registry) look(ctx context.Context, work func(tx *sql.Tx) error) error {
	tx, err := r.read.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	return explain(work(tx))
}

// found is [connectors.ErrNotFound] unless a statement changed a row.
func found(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return connectors.ErrNotFound
}
