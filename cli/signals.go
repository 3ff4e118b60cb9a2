package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// until returns a context that ends when the program is asked to end.
func until(parent context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}

// attended is for commands that somebody sits in front of: Ctrl-C comes as an
// interrupt, whose meaning the command decides, and everything else that ends
// programs ends the context.
func attended(parent context.Context) (ctx context.Context, interrupts <-chan struct{}, stop func()) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	pressed := make(chan struct{}, 1)
	go func() {
		for {
			select {
			case s := <-signals:
				if s != os.Interrupt {
					cancel()
					return
				}
				select {
				case pressed <- struct{}{}:
				default: // one that nobody looked at yet is enough
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, pressed, func() {
		signal.Stop(signals)
		cancel()
	}
}
