package keyring

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// TestWhatWasFinishedStands ends the context between the end of the work and
// the moment when its caller hears of it.
func TestWhatWasFinishedStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		gate, done := make(chan struct{}), make(chan error, 1)
		go func() {
			_, err := await(ctx, func(c *call) (string, error) {
				if !c.finish() {
					return "", errors.New("given up")
				}
				cancel()
				<-gate
				return "", nil
			})
			done <- err
		}()
		synctest.Wait()
		close(gate)
		if err := <-done; err != nil {
			t.Errorf("what was finished is reported as %v", err)
		}
	})
}
