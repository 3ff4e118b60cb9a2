package registrytest

import (
	"fmt"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
)

// rotation is the intent to give a connector another secret.
func rotation(c connectors.Connector, n int) connectors.Intent {
	c.Credential = connectors.Credential{
		Key: fmt.Sprint(c.Credential.Key, "/", n), Keyring: "Keychain", Holder: `OTHER\admin`, Since: at(n),
	}
	i := intent(connectors.IntentRotate, c)
	i.ID = fmt.Sprint("rotation ", n)
	return i
}

func switches(t *testing.T, r connectors.Registry) {
	old := Exchange("a")
	add(t, r, old)
	i := rotation(old, 1)
	i.Connector.LastTest = report(check.Fail)
	is(t, "switch without an intent", r.Switch(t.Context(), i, event(connectors.EventRotated, 1)), connectors.ErrNotFound)
	if err := r.Intend(t.Context(), i); err != nil {
		t.Fatalf("intend: %v", err)
	}
	same(t, "intended", intents(t, r), []connectors.Intent{i})
	same(t, "before", get(t, r, "a").Credential, old.Credential)
	e := event(connectors.EventRotated, 2)
	if err := r.Switch(t.Context(), i, e); err != nil {
		t.Fatalf("switch: %v", err)
	}
	got := get(t, r, "a")
	same(t, "credential", got.Credential, i.Connector.Credential)
	same(t, "report", got.LastTest, i.Connector.LastTest)
	same(t, "version", got.Version, 2)
	same(t, "updated", got.Updated, at(2))
	same(t, "kinds", kinds(t, r, "a"), []connectors.EventKind{connectors.EventRotated, connectors.EventCreated})
	left := intents(t, r)
	if len(left) != 1 || left[0].Kind != connectors.IntentDelete || left[0].ID != i.ID || left[0].Connector.Credential != old.Credential {
		t.Errorf("left to do: %+v; want the old secret to be deleted", left)
	}
	turned := i
	turned.Kind = connectors.IntentDelete
	is(t, "turning round what is in use", r.Intend(t.Context(), turned), connectors.ErrRegistered)
	is(t, "switch again", r.Switch(t.Context(), i, event(connectors.EventRotated, 3)), connectors.ErrNotFound)
	same(t, "still left to do", intents(t, r), left)
}

func refusedSwitch(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	late, turned, gone := rotation(c, 1), rotation(c, 2), rotation(Exchange("gone"), 3)
	for _, i := range []connectors.Intent{late, turned, gone} {
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatalf("intend: %v", err)
		}
	}
	turned.Kind = connectors.IntentDelete
	if err := r.Intend(t.Context(), turned); err != nil {
		t.Fatalf("turn: %v", err)
	}
	if err := r.Edit(t.Context(), c, event(connectors.EventEdited, 1)); err != nil {
		t.Fatal(err)
	}
	before := get(t, r, "a")
	changed(t, r.Switch(t.Context(), late, event(connectors.EventRotated, 2)))
	is(t, "turned round", r.Switch(t.Context(), turned, event(connectors.EventRotated, 2)), connectors.ErrNotFound)
	is(t, "of none", r.Switch(t.Context(), gone, event(connectors.EventRotated, 2)), connectors.ErrNotFound)
	same(t, "the connector", get(t, r, "a"), before)
	same(t, "intents", intents(t, r), []connectors.Intent{late, turned, gone})
	same(t, "events", kinds(t, r, "a"), []connectors.EventKind{connectors.EventEdited, connectors.EventCreated})
	late.Connector.Version = 0 // overwrites
	if err := r.Switch(t.Context(), late, event(connectors.EventRotated, 3)); err != nil {
		t.Errorf("overwrite: %v", err)
	}
}

// firstSecret gives a connector a secret that had none.
func firstSecret(t *testing.T, r connectors.Registry) {
	c := Cloud("a", "s")
	c.Credential = connectors.Credential{}
	add(t, r, c)
	i := rotation(c, 1)
	if err := r.Intend(t.Context(), i); err != nil {
		t.Fatalf("intend: %v", err)
	}
	if err := r.Switch(t.Context(), i, event(connectors.EventTookOver, 1)); err != nil {
		t.Fatalf("switch: %v", err)
	}
	same(t, "credential", get(t, r, "a").Credential, i.Connector.Credential)
	same(t, "left to do", len(intents(t, r)), 0)
}

// sameSwitch lets several rotate the secret that all of them have seen.
func sameSwitch(t *testing.T, r connectors.Registry) {
	add(t, r, Exchange("a"))
	calls := make([]func() error, 4)
	for n := range calls {
		i := rotation(Exchange("a"), n)
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatal(err)
		}
		calls[n] = func() error { return r.Switch(t.Context(), i, event(connectors.EventRotated, n)) }
	}
	oneWins(t, together(calls...))
	inUse := get(t, r, "a").Credential.Key
	for _, i := range intents(t, r) {
		if i.Kind == connectors.IntentDelete && i.Connector.Credential.Key == inUse {
			t.Errorf("the secret that is in use is to be deleted")
		}
	}
}

// switchOrTurn lets one finish a rotation that another undoes.
func switchOrTurn(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	for n := range rounds {
		i := rotation(c, n)
		i.Connector.Version = 0
		if err := r.Intend(t.Context(), i); err != nil {
			t.Fatal(err)
		}
		turned := i
		turned.Kind = connectors.IntentDelete
		errs := together(
			func() error { return r.Switch(t.Context(), i, event(connectors.EventRotated, n)) },
			func() error { return r.Intend(t.Context(), turned) },
		)
		switched := get(t, r, "a").Credential.Key == i.Connector.Credential.Key
		if switched {
			is(t, "turned round", errs[1], connectors.ErrRegistered)
		} else {
			is(t, "switched", errs[0], connectors.ErrNotFound)
		}
		if (errs[0] == nil) != switched || (errs[1] == nil) == switched {
			t.Errorf("round %d: switch %v, turn %v, switched %v", n, errs[0], errs[1], switched)
		}
		if err := r.Clear(t.Context(), i.ID); err != nil {
			t.Fatal(err)
		}
	}
}
