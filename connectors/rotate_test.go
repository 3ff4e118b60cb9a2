package connectors_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

// works is the report of a test that passed with a new secret.
func works() check.Report {
	return check.Report{
		Started: time.Now().UTC(), Facts: map[string]string{"platform": "Exchange SE"},
		Checks: []check.Result{{ID: "sign-in", Title: "Sign-in accepted", Verdict: check.Pass}},
	}
}

func fails() check.Report {
	r := works()
	r.Checks[0].Verdict = check.Fail
	return r
}

// holds checks which secret a connector has, and that there is no other.
func holds(t *testing.T, w *world, id string, want secret.Secret) {
	t.Helper()
	c, err := w.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := w.Secret(t.Context(), c); err != nil || !got.Equal(want) {
		t.Errorf("the secret is not the one that is wanted: %v", err)
	}
	if keys := w.ring.keys(t); len(keys) != 1 || keys[0] != c.Credential.Key {
		t.Errorf("the keyring holds %q, the record says %q", keys, c.Credential.Key)
	}
	noIntents(t, w)
}

func TestRotate(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	got, err := w.Rotate(t.Context(), c, secret.New("new"), works())
	if err != nil {
		t.Fatal(err)
	}
	if got.Credential.Key == c.Credential.Key || got.Version != 2 || got.Credential.Since.Before(c.Credential.Since) {
		t.Errorf("rotated to %+v, version %d", got.Credential, got.Version)
	}
	if state, _ := got.State(); state != connectors.Works || got.Platform != "Exchange SE" {
		t.Errorf("the report is not the new one: %s, %s", state, got.Platform)
	}
	holds(t, w, c.ID, secret.New("new"))
	events, err := w.Registry.Events(t.Context(), c.ID, "", 0)
	if err != nil || len(events) != 2 || events[0].Kind != connectors.EventRotated || events[0].By != holder {
		t.Errorf("the trail says %+v, %v", events, err)
	}
	if _, err := w.Rotate(t.Context(), c, secret.New("late"), works()); err == nil {
		t.Error("a change since was overwritten")
	} else if _, ok := errors.AsType[*connectors.ChangedError](err); !ok {
		t.Errorf("got %v", err)
	}
	holds(t, w, c.ID, secret.New("new"))
	c.Version = 0
	if _, err := w.Rotate(t.Context(), c, secret.New("newest"), works()); err != nil {
		t.Errorf("overwrite: %v", err)
	}
	holds(t, w, c.ID, secret.New("newest"))
}

func TestRotateKeepsTheOldUntilTheNewWorks(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	_, err := w.Rotate(t.Context(), c, secret.Secret{}, works())
	breaks(t, err, "secret-missing")
	for _, report := range []check.Report{fails(), {}} {
		_, err = w.Rotate(t.Context(), c, secret.New("new"), report)
		breaks(t, err, "secret-fails")
	}
	for _, kind := range []error{keyring.ErrLocked, keyring.ErrUnavailable, keyring.ErrDenied, keyring.ErrTooBig} {
		w.ring.fault = func(op string) error {
			if op == "set" {
				return kind
			}
			return nil
		}
		if _, err := w.Rotate(t.Context(), c, secret.New("new"), works()); !errors.Is(err, kind) {
			t.Errorf("got %v, want %v", err, kind)
		}
		w.ring.fault = nil
		holds(t, w, c.ID, password("a"))
	}
}

