package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// channel is what every change is told of on, with PostgreSQL's NOTIFY.
const channel = "fairlead"

// Watch tells of every change, whoever makes it. It listens on a connection of
// its own, and makes a new one when that breaks. It tells of the break, so that
// whoever watches finds out whether the database is there, and once it listens
// again, since something may have changed in between; not while there is none.
func (r *registry) Watch(ctx context.Context) <-chan struct{} {
	told := make(chan struct{}, 1)
	go func() {
		defer close(told)
		first := true
		for pause := firstPause; ctx.Err() == nil; pause = min(2*pause, lastPause) {
			if r.listen(ctx, told, first) {
				pause = firstPause
				tellWatcher(told)
			}
			first = false
			if wait(ctx, pause) != nil {
				return
			}
		}
	}()
	return told
}

// listen tells of changes until the connection breaks or ctx ends. It reports
// whether there was a connection.
func (r *registry) listen(ctx context.Context, told chan<- struct{}, first bool) bool {
	connecting, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	conn, err := pgx.ConnectConfig(connecting, r.pool.Config().ConnConfig)
	if err != nil {
		return false
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(closing)
	}()
	if _, err := conn.Exec(connecting, `LISTEN `+channel); err != nil {
		return false
	}
	if !first {
		tellWatcher(told)
	}
	for {
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return true
		}
		tellWatcher(told)
	}
}

// tellWatcher tells, unless it was told already and not yet heard.
func tellWatcher(told chan<- struct{}) {
	select {
	case told <- struct{}{}:
	default:
	}
}
