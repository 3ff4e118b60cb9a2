package connectors_test

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

func TestRegister(t *testing.T) {
	w := newWorld(t)
	moment := time.Date(2026, 5, 4, 3, 2, 1, 999999999, time.FixedZone("", 7200))
	w.Now = func() time.Time { return moment }
	in := exchange("contoso")
	in.Name, in.Description, in.Tenant = "  Contoso ", " ours\n", " contoso.example "
	in.ID, in.Attachments = "chosen by hand", []connectors.Attachment{{Service: "continuity", Task: "x"}}
	c, err := w.Register(t.Context(), in, password("Contoso"))
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(c.ID) {
		t.Errorf("the id %q is no random UUID", c.ID)
	}
	if c.Name != "Contoso" || c.Description != "ours" || c.Tenant != "contoso.example" || c.Attachments != nil {
		t.Errorf("registered as %q, %q, %q, %v", c.Name, c.Description, c.Tenant, c.Attachments)
	}
	want := connectors.Credential{
		Key: "connector/" + c.ID, Keyring: "test keyring", Holder: holder, Since: moment.UTC().Truncate(time.Microsecond),
	}
	if c.Credential != want || c.Created != want.Since || c.Updated != want.Since {
		t.Errorf("credential %+v at %v, want %+v", c.Credential, c.Created, want)
	}
	if c.Platform != "Exchange 2019" {
		t.Errorf("the platform is %q", c.Platform)
	}
	kept, err := w.Get(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := asJSON(t, kept), asJSON(t, c); got != want {
		t.Errorf("kept %s\nwant %s", got, want)
	}
	agrees(t, w)
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRegisterKeepsTheRules(t *testing.T) {
	w := newWorld(t)
	register(t, w, "contoso")
	change := func(f func(c *connectors.Connector)) connectors.Connector {
		c := exchange("other")
		f(&c)
		return c
	}
	tests := map[string]connectors.Connector{
		"name-empty":       change(func(c *connectors.Connector) { c.Name = " " }),
		"name-taken":       change(func(c *connectors.Connector) { c.Name = "CONTOSO" }),
		"tenant-taken":     change(func(c *connectors.Connector) { c.Tenant = "Contoso.Example" }),
		"services-missing": change(func(c *connectors.Connector) { c.Services = nil }),
	}
	w.ring.fault = func(op string) error {
		t.Errorf("the keyring was asked to %s for a connector that breaks a rule", op)
		return nil
	}
	for rule, c := range tests {
		_, err := w.Register(t.Context(), c, password("other"))
		breaks(t, err, rule)
	}
	_, err := w.Register(t.Context(), exchange("other"), secret.Secret{})
	breaks(t, err, "secret-missing")
	w.ring.fault = nil
	agrees(t, w)
}

func TestRegisterLeavesNothingWhenTheKeyringFails(t *testing.T) {
	for _, kind := range []error{keyring.ErrLocked, keyring.ErrUnavailable, keyring.ErrDenied, keyring.ErrTooBig} {
		w := newWorld(t)
		w.ring.fault = func(op string) error {
			if op == "set" {
				return kind
			}
			return nil
		}
		if _, err := w.Register(t.Context(), exchange("a"), password("a")); !errors.Is(err, kind) {
			t.Errorf("got %v, want %v", err, kind)
		}
		if len(names(t, w)) > 0 {
			t.Errorf("%v: a connector was registered", kind)
		}
		agrees(t, w)
		w.ring.fault = nil
		register(t, w, "a") // its name and organisation are free
	}
}

// TestALateSecretIsRemovedAtTheNextStart lets the keyring write after its
// deadline, and the program end before it can take that back.
func TestALateSecretIsRemovedAtTheNextStart(t *testing.T) {
	for _, kind := range []error{keyring.ErrTimeout, context.Canceled} {
		w := newWorld(t)
		w.ring.fault = func(op string) error {
			if op == "set" {
				return kind
			}
			return nil
		}
		if _, err := w.Register(t.Context(), exchange("a"), password("a")); !errors.Is(err, kind) {
			t.Errorf("got %v, want %v", err, kind)
		}
		intents, err := w.Registry.Intents(t.Context())
		if err != nil || len(intents) != 1 || intents[0].Kind != connectors.IntentDelete {
			t.Fatalf("left %+v, %v; want the intent to delete", intents, err)
		}
		w.ring.fault = nil
		if err := w.ring.Set(t.Context(), intents[0].Connector.Credential.Key, password("a")); err != nil {
			t.Fatal(err)
		}
		recovered(t, w, "What was left of")
		if len(names(t, w)) > 0 {
			t.Error("a registration that was given up came back")
		}
		agrees(t, w)
	}
}

// recovered runs Recover and checks what it says: a part of each line, in order.
func recovered(t *testing.T, w *world, parts ...string) {
	t.Helper()
	said, err := w.Recover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(said) != len(parts) {
		t.Fatalf("recover says %q, want %q", said, parts)
	}
	for i, part := range parts {
		if !strings.Contains(said[i], part) || !strings.HasSuffix(said[i], ".") {
			t.Errorf("recover says %q, want a sentence with %q", said[i], part)
		}
	}
}

// brokenRegistry fails one method.
type brokenRegistry struct {
	connectors.Registry
	commit func() error
	get    error
}

func (b *brokenRegistry) Commit(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	if b.commit == nil {
		return b.Registry.Commit(ctx, i, e)
	}
	return b.commit()
}

func (b *brokenRegistry) Get(ctx context.Context, id string) (connectors.Connector, error) {
	if b.get != nil {
		return connectors.Connector{}, b.get
	}
	return b.Registry.Get(ctx, id)
}

func TestRegisterUndoesWhatCannotBeCommitted(t *testing.T) {
	w := newWorld(t)
	full := errors.New("the disk is full")
	ctx, cancel := context.WithCancel(t.Context())
	w.Registry = &brokenRegistry{Registry: w.Registry, commit: func() error { cancel(); return full }}
	if _, err := w.Register(ctx, exchange("a"), password("a")); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
	if len(names(t, w)) > 0 {
		t.Error("a connector was registered")
	}
	agrees(t, w) // although the context was cancelled
}

func TestRegisterBelievesACommitWhoseAnswerWasLost(t *testing.T) {
	w := newWorld(t)
	inner := w.Registry
	w.Registry = &brokenRegistry{Registry: inner, commit: func() error {
		intents, err := inner.Intents(t.Context())
		return errors.Join(errors.New("the connection broke"), err, inner.Commit(t.Context(), intents[0], connectors.Event{}))
	}}
	c, err := w.Register(t.Context(), exchange("a"), password("a"))
	if err != nil || c.Name != "a" {
		t.Errorf("got %v, %v", c.Name, err)
	}
	agrees(t, w)
}

func TestRegisterLeavesTheRestToTheNextStartWhenNothingAnswers(t *testing.T) {
	w := newWorld(t)
	broken := errors.New("the connection broke")
	inner := w.Registry
	w.Registry = &brokenRegistry{Registry: inner, commit: func() error { return broken }, get: broken}
	if _, err := w.Register(t.Context(), exchange("a"), password("a")); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
	w.Registry = inner
	recovered(t, w, "It is registered now.")
	agrees(t, w)
}

func TestASessionsSecretNeverReachesTheKeyring(t *testing.T) {
	w := newWorld(t)
	w.ring.fault = func(op string) error {
		t.Errorf("the keyring was asked to %s", op)
		return nil
	}
	in := exchange("a")
	in.Credential.Session = true
	c, err := w.Register(t.Context(), in, password("a"))
	if err != nil {
		t.Fatal(err)
	}
	if !c.Credential.Session || c.Credential.Keyring != "this session only" {
		t.Errorf("the record says %+v", c.Credential)
	}
	if s, err := w.Secret(t.Context(), c); err != nil || !s.Equal(password("a")) {
		t.Errorf("the secret is not there: %v", err)
	}
	w.Session = keyring.Memory() // as after another start
	if _, err := w.Secret(t.Context(), c); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("after another start: %v, want %v", err, keyring.ErrNotFound)
	}
	if err := w.Delete(t.Context(), c.ID); err != nil {
		t.Errorf("delete: %v", err)
	}
	noIntents(t, w)
}

func TestAConsentNeedsNoSecret(t *testing.T) {
	w := newWorld(t)
	w.ring.fault = func(op string) error { return keyring.ErrUnavailable }
	in := connectors.Connector{Name: "Cloud", Provider: "microsoft365", Tenant: "tenant", Services: []string{"continuity"}}
	c, err := w.Register(t.Context(), in, secret.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Credential != (connectors.Credential{}) {
		t.Errorf("the record says %+v", c.Credential)
	}
	if s, err := w.Secret(t.Context(), c); err != nil || !s.IsEmpty() {
		t.Errorf("secret: %v", err)
	}
	if err := w.Delete(t.Context(), c.ID); err != nil {
		t.Errorf("delete: %v", err)
	}
	noIntents(t, w)
}

// lateRegistry loses the answer to a commit, which lands only when somebody
// wants to take it back.
type lateRegistry struct {
	connectors.Registry
	late *connectors.Intent
}

func (l *lateRegistry) Commit(_ context.Context, i connectors.Intent, _ connectors.Event) error {
	l.late = &i
	return connectors.ErrUnreachable
}

func (l *lateRegistry) Intend(ctx context.Context, i connectors.Intent) error {
	if l.late != nil {
		if err := l.Registry.Commit(ctx, *l.late, connectors.Event{}); err != nil {
			return err
		}
	}
	return l.Registry.Intend(ctx, i)
}

// TestACommitThatLandsLateKeepsItsSecret lets a commit land after the keeper has
// looked for it in vain.
func TestACommitThatLandsLateKeepsItsSecret(t *testing.T) {
	w := newWorld(t)
	w.Registry = &lateRegistry{Registry: w.Registry}
	c, err := w.Register(t.Context(), exchange("contoso"), password("contoso"))
	if err != nil || len(names(t, w)) != 1 {
		t.Fatalf("registered %v, %v", names(t, w), err)
	}
	if s, err := w.Secret(t.Context(), c); err != nil || s.IsEmpty() {
		t.Errorf("its secret is gone: %v", err)
	}
	agrees(t, w)
}
