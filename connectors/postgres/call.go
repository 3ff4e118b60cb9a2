package postgres

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// How long things may take. A call tries again for as long, so that a database
// that starts anew goes unnoticed.
const (
	patience   = 15 * time.Second
	firstCall  = 5 * time.Second // when opening, where a mistake is more likely than a fault
	longer     = 4               // times as long for what reads everything
	migration  = 5 * time.Minute // 100,000 connectors took 45 s on a busy computer
	firstPause = 10 * time.Millisecond
	lastPause  = time.Second
)

// The beginnings of transactions. The server ends what takes too long, and what
// a program has left in the middle, since others may wait for its locks. They
// are set for each transaction, so that a pooler may stand in between.
const (
	changing = `BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE;
		SET LOCAL statement_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '5s'`
	looking = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
		SET LOCAL statement_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = '60s'`
)

// telling is the end of a transaction that writes: those who watch hear of it.
const telling = `NOTIFY ` + channel + `; commit`

// errSilent is the cause of a deadline of our own.
var errSilent = errors.New("no answer in time")

// change runs work in one transaction that writes: all of it is durable when
// change returns nil. It runs it again where another program was in the way, or
// the connection was lost, so that work must come to the same when what it did
// is done already: the answer to a commit may be lost. What may still be under
// way holds locks on the rows that work touches, so that work waits for it.
func (r *registry) change(ctx context.Context, work func(ctx context.Context, tx pgx.Tx) error) error {
	return r.run(ctx, r.patience, changing, work)
}

// look runs work in one transaction that reads, so that all that it reads is of
// one moment.
func (r *registry) look(ctx context.Context, work func(ctx context.Context, tx pgx.Tx) error) error {
	return r.run(ctx, r.patience, looking, work)
}

// lookAtAll is look for what grows with the number of connectors.
func (r *registry) lookAtAll(ctx context.Context, work func(ctx context.Context, tx pgx.Tx) error) error {
	return r.run(ctx, longer*r.patience, looking, work)
}

func (r *registry) run(
	ctx context.Context, patience time.Duration, begin string, work func(ctx context.Context, tx pgx.Tx) error,
) error {
	limited, cancel := context.WithTimeoutCause(ctx, patience, errSilent)
	defer cancel()
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := once(limited, r.pool, begin, work)
		if !again(err) || wait(limited, pause) != nil {
			return r.explain(ctx, err)
		}
	}
}

// lost says that a connection broke, or could not be made.
type lost struct{ error }

func (l lost) Unwrap() error { return l.error }

func once(
	ctx context.Context, pool *pgxpool.Pool, begin string, work func(ctx context.Context, tx pgx.Tx) error,
) (err error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	defer func() {
		if err != nil && conn.Conn().IsClosed() && ctx.Err() == nil {
			err = lost{err}
		}
	}()
	options := pgx.TxOptions{BeginQuery: begin}
	if begin == changing {
		options.CommitQuery = telling
	}
	tx, err := conn.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	if err := work(ctx, tx); err != nil {
		_ = tx.Rollback(ctx) // the first error is the one that says why
		return err
	}
	return tx.Commit(ctx)
}

// again reports whether the same may work a moment later.
func again(err error) bool {
	if _, broken := errors.AsType[lost](err); broken {
		return true
	}
	switch code(err) {
	case serializationFailure, deadlock, startingUp:
		return true
	case foreignKeyViolation, restrictViolation: // a connector was attached between the look and the removal
		return true
	}
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	return connecting && meaning(err) == ""
}

// wait waits about as long as it is told to; programs that got in each other's
// way wait for different times.
func wait(ctx context.Context, about time.Duration) error {
	timer := time.NewTimer(about/2 + rand.N(about))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
