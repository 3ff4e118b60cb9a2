package connectors

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"fairlead/keyring"
)

// stale is when an intent is taken for left behind though a process with its
// number runs: no registration takes that long, and numbers are used again.
const stale = time.Hour

// Recover finishes or undoes what programs left behind that ended in the middle
// of registering or deleting. Call it on start. It returns a sentence for each
// thing that it did or could not do; the error is the registry's. What another
// program is still working on is left alone, and so is what needs a keyring
// that cannot be used without asking: it is tried again at the next start.
func (k *Keeper) Recover(ctx context.Context) ([]string, error) {
	intents, err := k.Registry.Intents(ctx)
	if err != nil {
		return nil, err
	}
	var said []string
	usable := sync.OnceValue(func() error { return k.Keyring.Probe(ctx) })
	for _, i := range intents {
		if k.isBusy(i.ID) || k.othersWork(i) {
			continue
		}
		line, err := k.recoverOne(ctx, i, usable)
		if e, ok := errors.AsType[*keyring.Error](err); ok && ctx.Err() == nil {
			line, err = fmt.Sprintf("%q was left half done, and %v. It is tried again at the next start.", i.Connector.Name, e.Kind), nil
		}
		if err != nil {
			return said, fmt.Errorf("recover %q: %w", i.Connector.Name, err)
		}
		if line != "" {
			said = append(said, line)
		}
	}
	return said, nil
}

// othersWork reports whether another program may still be at it. Of one on
// another computer nothing can be seen: what it holds in its memory only is its
// own until it is stale.
func (k *Keeper) othersWork(i Intent) bool {
	if k.now().Sub(i.Created) >= stale {
		return false
	}
	if i.Connector.Credential.Holder != k.Holder {
		return i.Connector.Credential.Session
	}
	return i.PID != os.Getpid() && alive(i.PID)
}

// recoverOne finishes or undoes one intent, and says so.
func (k *Keeper) recoverOne(ctx context.Context, i Intent, usable func() error) (string, error) {
	c := i.Connector
	if c.Credential.Key != "" && !c.Credential.Session {
		if err := usable(); err != nil {
			return "", err
		}
	}
	if i.Kind == IntentDelete {
		done, err := k.finishDelete(ctx, i)
		if err != nil || !done {
			return "", err
		}
		return fmt.Sprintf("What was left of %q is removed now.", c.Name), nil
	}
	if mine, err := k.holds(ctx, c); err != nil || !mine {
		return "", err
	}
	if i.Kind == IntentRotate {
		return k.recoverRotation(ctx, i)
	}
	there, err := k.secretIsThere(ctx, c)
	if err != nil {
		return "", err
	}
	if there {
		err := k.Registry.Commit(ctx, i, k.event(EventCreated, "finished after the program had ended"))
		if err == nil {
			return fmt.Sprintf("%q was being registered when the program ended. It is registered now.", c.Name), nil
		}
		if errors.Is(err, ErrNotFound) {
			return "", nil // another program was quicker
		}
		if _, broken := errors.AsType[*RuleError](err); !broken {
			return "", err
		}
	}
	if err := k.forget(ctx, i); err != nil {
		return "", err
	}
	return fmt.Sprintf("%q was being registered when the program ended. Nothing of it is left; register it again.", c.Name), nil
}

// secretIsThere reports whether a registration had got as far as its secret.
// One for the session only never survives.
func (k *Keeper) secretIsThere(ctx context.Context, c Connector) (bool, error) {
	switch {
	case c.Credential.Key == "":
		return true, nil
	case c.Credential.Session:
		return false, nil
	}
	_, err := k.ring(c).Get(ctx, c.Credential.Key)
	if errors.Is(err, keyring.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
