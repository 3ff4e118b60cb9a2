// Package registrytest is the contract that every store of connectors keeps,
// as a test suite.
package registrytest

import (
	"context"
	"testing"

	"fairlead/connectors"
)

// Run runs the suite. open returns an empty registry; the suite closes it.
func Run(t *testing.T, open func(t *testing.T) connectors.Registry) {
	tests := []struct {
		name string
		run  func(t *testing.T, r connectors.Registry)
	}{
		{"begins empty", beginsEmpty},
		{"keeps every field", keepsEveryField},
		{"lists by name", listsByName},
		{"answers queries", queries},
		{"shows rows", rows},
		{"lists follow changes", listsFollow},
		{"keeps the order of names", order},
		{"knows who holds a place", holders},
		{"edits name and description only", edits},
		{"counts versions", versions},
		{"keeps events", events},
		{"takes events of another registry", addsEvents},
		{"forgets old tests", keepsTests},
		{"keeps documents", documents},
		{"several edits, one version", sameEdit},
		{"several saves, one version", sameDocument},
		{"tells of changes", watches},
		{"keeps names unique", uniqueNames},
		{"keeps organisations unique", uniqueOrganisations},
		{"keeps cloud services unique", uniqueServices},
		{"a removed place is free", freesPlaces},
		{"takes another one's place", replaces},
		{"keeps reports", keepsReports},
		{"attaches and detaches", attaches},
		{"reads one bare", readsBare},
		{"an attachment stops removal", attachmentStopsRemoval},
		{"keeps intents in order", keepsIntents},
		{"an intent can be turned round", turnsIntents},
		{"commits once", commitsOnce},
		{"a refused commit changes nothing", refusedCommit},
		{"removes and intends in one step", removes},
		{"switches secrets in one step", switches},
		{"a refused switch changes nothing", refusedSwitch},
		{"switches to a first secret", firstSecret},
		{"several switches, one version", sameSwitch},
		{"switch or turn round", switchOrTurn},
		{"keeps drafts", keepsDrafts},
		{"refuses drafts that are not JSON", refusesBadDrafts},
		{"several writers, one place", twoWriters},
		{"several renames, one name", sameName},
		{"several commits, one intent", sameCommit},
		{"commit or turn round", commitOrTurn},
		{"attach or remove", attachOrRemove},
		{"tests at once", testsTogether},
		{"heeds a cancelled context", cancelled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel() // each has a registry of its own, and mostly waits for the disk
			r := open(t)
			t.Cleanup(func() {
				if err := r.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			tt.run(t, r)
		})
	}
}

func beginsEmpty(t *testing.T, r connectors.Registry) {
	all, err := r.List(t.Context())
	empty(t, "connectors", len(all), err)
	none, err := r.IDs(t.Context(), connectors.Query{})
	empty(t, "ids", len(none), err)
	intents, err := r.Intents(t.Context())
	empty(t, "intents", len(intents), err)
	drafts, err := r.Drafts(t.Context())
	empty(t, "drafts", len(drafts), err)
	reports, err := r.Reports(t.Context(), "none")
	empty(t, "reports", len(reports), err)
	_, err = r.Get(t.Context(), "none")
	is(t, "get", err, connectors.ErrNotFound)
	_, err = r.Bare(t.Context(), "none")
	is(t, "bare", err, connectors.ErrNotFound)
}

func cancelled(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	calls := map[string]func() error{
		"list": func() error { _, err := r.List(ctx); return err },
		"ids":  func() error { _, err := r.IDs(ctx, connectors.Query{}); return err },
		"get":  func() error { _, err := r.Get(ctx, c.ID); return err },
		"bare": func() error { _, err := r.Bare(ctx, c.ID); return err },
		"edit": func() error {
			return r.Edit(ctx, connectors.Connector{ID: c.ID, Name: "other"}, event(connectors.EventEdited, 1))
		},
		"intend": func() error { return r.Intend(ctx, intent(connectors.IntentRegister, Cloud("b", "s"))) },
		"remove": func() error {
			return r.Remove(ctx, intent(connectors.IntentDelete, c), event(connectors.EventDeleted, 0))
		},
		"draft": func() error { return r.SaveDraft(ctx, draft("d", 1)) },
	}
	for name, call := range calls {
		is(t, name, call(), context.Canceled)
	}
	if got := get(t, r, c.ID); got.Name != c.Name {
		t.Errorf("a cancelled call changed the name to %q", got.Name)
	}
	intents, err := r.Intents(t.Context())
	empty(t, "intents", len(intents), err)
}
