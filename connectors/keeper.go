package connectors

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"fairlead/check"
	"fairlead/keyring"
	"fairlead/secret"
)

// Keeper makes, changes and deletes connectors: it applies the rules, and keeps
// record and secret together whatever happens in between. It is safe for use
// by several goroutines, and several programs may keep one registry.
type Keeper struct {
	Registry Registry
	Keyring  keyring.Keyring // the operating system's
	Session  keyring.Keyring // memory, for secrets that no keyring can hold
	Now      func() time.Time
	Holder   string // HOST\user, written into records

	mu   sync.Mutex
	busy map[string]bool // ids of intents that this keeper works on
}

// List returns all connectors, ordered by name.
func (k *Keeper) List(ctx context.Context) ([]Connector, error) { return k.Registry.List(ctx) }

// Get returns one connector, or [ErrNotFound].
func (k *Keeper) Get(ctx context.Context, id string) (Connector, error) {
	return k.Registry.Get(ctx, id)
}

// Find returns the connector with an id or a name, whatever its case, or
// [ErrNotFound].
func (k *Keeper) Find(ctx context.Context, nameOrID string) (Connector, error) {
	c, err := k.Registry.Get(ctx, nameOrID)
	if !errors.Is(err, ErrNotFound) {
		return c, err
	}
	named, err := k.Registry.Holders(ctx, Connector{Name: nameOrID})
	if err != nil {
		return Connector{}, err
	}
	if len(named) == 0 {
		return Connector{}, fmt.Errorf("%w: %q", ErrNotFound, nameOrID)
	}
	return k.Registry.Get(ctx, named[0].ID)
}

// Secret returns the secret of a connector, which is empty for one that needs
// none. The error is the keyring's: a session's secret is not found once the
// program has been started anew, and one that is missing never is.
func (k *Keeper) Secret(ctx context.Context, c Connector) (secret.Secret, error) {
	if c.Credential.Missing() {
		return secret.Secret{}, &keyring.Error{Op: "get", Kind: keyring.ErrNotFound, Cause: fmt.Errorf("%s holds it", c.Credential.Holder)}
	}
	if c.Credential.Key == "" {
		return secret.Secret{}, nil
	}
	return k.ring(c).Get(ctx, c.Credential.Key)
}

// CheckName says which rule a new connector's name would break. Where the
// registry cannot be asked it says nothing: [Keeper.Register] asks again.
func (k *Keeper) CheckName(ctx context.Context, name string) error {
	if err := checkName(strings.TrimSpace(name)); err != nil {
		return err
	}
	c := Connector{Name: name}
	holders, err := k.Registry.Holders(ctx, c)
	if err != nil {
		return nil
	}
	return CheckUnique(c, holders)
}

// CheckTenant says whether a tenant has the one connector that it can have: in
// a cloud, for any of these services.
func (k *Keeper) CheckTenant(ctx context.Context, provider, tenant string, services ...string) error {
	return k.CheckPlace(ctx, Connector{Provider: provider, Tenant: tenant, Services: services})
}

// CheckPlace is CheckTenant for a connector that may replace another.
func (k *Keeper) CheckPlace(ctx context.Context, c Connector) error {
	holders, err := k.Registry.Holders(ctx, c)
	if err != nil {
		return err
	}
	return checkClaims(c, holders)
}

// Edit changes the name and the description, which is all that can be edited.
// It fails with [*ChangedError] unless the connector still has the version that
// the caller saw; version 0 overwrites whatever there is.
func (k *Keeper) Edit(ctx context.Context, id, name, description string, version int) error {
	c := Connector{ID: id, Name: strings.TrimSpace(name), Description: strings.TrimSpace(description), Version: version}
	if err := cmp.Or(checkName(c.Name), checkDescription(c.Description)); err != nil {
		return err
	}
	return k.Registry.Edit(ctx, c, k.event(EventEdited, c.Name))
}

// Attach notes that a service task uses a connector. Doing so twice is no
// error.
func (k *Keeper) Attach(ctx context.Context, id string, a Attachment) error {
	c, err := k.Registry.Get(ctx, id)
	if err != nil {
		return err
	}
	if err := c.checkAttachment(a); err != nil {
		return err
	}
	return k.Registry.Attach(ctx, id, a, k.event(EventAttached, a.Task))
}

// Detach forgets that a service task uses a connector.
func (k *Keeper) Detach(ctx context.Context, id string, a Attachment) error {
	return k.Registry.Detach(ctx, id, a, k.event(EventDetached, a.Task))
}

// RecordTest keeps the report of a connection test, and what platform it found;
// a test that found none leaves what was known.
func (k *Keeper) RecordTest(ctx context.Context, id string, report check.Report) error {
	c := Connector{ID: id, LastTest: &report}
	c.Platform = platform(c)
	_, words := c.State()
	return k.Registry.RecordTest(ctx, c, k.event(EventTested, words))
}

// platform is what the last test found, or what was known before.
func platform(c Connector) string {
	if c.LastTest != nil && c.LastTest.Facts["platform"] != "" {
		return c.LastTest.Facts["platform"]
	}
	return c.Platform
}

// ring is the keyring that a connector's secret is in.
func (k *Keeper) ring(c Connector) keyring.Keyring {
	if c.Credential.Session {
		return k.Session
	}
	return k.Keyring
}

// now is the present [moment].
func (k *Keeper) now() time.Time {
	if k.Now == nil {
		return moment(time.Now())
	}
	return moment(k.Now())
}

// moment is a time in the precision that every store keeps.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// begin marks an intent as worked on, so that Recover leaves it alone.
func (k *Keeper) begin(id string) (end func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.busy == nil {
		k.busy = map[string]bool{}
	}
	k.busy[id] = true
	return func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.busy, id)
	}
}

func (k *Keeper) isBusy(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.busy[id]
}
