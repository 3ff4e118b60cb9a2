package connectors_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/sqlite"
)

// newPlace is an empty registry.
func newPlace(t *testing.T) connectors.Registry {
	t.Helper()
	r, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "connectors.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// inUse is a world with everything that a move has to carry.
func inUse(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	register(t, w, "never tested")
	c := register(t, w, "contoso")
	for n := range 3 {
		report := check.Report{Started: time.Date(2026, 6, n+1, 0, 0, 0, 0, time.UTC)}
		if err := w.RecordTest(t.Context(), c.ID, report); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Attach(t.Context(), c.ID, connectors.Attachment{Service: c.Services[0], Task: "Nightly"}); err != nil {
		t.Fatal(err)
	}
	draft := connectors.Draft{ID: "d", Title: "Exchange", Answers: []byte("{}"), Updated: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	if err := w.Registry.SaveDraft(t.Context(), draft); err != nil {
		t.Fatal(err)
	}
	document := connectors.Document{Kind: "plan", ID: "p", Title: "Plan", Content: []byte("[]"), Updated: draft.Updated}
	if _, err := w.Registry.SaveDocument(t.Context(), document); err != nil {
		t.Fatal(err)
	}
	if err := w.Delete(t.Context(), register(t, w, "gone").ID); err != nil { // its trail stays
		t.Fatal(err)
	}
	return w
}

// contents is all that a registry holds.
func contents(t *testing.T, r connectors.Registry) string {
	t.Helper()
	all, err := r.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := r.Drafts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	documents, err := r.Documents(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	events, err := r.Events(t.Context(), "", "", 0)
	if err != nil {
		t.Fatal(err)
	}
	text := asJSON(t, all) + asJSON(t, drafts) + asJSON(t, documents) + asJSON(t, events)
	for _, c := range all {
		reports, err := r.Reports(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		text += asJSON(t, reports)
	}
	return text
}

func plan(t *testing.T, from, to connectors.Registry) *connectors.Move {
	t.Helper()
	m, err := connectors.PlanMove(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMove(t *testing.T) {
	w, to := inUse(t), newPlace(t)
	before := contents(t, w.Registry)
	m := plan(t, w.Registry, to)
	if len(m.Connectors) != 2 || len(m.There) != 0 || len(m.Drafts) != 1 || m.Reports < 3 || m.Empty() {
		t.Errorf("the plan is %+v", m)
	}
	if left, err := to.List(t.Context()); err != nil || len(left) > 0 {
		t.Fatalf("the plan moved %d connectors, %v", len(left), err)
	}
	if err := m.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, to); got != before {
		t.Errorf("moved %s\nwant %s", got, before)
	}
	if got := contents(t, w.Registry); got != before {
		t.Errorf("the old place changed to %s", got)
	}
	again := plan(t, w.Registry, to)
	if len(again.Connectors)+len(again.Drafts)+len(again.Documents) > 0 || len(again.There) != 2 {
		t.Errorf("moved once more it would be %+v", again)
	}
	if err := again.Run(t.Context()); err != nil || contents(t, to) != before {
		t.Errorf("moved twice: %v", err)
	}
}

// failing fails all writes but the first few.
type failing struct {
	connectors.Registry
	left int
}

var errCut = errors.New("cut short")

func (f *failing) fails() error {
	if f.left--; f.left < 0 {
		return errCut
	}
	return nil
}

func (f *failing) Intend(ctx context.Context, i connectors.Intent) error {
	if err := f.fails(); err != nil {
		return err
	}
	return f.Registry.Intend(ctx, i)
}

func (f *failing) Commit(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	if err := f.fails(); err != nil {
		return err
	}
	return f.Registry.Commit(ctx, i, e)
}

func (f *failing) RecordTest(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	if err := f.fails(); err != nil {
		return err
	}
	return f.Registry.RecordTest(ctx, c, e)
}

func (f *failing) Attach(ctx context.Context, id string, a connectors.Attachment, e connectors.Event) error {
	if err := f.fails(); err != nil {
		return err
	}
	return f.Registry.Attach(ctx, id, a, e)
}

func (f *failing) SaveDraft(ctx context.Context, d connectors.Draft) error {
	if err := f.fails(); err != nil {
		return err
	}
	return f.Registry.SaveDraft(ctx, d)
}

func (f *failing) SaveDocument(ctx context.Context, d connectors.Document) (int, error) {
	if err := f.fails(); err != nil {
		return 0, err
	}
	return f.Registry.SaveDocument(ctx, d)
}

func (f *failing) AddEvents(ctx context.Context, events []connectors.Event) error {
	if err := f.fails(); err != nil {
		return err
	}
	return f.Registry.AddEvents(ctx, events)
}

// TestAMoveThatIsCutShortGoesOn fails at every write in turn.
func TestAMoveThatIsCutShortGoesOn(t *testing.T) {
	w := inUse(t)
	want := contents(t, w.Registry)
	cut := true
	for n := 0; cut; n++ {
		to := newPlace(t)
		err := plan(t, w.Registry, &failing{to, n}).Run(t.Context())
		if cut = err != nil; cut && !errors.Is(err, errCut) {
			t.Fatalf("write %d: %v", n, err)
		}
		if err := plan(t, w.Registry, to).Run(t.Context()); err != nil {
			t.Fatalf("after write %d: %v", n, err)
		}
		intents, err := to.Intents(t.Context())
		if got := contents(t, to); got != want || err != nil || len(intents) > 0 {
			t.Errorf("after write %d: %d intents, %v, moved %s\nwant %s", n, len(intents), err, got, want)
		}
		if n > 30 {
			t.Fatal("a move has no end")
		}
	}
}

func TestAMoveRefusesConflicts(t *testing.T) {
	w, other := inUse(t), newWorld(t)
	register(t, other, "contoso")
	m := plan(t, w.Registry, other.Registry)
	if len(m.Conflicts) != 1 || len(m.Connectors) != 1 {
		t.Fatalf("the plan is %+v", m)
	}
	breaks(t, m.Conflicts[0], "name-taken")
	breaks(t, m.Run(t.Context()), "name-taken")
	if got := names(t, other); len(got) != 1 {
		t.Errorf("moved to %v", got)
	}
}

func TestAMoveWaitsForWhatIsHalfDone(t *testing.T) {
	w := newWorld(t)
	i := connectors.Intent{ID: "x", Kind: connectors.IntentRegister, Connector: exchange("contoso"), Created: time.Now()}
	if err := w.Registry.Intend(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	_, err := connectors.PlanMove(t.Context(), w.Registry, newPlace(t))
	breaks(t, err, "half-done")
}

// TestAMoveCarriesWhatOthersHaveToDelete moves after a connector was taken over.
func TestAMoveCarriesWhatOthersHaveToDelete(t *testing.T) {
	w, to := newWorld(t), newPlace(t)
	c := register(t, w, "contoso")
	if _, err := colleague(t, w).TakeOver(t.Context(), c, password("contoso"), works()); err != nil {
		t.Fatal(err)
	}
	if err := plan(t, w.Registry, to).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Registry = to
	recovered(t, w, "What was left of")
	if keys := w.ring.keys(t); len(keys) > 0 {
		t.Errorf("the keyring still holds %q", keys)
	}
}
