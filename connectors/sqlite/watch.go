package sqlite

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// glance is how often it is looked whether another program has written: at a
// number in memory that programs share.
const glance = time.Second

// Watch tells of every change, whoever makes it. A change of this program's is
// told of as soon as it is made.
func (r *registry) Watch(ctx context.Context) <-chan struct{} {
	told := make(chan struct{}, 1)
	conn, err := r.read.Conn(ctx) // the number is the connection's own
	if err != nil {
		close(told) // the registry is closed, or ctx has ended
		return told
	}
	last := dataVersion(ctx, conn)
	go func() {
		defer close(told)
		defer func() { _ = conn.Close() }()
		tick := time.NewTicker(glance)
		defer tick.Stop()
		for {
			own := r.own.next()
			if now := dataVersion(ctx, conn); now != last {
				last = now
				select {
				case told <- struct{}{}:
				default: // told already, and not yet heard
				}
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			case <-own:
			}
		}
	}()
	return told
}

// dataVersion changes whenever another connection has written. It is 0 while
// it cannot be read.
func dataVersion(ctx context.Context, conn *sql.Conn) (version int64) {
	_ = conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&version)
	return version
}

// bell wakes all who wait for it.
type bell struct {
	mu   sync.Mutex
	rung chan struct{}
}

// next is closed when the bell is rung the next time.
func (b *bell) next() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}
