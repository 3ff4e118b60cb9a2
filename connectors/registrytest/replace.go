package registrytest

import (
	"testing"

	"fairlead/connectors"
)

// replaces registers a connector in the place of another, and then deletes that.
func replaces(t *testing.T, r connectors.Registry) {
	for _, old := range []connectors.Connector{Exchange("a"), Cloud("c", "remediation")} {
		add(t, r, old)
		fresh := old
		fresh.ID, fresh.Name = old.ID+"2", old.Name+" (new)"
		refused := intent(connectors.IntentRegister, fresh)
		if err := r.Intend(t.Context(), refused); err != nil {
			t.Fatal(err)
		}
		breaks(t, r.Commit(t.Context(), refused, event(connectors.EventCreated, 1)), "tenant-taken")
		same(t, "before", get(t, r, old.ID).Replaced, false)

		fresh.Replaces = old.ID
		i := intent(connectors.IntentRegister, fresh)
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatal(err)
		}
		same(t, "intended", intents(t, r), []connectors.Intent{i})
		if err := r.Commit(t.Context(), i, event(connectors.EventCreated, 2)); err != nil {
			t.Fatalf("commit: %v", err)
		}
		same(t, "the old one was replaced", get(t, r, old.ID).Replaced, true)
		same(t, "the new one was not", get(t, r, fresh.ID).Replaced, false)
		same(t, "the old one's secret", get(t, r, old.ID).Credential, old.Credential)
		held, err := r.Holders(t.Context(), connectors.Connector{Provider: old.Provider, Tenant: old.Tenant, Services: old.Services})
		if err != nil || len(held) != 1 || held[0].ID != fresh.ID {
			t.Errorf("the place is held by %v, %v", held, err)
		}

		third := fresh
		third.ID, third.Name, third.Replaces = old.ID+"3", old.Name+" (third)", old.ID
		i = intent(connectors.IntentRegister, third)
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatal(err)
		}
		breaks(t, r.Commit(t.Context(), i, event(connectors.EventCreated, 3)), "tenant-taken")
		if err := r.Clear(t.Context(), third.ID); err != nil {
			t.Fatal(err)
		}
		if err := r.Remove(t.Context(), intent(connectors.IntentDelete, old), event(connectors.EventDeleted, 4)); err != nil {
			t.Errorf("the old one is not to be deleted: %v", err)
		}
		same(t, "the new one stays", get(t, r, fresh.ID).Replaced, false)
		if err := r.Clear(t.Context(), old.ID); err != nil {
			t.Fatal(err)
		}
	}
}
