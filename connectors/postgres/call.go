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

// kind says how a transaction begins and ends. The server ends what takes too
// long, and what a program has left in the middle, since others may wait for its
// locks. That is set for each transaction, so that a pooler may stand in between.
type kind struct {
	options         pgx.TxOptions
	statement, idle string // how long one may take, and do nothing
	reads           bool   // only, so that nobody waits for its end
}

var (
	// changing ends so that those who watch hear of it.
	changing = kind{pgx.TxOptions{
		BeginQuery: `BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE`, CommitQuery: `NOTIFY ` + channel + `; commit`,
	}, "10s", "5s", false}
	looking = kind{pgx.TxOptions{BeginQuery: `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`}, "60s", "60s", true}
)

const limit = `SELECT set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`

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
	ctx context.Context, patience time.Duration, k kind, work func(ctx context.Context, tx pgx.Tx) error,
) error {
	limited, cancel := context.WithTimeoutCause(ctx, patience, errSilent)
	defer cancel()
	begun := time.Now()
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := once(limited, r.pool, k, work)
		// What reads much may take long, but not to find out that nobody is there.
		if !again(err) || gone(err) && time.Since(begun) >= r.patience || wait(limited, pause) != nil {
			return r.explain(ctx, err)
		}
	}
}

// gone reports whether an error is about the way to the database.
func gone(err error) bool {
	_, broken := errors.AsType[lost](err)
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	return broken || connecting || code(err) == startingUp
}

// lost says that a connection broke, or could not be made.
type lost struct{ error }

func (l lost) Unwrap() error { return l.error }

func once(
	ctx context.Context, pool *pgxpool.Pool, k kind, work func(ctx context.Context, tx pgx.Tx) error,
) (err error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	release := conn.Release
	defer func() {
		if err != nil && conn.Conn().IsClosed() && ctx.Err() == nil {
			err = lost{err}
		}
		release()
	}()
	tx := &transaction{conn: conn.Conn(), kind: k}
	if err := work(ctx, tx); err != nil {
		_ = tx.Rollback(ctx) // the first error is the one that says why
		return err
	}
	if k.reads {
		release = func() { go end(context.WithoutCancel(ctx), conn, tx) }
		return nil
	}
	return tx.Commit(ctx)
}

// end ends a transaction that read what it was to read.
func end(ctx context.Context, conn *pgxpool.Conn, tx pgx.Tx) {
	defer conn.Release()
	ctx, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	_ = tx.Commit(ctx) // there is nothing to lose
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
