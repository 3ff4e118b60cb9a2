package connectors

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"fairlead/keyring"
	"fairlead/secret"
)

// cleanUp bounds what is still done after a call failed or was cancelled.
const cleanUp = 10 * time.Second

// Register stores a new connector and its secret as one operation: when it
// returns nil both are there for good, and when it fails neither is. What is
// left by a program that ends in between, [Keeper.Recover] finishes or undoes.
//
// The connector's ID, times, holder and the place of its secret are filled in;
// set Credential.Session to keep the secret in memory only. A cloud connector
// may have no secret, where the provider keeps the consent.
func (k *Keeper) Register(ctx context.Context, c Connector, s secret.Secret) (Connector, error) {
	c = k.complete(c, s)
	if err := k.check(ctx, c, s); err != nil {
		return Connector{}, err
	}
	i := newIntent(IntentRegister, c, k.now())
	defer k.begin(i.ID)()
	if err := k.Registry.Intend(ctx, i); err != nil {
		return Connector{}, fmt.Errorf("register %q: %w", c.Name, err)
	}
	if c.Credential.Key != "" {
		if err := k.ring(c).Set(ctx, c.Credential.Key, s); err != nil {
			return Connector{}, errors.Join(err, k.undo(ctx, i, landsLate(err)))
		}
	}
	if err := k.Registry.Commit(ctx, i, k.event(EventCreated, "")); err != nil {
		return k.uncommitted(ctx, i, err)
	}
	return c, nil
}

// uncommitted deals with a commit that failed, or that may have worked while
// its answer was lost on the way.
func (k *Keeper) uncommitted(ctx context.Context, i Intent, failed error) (Connector, error) {
	look, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUp)
	defer cancel()
	c, err := k.Registry.Get(look, i.ID)
	switch {
	case err == nil:
		return c, nil
	case errors.Is(err, ErrNotFound):
		undone := k.undo(ctx, i, false)
		if errors.Is(undone, ErrRegistered) { // it landed between the two
			return i.Connector, nil
		}
		return Connector{}, errors.Join(failed, undone)
	}
	return Connector{}, fmt.Errorf("%w; whether %q is registered shows at the next start", failed, i.Connector.Name)
}

// complete fills in what the registry needs beside what a person chose.
func (k *Keeper) complete(c Connector, s secret.Secret) Connector {
	c.ID = uuid.NewString()
	c.Name, c.Description = strings.TrimSpace(c.Name), strings.TrimSpace(c.Description)
	c.Tenant = strings.TrimSpace(c.Tenant)
	c.Created = k.now()
	c.Updated, c.Version = c.Created, 1
	c.Platform = platform(c)
	c.Attachments = nil
	session := c.Credential.Session
	c.Credential = Credential{}
	if !s.IsEmpty() {
		c.Credential = Credential{Key: "connector/" + c.ID, Holder: k.Holder, Session: session, Since: c.Created}
		c.Credential.Keyring = k.ring(c).Name()
	}
	return c
}

// check applies the rules to a new connector.
func (k *Keeper) check(ctx context.Context, c Connector, s secret.Secret) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Provider == exchange && s.IsEmpty() {
		return &RuleError{"secret-missing", "The connector has no password.", "Type the service account's password."}
	}
	holders, err := k.Registry.Holders(ctx, c)
	if err != nil {
		return err
	}
	return CheckUnique(c, holders)
}

// landsLate reports whether a write may still land after it failed. The keyring
// then takes it back, unless the program ends first.
func landsLate(err error) bool {
	return errors.Is(err, keyring.ErrTimeout) || errors.Is(err, context.Canceled)
}

// undo takes back a registration, whatever became of ctx. It first turns the
// intent round, so that the next start goes on with undoing, not with
// registering. A secret that may land late keeps its intent until then.
func (k *Keeper) undo(ctx context.Context, i Intent, late bool) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUp)
	defer cancel()
	i.Kind = IntentDelete
	if err := k.Registry.Intend(ctx, i); err != nil {
		return fmt.Errorf("undo: %w", err)
	}
	if late {
		return nil
	}
	if err := k.forget(ctx, i); err != nil {
		return fmt.Errorf("undo: %w", err)
	}
	return nil
}

// forget deletes an intent's secret and then the intent.
func (k *Keeper) forget(ctx context.Context, i Intent) error {
	if key := i.Connector.Credential.Key; key != "" {
		if err := k.ring(i.Connector).Delete(ctx, key); err != nil {
			return err
		}
	}
	return k.Registry.Clear(ctx, i.ID)
}
