package registrytest

import (
	"encoding/json"
	"errors"
	"testing"

	"fairlead/connectors"
)

func keepsIntents(t *testing.T, r connectors.Registry) {
	later := intent(connectors.IntentDelete, Cloud("a", "s"))
	later.Created, later.PID = at(5), 12345
	earlier := intent(connectors.IntentRegister, Exchange("b"))
	for _, i := range []connectors.Intent{later, earlier} {
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatalf("intend: %v", err)
		}
	}
	same(t, "oldest first", intents(t, r), []connectors.Intent{earlier, later})
	same(t, "no connector yet", ids(t, r), []string{})
	for _, id := range []string{"a", "b", "b"} { // twice is no error
		if err := r.Clear(t.Context(), id); err != nil {
			t.Fatalf("clear: %v", err)
		}
	}
	same(t, "cleared", len(intents(t, r)), 0)
}

func intents(t *testing.T, r connectors.Registry) []connectors.Intent {
	t.Helper()
	all, err := r.Intents(t.Context())
	if err != nil {
		t.Fatalf("intents: %v", err)
	}
	return all
}

func turnsIntents(t *testing.T, r connectors.Registry) {
	i := intent(connectors.IntentRegister, Exchange("a"))
	if err := r.Intend(t.Context(), i); err != nil {
		t.Fatalf("intend: %v", err)
	}
	turned := i
	turned.Kind = connectors.IntentDelete
	if err := r.Intend(t.Context(), turned); err != nil {
		t.Fatalf("turn: %v", err)
	}
	same(t, "turned round", intents(t, r), []connectors.Intent{turned})
	is(t, "commit of what was turned round", r.Commit(t.Context(), i, event(connectors.EventCreated, 0)), connectors.ErrNotFound)
	same(t, "still there", len(intents(t, r)), 1)
	same(t, "not registered", ids(t, r), []string{})
}

func commitsOnce(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	i := intent(connectors.IntentRegister, c)
	is(t, "commit without an intent", r.Commit(t.Context(), i, event(connectors.EventCreated, 0)), connectors.ErrNotFound)
	add(t, r, c)
	same(t, "cleared by the commit", len(intents(t, r)), 0)
	if err := r.Commit(t.Context(), i, event(connectors.EventCreated, 0)); err != nil {
		t.Errorf("commit of what someone else has committed: %v", err)
	}
	same(t, "registered", ids(t, r), []string{"a"})
	i.Kind = connectors.IntentDelete
	is(t, "turning round what is registered", r.Intend(t.Context(), i), connectors.ErrRegistered)
	same(t, "intended", len(intents(t, r)), 0)
}

func refusedCommit(t *testing.T, r connectors.Registry) {
	add(t, r, Exchange("a"))
	second := Exchange("b")
	second.Tenant = "a.example"
	breaks(t, tryAdd(t, r, second), "tenant-taken")
	same(t, "registered", ids(t, r), []string{"a"})
	same(t, "still intended", intents(t, r), []connectors.Intent{intent(connectors.IntentRegister, second)})
	renamed := Exchange("a2") // nothing of the refused one holds a place
	renamed.Name = second.Name
	add(t, r, renamed)
}

func removes(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	i := intent(connectors.IntentDelete, c)
	if err := r.Remove(t.Context(), i, event(connectors.EventDeleted, 0)); err != nil {
		t.Fatalf("remove: %v", err)
	}
	same(t, "left", ids(t, r), []string{})
	same(t, "intended", intents(t, r), []connectors.Intent{i})
	reports, err := r.Reports(t.Context(), c.ID)
	empty(t, "reports of a removed connector", len(reports), err)
	is(t, "remove again", r.Remove(t.Context(), intent(connectors.IntentDelete, Exchange("none")), event(connectors.EventDeleted, 0)), connectors.ErrNotFound)
	same(t, "intended by a failed removal", len(intents(t, r)), 1)
}

func keepsDrafts(t *testing.T, r connectors.Registry) {
	older, newer := draft("older", 1), draft("newer", 2)
	for _, d := range []connectors.Draft{older, newer} {
		if err := r.SaveDraft(t.Context(), d); err != nil {
			t.Fatalf("save: %v", err)
		}
	}
	same(t, "newest first", drafts(t, r), []connectors.Draft{newer, older})
	older.Page, older.Updated = "server", at(3)
	if err := r.SaveDraft(t.Context(), older); err != nil {
		t.Fatalf("save again: %v", err)
	}
	same(t, "replaced", drafts(t, r), []connectors.Draft{older, newer})
	for range 2 {
		if err := r.DeleteDraft(t.Context(), "older"); err != nil {
			t.Fatalf("delete: %v", err)
		}
	}
	same(t, "left", drafts(t, r), []connectors.Draft{newer})
	if err := r.UpdateDraft(t.Context(), older); !errors.Is(err, connectors.ErrNotFound) {
		t.Errorf("one that is gone comes back: %v", err)
	}
	newer.Page, newer.Title = "test", "Newest"
	if err := r.UpdateDraft(t.Context(), newer); err != nil {
		t.Error(err)
	}
	same(t, "updated", drafts(t, r), []connectors.Draft{newer})
}

func drafts(t *testing.T, r connectors.Registry) []connectors.Draft {
	t.Helper()
	all, err := r.Drafts(t.Context())
	if err != nil {
		t.Fatalf("drafts: %v", err)
	}
	return all
}

func refusesBadDrafts(t *testing.T, r connectors.Registry) {
	for _, answers := range []string{"", " ", "{", "not json", "{} {}", "\x00"} {
		d := draft("d", 1)
		d.Answers = json.RawMessage(answers)
		if err := r.SaveDraft(t.Context(), d); err == nil {
			t.Errorf("answers %q were accepted", answers)
		}
	}
	same(t, "kept", len(drafts(t, r)), 0)
}
