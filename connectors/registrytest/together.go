package registrytest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
)

// rounds is how often two calls meet: which one is quicker differs.
const rounds = 10

// together runs calls at once and returns their errors, in the calls' order.
func together(calls ...func() error) []error {
	errs := make([]error, len(calls))
	start := make(chan struct{})
	var group sync.WaitGroup
	for n, call := range calls {
		group.Go(func() {
			<-start
			errs[n] = call()
		})
	}
	close(start)
	group.Wait()
	return errs
}

// twoWriters lets several register for the same organisation at once.
func twoWriters(t *testing.T, r connectors.Registry) {
	calls := make([]func() error, 4)
	for n := range calls {
		c := Exchange(fmt.Sprint("w", n))
		c.Tenant = "same.example"
		calls[n] = func() error {
			i := intent(connectors.IntentRegister, c)
			return errors.Join(r.Intend(t.Context(), i), r.Commit(t.Context(), i, event(connectors.EventCreated, 0)))
		}
	}
	won(t, together(calls...), "tenant-taken")
	same(t, "connectors", len(ids(t, r)), 1)
}

// won checks that one call alone worked, and that the others broke a rule.
func won(t *testing.T, errs []error, rule string) {
	t.Helper()
	winners := 0
	for _, err := range errs {
		if err == nil {
			winners++
			continue
		}
		breaks(t, err, rule)
	}
	same(t, "calls that worked", winners, 1)
}

// sameName lets several rename to the same name at once.
func sameName(t *testing.T, r connectors.Registry) {
	calls := make([]func() error, 4)
	for n := range calls {
		c := Exchange(fmt.Sprint("c", n))
		add(t, r, c)
		calls[n] = func() error {
			return r.Edit(t.Context(), connectors.Connector{ID: c.ID, Name: "The same"}, event(connectors.EventEdited, 1))
		}
	}
	won(t, together(calls...), "name-taken")
}

// sameCommit lets several finish one registration.
func sameCommit(t *testing.T, r connectors.Registry) {
	for n := range rounds {
		i := intent(connectors.IntentRegister, Exchange(fmt.Sprint("c", n)))
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatal(err)
		}
		commit := func() error { return r.Commit(t.Context(), i, event(connectors.EventCreated, 0)) }
		if err := errors.Join(together(commit, commit, commit)...); err != nil {
			t.Errorf("round %d: %v", n, err)
		}
		same(t, "connectors", len(ids(t, r)), n+1)
	}
}

// commitOrTurn lets one finish a registration that another undoes.
func commitOrTurn(t *testing.T, r connectors.Registry) {
	for n := range rounds {
		i := intent(connectors.IntentRegister, Exchange(fmt.Sprint("c", n)))
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatal(err)
		}
		turned := i
		turned.Kind = connectors.IntentDelete
		errs := together(
			func() error { return r.Commit(t.Context(), i, event(connectors.EventCreated, 0)) },
			func() error { return r.Intend(t.Context(), turned) },
		)
		_, err := r.Get(t.Context(), i.ID)
		switch {
		case errs[0] == nil && errors.Is(errs[1], connectors.ErrRegistered) && err == nil:
		case errors.Is(errs[0], connectors.ErrNotFound) && errs[1] == nil && errors.Is(err, connectors.ErrNotFound):
		default:
			t.Errorf("round %d: commit %v, turn %v, get %v", n, errs[0], errs[1], err)
		}
	}
}

// attachOrRemove lets one delete a connector that another begins to use.
func attachOrRemove(t *testing.T, r connectors.Registry) {
	a := connectors.Attachment{Service: "continuity", Task: "Nightly"}
	for n := range rounds {
		c := Exchange(fmt.Sprint("c", n))
		add(t, r, c)
		errs := together(
			func() error { return r.Attach(t.Context(), c.ID, a, event(connectors.EventAttached, 0)) },
			func() error {
				return r.Remove(t.Context(), intent(connectors.IntentDelete, c), event(connectors.EventDeleted, 0))
			},
		)
		if errs[0] == nil {
			breaks(t, errs[1], "attached")
			same(t, "attached", get(t, r, c.ID).Attachments, []connectors.Attachment{a})
			continue
		}
		is(t, "attach to what is removed", errs[0], connectors.ErrNotFound)
		if errs[1] != nil {
			t.Errorf("round %d: remove: %v", n, errs[1])
		}
	}
}

// testsTogether lets several record a test of one connector at once.
func testsTogether(t *testing.T, r connectors.Registry) {
	c := Cloud("a", "s")
	add(t, r, c)
	calls := make([]func() error, 8)
	for n := range calls {
		tested := c
		tested.LastTest = report(check.Pass)
		tested.LastTest.Started = at(n)
		calls[n] = func() error { return r.RecordTest(t.Context(), tested, event(connectors.EventTested, 0)) }
	}
	if err := errors.Join(together(calls...)...); err != nil {
		t.Fatal(err)
	}
	reports, err := r.Reports(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, one := range reports {
		kept[one.Started.String()] = true
	}
	same(t, "reports", len(kept), len(calls))
}
