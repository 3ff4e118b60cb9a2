package certificate

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"
)

// ErrTooMuch ends a connection that brings more than anybody asked for.
var ErrTooMuch = errors.New("the server sends more than was asked for")

// Limit is a connection on which no more than so many bytes are read.
func Limit(conn net.Conn, most int) net.Conn { return &limited{conn, most} }

type limited struct {
	net.Conn
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, ErrTooMuch
	}
	n, err := l.Conn.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// Within bounds one step on a connection: when the time is over or ctx ends, the
// connection is closed, and whoever waits on it gets an error. That is then an
// [ErrNoAnswer].
func Within(ctx context.Context, conn net.Conn, wait time.Duration, step func() error) error {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	err := step()
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrNoAnswer) {
		return fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return err
}
