package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// ending is a context that has ended once it was asked often enough, as one that is
// cancelled at that moment.
type ending struct {
	context.Context
	cancel context.CancelFunc
	left   *int
}

func (e ending) Done() <-chan struct{} {
	if *e.left--; *e.left <= 0 {
		e.cancel()
	}
	return e.Context.Done()
}

// TestEveryChangeWaitsForTheDisk intends things and is cut short at every moment at
// which somebody looks whether it is, and finds that the connection waits for the
// disk again afterwards.
func TestEveryChangeWaitsForTheDisk(t *testing.T) {
	r := openTemp(t, filepath.Join(t.TempDir(), "connectors.db")).(*registry)
	t.Cleanup(func() { _ = r.Close() })
	if !r.ahead {
		t.Fatal("there is no write-ahead log, so that every change waits anyway")
	}
	c := registrytest.Exchange("contoso")
	for round := 1; ; round++ {
		moment := 1 + round/500 // it depends on the scheduler what comes first
		ctx, cancel := context.WithCancel(t.Context())
		left := moment
		intent := connectors.Intent{ID: fmt.Sprint(round), Kind: connectors.IntentRegister, Connector: c, Created: c.Created}
		err := r.Intend(ending{ctx, cancel, &left}, intent)
		cancel()
		var level int
		if err := r.write.QueryRowContext(t.Context(), `PRAGMA synchronous`).Scan(&level); err != nil || level != 2 {
			t.Errorf("cut short at moment %d the level is %d, want 2 (FULL): %v", moment, level, err)
		}
		if left > 0 {
			if err != nil || moment < 5 {
				t.Errorf("it is never cut short after %d moments: %v", moment, err)
			}
			return
		}
	}
}
