package registrytest

import (
	"context"
	"os"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

// Countdown dies at a step: of a registry, before and after each change that has to do
// with a secret, and of a keyring, before and after each change.
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
