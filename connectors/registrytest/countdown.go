package registrytest

import (
	"context"
	"os"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

// Countdown dies at a step: of a registry and of a keyring, before and after each
// change.
type Countdown struct {
	Left int    // steps until then
	Die  func() // such as [KillSelf]
}

// KillSelf ends this process as `kill -9` does: at once, with nothing deferred.
func KillSelf() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // until the signal is there
}

// Step is one step.
func (c *Countdown) Step() {
	if c.Left--; c.Left == 0 {
		c.Die()
	}
}

// around is a step before an operation and one after it.
func (c *Countdown) around(operation func() error) error {
	c.Step()
	err := operation()
	c.Step()
	return err
}

// Registry is a registry that counts.
func (c *Countdown) Registry(r connectors.Registry) connectors.Registry { return steppedRegistry{r, c} }

// Keyring is a keyring that counts.
func (c *Countdown) Keyring(k keyring.Keyring) keyring.Keyring { return steppedRing{k, c} }

type steppedRegistry struct {
	connectors.Registry
	*Countdown
}

func (s steppedRegistry) Intend(ctx context.Context, i connectors.Intent) error {
	return s.around(func() error { return s.Registry.Intend(ctx, i) })
}

func (s steppedRegistry) Commit(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return s.around(func() error { return s.Registry.Commit(ctx, i, e) })
}

func (s steppedRegistry) Switch(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return s.around(func() error { return s.Registry.Switch(ctx, i, e) })
}

func (s steppedRegistry) Remove(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return s.around(func() error { return s.Registry.Remove(ctx, i, e) })
}

func (s steppedRegistry) Clear(ctx context.Context, id string) error {
	return s.around(func() error { return s.Registry.Clear(ctx, id) })
}

func (s steppedRegistry) Edit(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	return s.around(func() error { return s.Registry.Edit(ctx, c, e) })
}

func (s steppedRegistry) RecordTest(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	return s.around(func() error { return s.Registry.RecordTest(ctx, c, e) })
}

func (s steppedRegistry) Attach(ctx context.Context, id string, a connectors.Attachment, e connectors.Event) error {
	return s.around(func() error { return s.Registry.Attach(ctx, id, a, e) })
}

func (s steppedRegistry) SaveDraft(ctx context.Context, d connectors.Draft) error {
	return s.around(func() error { return s.Registry.SaveDraft(ctx, d) })
}

func (s steppedRegistry) UpdateDraft(ctx context.Context, d connectors.Draft) error {
	return s.around(func() error { return s.Registry.UpdateDraft(ctx, d) })
}

func (s steppedRegistry) SaveDocument(ctx context.Context, d connectors.Document) (version int, err error) {
	err = s.around(func() error {
		version, err = s.Registry.SaveDocument(ctx, d)
		return err
	})
	return version, err
}

func (s steppedRegistry) AddEvents(ctx context.Context, events []connectors.Event) error {
	return s.around(func() error { return s.Registry.AddEvents(ctx, events) })
}

type steppedRing struct {
	keyring.Keyring
	*Countdown
}

func (s steppedRing) Set(ctx context.Context, key string, value secret.Secret) error {
	return s.around(func() error { return s.Keyring.Set(ctx, key, value) })
}

func (s steppedRing) Delete(ctx context.Context, key string) error {
	return s.around(func() error { return s.Keyring.Delete(ctx, key) })
}
