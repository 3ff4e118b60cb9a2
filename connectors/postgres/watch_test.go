//go:build postgres && unix

package postgres

import (
	"syscall"
	"testing"

	"fairlead/connectors"
)

// TestWatchOutlivesARestart ends the database under one who watches, who is told
// that something may have changed, listens anew and hears of the next change.
func TestWatchOutlivesARestart(t *testing.T) {
	r := opened(t, server.Socket(newDatabase(t))).(*registry)
	told := r.Watch(t.Context())
	listening(t, r)
	restart(t, syscall.SIGQUIT)
	if _, open := <-told; !open {
		t.Fatal("it ended with the database")
	}
	listening(t, r)
	select { // what was told before it listened
	case <-told:
	default:
	}
	if err := r.SaveDraft(t.Context(), connectors.Draft{ID: "d", Answers: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	if _, open := <-told; !open {
		t.Fatal("it ended")
	}
}

// listening waits until somebody listens in the database.
func listening(t *testing.T, r *registry) {
	t.Helper()
	for n := 0; n == 0 && t.Context().Err() == nil; {
		// A restart may break the connection that asks: then it asks again.
		_ = r.pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND query = 'LISTEN fairlead' AND state = 'idle'`).Scan(&n)
	}
}
