package connectors_test

import (
	"errors"
	"slices"
	"testing"

	"fairlead/connectors"
)

// replacement is a connector that takes another one's place.
func replacement(old connectors.Connector) connectors.Connector {
	c := exchange(old.Name)
	c.Name, c.Replaces = old.Name+" (new)", old.ID
	return c
}

// TestReplace makes a connector in the place of another one, moves its tasks and
// deletes it: at each step one of the two works and has the place.
func TestReplace(t *testing.T) {
	w := newWorld(t)
	old := register(t, w, "a")
	for _, task := range []string{"Nightly", "Weekly"} {
		if err := w.Attach(t.Context(), old.ID, connectors.Attachment{Service: "continuity", Task: task}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.CheckPlace(t.Context(), replacement(old)); err != nil {
		t.Errorf("the place of the one that is replaced is refused: %v", err)
	}
	fresh, err := w.Register(t.Context(), replacement(old), password("a (new)"))
	if err != nil {
		t.Fatal(err)
	}
	agrees(t, w)
	if old, err = w.Get(t.Context(), old.ID); err != nil || !old.Replaced {
		t.Fatalf("the old one: replaced %v, %v", old.Replaced, err)
	}
	if by, err := w.Successor(t.Context(), old); err != nil || by.ID != fresh.ID {
		t.Errorf("replaced by %q, %v", by.Name, err)
	}
	breaks(t, w.Delete(t.Context(), old.ID), "attached")
	if n, err := w.MoveAttachments(t.Context(), old.ID, fresh.ID); n != 2 || err != nil {
		t.Fatalf("%d tasks moved, %v", n, err)
	}
	if moved, _ := w.Get(t.Context(), fresh.ID); len(moved.Attachments) != 2 {
		t.Errorf("the new one is used by %v", moved.Attachments)
	}
	if err := w.Delete(t.Context(), old.ID); err != nil {
		t.Fatal(err)
	}
	agrees(t, w)
	_, err = w.Register(t.Context(), exchange("A"), password("A"))
	breaks(t, err, "tenant-taken")
	if _, err := w.Successor(t.Context(), fresh); !errors.Is(err, connectors.ErrNotFound) {
		t.Errorf("who was not replaced has a successor: %v", err)
	}
}

// TestMoveAttachmentsMovesAllOrNone: where the other connector does not serve one
// of the tasks, all stay.
func TestMoveAttachmentsMovesAllOrNone(t *testing.T) {
	w := newWorld(t)
	wide := exchange("wide")
	wide.Services = []string{"continuity", "remediation"}
	from, err := w.Register(t.Context(), wide, password("wide"))
	if err != nil {
		t.Fatal(err)
	}
	to := register(t, w, "narrow")
	for _, service := range wide.Services {
		if err := w.Attach(t.Context(), from.ID, connectors.Attachment{Service: service, Task: "Task of " + service}); err != nil {
			t.Fatal(err)
		}
	}
	n, err := w.MoveAttachments(t.Context(), from.ID, to.ID)
	breaks(t, err, "service-foreign")
	if kept, _ := w.Get(t.Context(), from.ID); n != 0 || len(kept.Attachments) != 2 {
		t.Errorf("%d moved, %d stay", n, len(kept.Attachments))
	}
}

func TestAttachAll(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	use := func(connector, service, task string) connectors.Use {
		return connectors.Use{Connector: connector, Attachment: connectors.Attachment{Service: service, Task: task}}
	}
	good := []connectors.Use{use("A", "continuity", "One"), use(c.ID, "continuity", "Two"), use("a", "continuity", "One")}
	bad := slices.Concat(good, []connectors.Use{use("nobody", "continuity", "Three"), use("a", "archive", "Four")})
	n, err := w.AttachAll(t.Context(), bad)
	if kept, _ := w.Get(t.Context(), c.ID); n != 0 || !errors.Is(err, connectors.ErrNotFound) || len(kept.Attachments) != 0 {
		t.Errorf("a list with mistakes attaches %d: %v, %v", n, kept.Attachments, err)
	}
	for _, want := range []int{2, 0} { // again, there is nothing new
		if n, err := w.AttachAll(t.Context(), good); n != want || err != nil {
			t.Errorf("%d are new, want %d: %v", n, want, err)
		}
	}
}
