package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// kept is how many statements a connection keeps. Searches of many shapes come
// and go; what is kept is forgotten as a whole when there are more.
const kept = 64

// openDB opens a file whose connections keep the statements that they have
// prepared: SQLite takes longer to read most of ours than to run them.
func openDB(dsn string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(keeping{c}), nil
}

type keeping struct{ driver.Connector }

func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	full, ok := c.(driverConn)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver has lost a part"), c.Close())
	}
	return &conn{driverConn: full, idle: map[string]driverStmt{}}, nil
}

// driverConn and driverStmt are what SQLite's driver has of what database/sql
// can use.
type (
	driverConn interface {
		driver.Conn
		driver.ConnBeginTx
		driver.ConnPrepareContext
		driver.ExecerContext
		driver.QueryerContext
		driver.Pinger
		driver.SessionResetter
		driver.Validator
	}
	driverStmt interface {
		driver.Stmt
		driver.StmtExecContext
		driver.StmtQueryContext
	}
)

// conn is one connection. database/sql lets one call at a time in.
type conn struct {
	driverConn
	idle map[string]driverStmt
}

// Unwrap is where the driver finds its own connection.
func (c *conn) Unwrap() driver.Conn { return c.driverConn }

// Close ends the statements with the connection.
func (c *conn) Close() error { return errors.Join(c.forget(), c.driverConn.Close()) }

// ExecContext runs a statement that is kept.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if back := c.giveBack(query, s, err); err == nil {
		err = back
	}
	return result, err
}

// QueryContext reads by a statement that is kept.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	read, err := s.QueryContext(ctx, args)
	if err != nil {
		_ = c.giveBack(query, s, err) // the first error is the one that says why
		return nil, err
	}
	return &rows{Rows: read, done: func(err error) error { return c.giveBack(query, s, err) }}, nil
}

// take is a statement that nobody else uses until it is given back.
func (c *conn) take(ctx context.Context, query string) (driverStmt, error) {
	if s, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.(driverStmt), nil
}

// giveBack keeps a statement that went well.
func (c *conn) giveBack(query string, s driverStmt, failed error) error {
	if _, twice := c.idle[query]; failed != nil || twice {
		return s.Close()
	}
	var err error
	if len(c.idle) >= kept {
		err = c.forget()
	}
	c.idle[query] = s
	return err
}

func (c *conn) forget() (err error) {
	for query, s := range c.idle {
		err = errors.Join(err, s.Close())
		delete(c.idle, query)
	}
	return err
}

// rows give their statement back at the end.
type rows struct {
	driver.Rows
	done func(error) error
}

// Close ends the reading.
func (r *rows) Close() error {
	err := r.Rows.Close()
	if back := r.done(err); err == nil {
		err = back
	}
	return err
}