// TestALateNewSecretIsRemovedAtTheNextStart lets the keyring write after its
// deadline.
func TestALateNewSecretIsRemovedAtTheNextStart(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	w.ring.fault = func(op string) error {
		if op == "set" {
			return keyring.ErrTimeout
		}
		return nil
	}
	if _, err := w.Rotate(t.Context(), c, secret.New("new"), works()); !errors.Is(err, keyring.ErrTimeout) {
		t.Fatal(err)
	}
	intents, err := w.Registry.Intents(t.Context())
	if err != nil || len(intents) != 1 || intents[0].Kind != connectors.IntentDelete {
		t.Fatalf("left %+v, %v; want the intent to delete", intents, err)
	}
	w.ring.fault = nil
	if err := w.ring.Set(t.Context(), intents[0].Connector.Credential.Key, secret.New("new")); err != nil {
		t.Fatal(err)
	}
	recovered(t, w, "What was left of")
	holds(t, w, c.ID, password("a"))
}

func TestAnOldSecretThatIsLeftIsRemovedAtTheNextStart(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	w.ring.fault = func(op string) error {
		if op == "delete" {
			return keyring.ErrLocked
		}
		return nil
	}
	got, err := w.Rotate(t.Context(), c, secret.New("new"), works())
	if !errors.Is(err, connectors.ErrOldSecretLeft) || !errors.Is(err, keyring.ErrLocked) || got.Version != 2 {
		t.Errorf("got version %d, %v", got.Version, err)
	}
	w.ring.fault = nil
	recovered(t, w, "What was left of")
	holds(t, w, c.ID, secret.New("new"))
}

// switching fails a switch, before or after it is done.
type switching struct {
	connectors.Registry
	first bool
}

func (s switching) Switch(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	if s.first {
		if err := s.Registry.Switch(ctx, i, e); err != nil {
			return err
		}
	}
	return connectors.ErrUnreachable
}

func TestRotateBelievesASwitchWhoseAnswerWasLost(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	inner := w.Registry
	w.Registry = switching{inner, true}
	if got, err := w.Rotate(t.Context(), c, secret.New("new"), works()); err != nil || got.Version != 2 {
		t.Errorf("version %d, %v", got.Version, err)
	}
	w.Registry = inner
	holds(t, w, c.ID, secret.New("new"))
	w.Registry = switching{inner, false}
	c.Version = 0
	if _, err := w.Rotate(t.Context(), c, secret.New("newest"), works()); !errors.Is(err, connectors.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
	w.Registry = inner
	holds(t, w, c.ID, secret.New("new"))
}

// colleague is the same registry as another admin sees it, with a keyring of
// his own.
func colleague(t *testing.T, w *world) *world {
	t.Helper()
	ring := &fileRing{dir: t.TempDir()}
	return &world{ring: ring, Keeper: &connectors.Keeper{
		Registry: w.Registry, Keyring: ring, Session: keyring.Memory(), Now: time.Now, Holder: `OTHER\admin`,
	}}
}

func TestTakeOver(t *testing.T) {
	w := newWorld(t)
	other := colleague(t, w)
	c := register(t, w, "a")
	_, err := other.Rotate(t.Context(), c, secret.New("his"), works())
	breaks(t, err, "secret-elsewhere")
	if !strings.Contains(err.Error(), holder) {
		t.Errorf("%v does not say whose keyring it is", err)
	}
	got, err := other.TakeOver(t.Context(), c, secret.New("his"), works())
	if err != nil || got.Credential.Holder != `OTHER\admin` {
		t.Fatalf("held by %q, %v", got.Credential.Holder, err)
	}
	if len(w.ring.keys(t)) != 1 || len(other.ring.keys(t)) != 1 {
		t.Errorf("the keyrings hold %q and %q", w.ring.keys(t), other.ring.keys(t))
	}
	recovered(t, other) // his next start leaves the other's secret alone
	recovered(t, w, "What was left of")
	if len(w.ring.keys(t)) != 0 {
		t.Error("the old holder's secret is still there")
	}
	holds(t, other, c.ID, secret.New("his"))
	if back, err := w.TakeOver(t.Context(), got, password("a"), works()); err != nil || back.Version != 3 {
		t.Errorf("taken back as version %d, %v", back.Version, err)
	}
	recovered(t, other, "What was left of")
	agrees(t, w)
}
