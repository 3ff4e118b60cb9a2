package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// transaction begins along with its first statement, in the same round trip: a
// database may be far away.
type transaction struct {
	pgx.Tx // nil until it has begun
	conn   *pgx.Conn
	kind   kind
}

// SendBatch sends several statements at once, after the beginning where there was
// none yet.
func (t *transaction) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	if t.Tx != nil {
		return t.Tx.SendBatch(ctx, b)
	}
	all := &pgx.Batch{}
	all.BeginTx(t.kind.options)
	all.Queue(limit, t.kind.statement, t.kind.idle)
	before := all.Len()
	all.QueuedQueries = append(all.QueuedQueries, b.QueuedQueries...)
	results := t.conn.SendBatch(ctx, all)
	t.Tx = results.Tx()
	for range before {
		_, _ = results.Exec() // what fails here fails whatever comes next
	}
	return results
}

// Commit ends what has begun.
func (t *transaction) Commit(ctx context.Context) error {
	if t.Tx == nil {
		return nil
	}
	return t.Tx.Commit(ctx)
}

// Rollback undoes what has begun.
func (t *transaction) Rollback(ctx context.Context) error {
	if t.Tx == nil {
		return nil
	}
	return t.Tx.Rollback(ctx)
}

func queued(query string, args []any) *pgx.Batch {
	b := &pgx.Batch{}
	b.Queue(query, args...)
	return b
}

// Exec runs a statement.
func (t *transaction) Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error) {
	if t.Tx != nil {
		return t.Tx.Exec(ctx, query, args...)
	}
	results := t.SendBatch(ctx, queued(query, args))
	done, err := results.Exec()
	if closed := results.Close(); err == nil {
		err = closed
	}
	return done, err
}

// Query reads rows. A query with options of pgx waits for the beginning first.
func (t *transaction) Query(ctx context.Context, query string, args ...any) (pgx.Rows, error) {
	if t.Tx == nil && len(args) > 0 {
		if _, options := args[0].(pgx.QueryExecMode); options {
			if err := t.SendBatch(ctx, &pgx.Batch{}).Close(); err != nil {
				return nil, err
			}
		}
	}
	if t.Tx != nil {
		return t.Tx.Query(ctx, query, args...)
	}
	results := t.SendBatch(ctx, queued(query, args))
	read, err := results.Query()
	if err != nil {
		_ = results.Close()
		return nil, err
	}
	return &rows{Rows: read, results: results}, nil
}

// QueryRow reads one row.
func (t *transaction) QueryRow(ctx context.Context, query string, args ...any) pgx.Row {
	if t.Tx != nil {
		return t.Tx.QueryRow(ctx, query, args...)
	}
	results := t.SendBatch(ctx, queued(query, args))
	return row{results.QueryRow(), results}
}

// rows and row end the batch that they were sent in.
type (
	rows struct {
		pgx.Rows
		results pgx.BatchResults
		failed  error
	}
	row struct {
		pgx.Row
		results pgx.BatchResults
	}
)

// Close ends the reading.
func (r *rows) Close() {
	r.Rows.Close()
	r.failed = r.results.Close()
}

// Err is what went wrong.
func (r *rows) Err() error {
	if err := r.Rows.Err(); err != nil {
		return err
	}
	return r.failed
}

// Scan reads the row.
func (r row) Scan(into ...any) error {
	err := r.Row.Scan(into...)
	if closed := r.results.Close(); err == nil {
		err = closed
	}
	return err
}
