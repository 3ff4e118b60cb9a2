package connectors

import (
	"context"
	"errors"
	"fmt"

	"fairlead/keyring"
)

// Delete removes a connector and its secret. While an attachment uses it, that
// is refused with a [*RuleError]. An [ErrSecretLeft] means that the connector is
// gone and [Keeper.Recover] has yet to remove its secret.
func (k *Keeper) Delete(ctx context.Context, id string) error {
	c, err := k.Registry.Get(ctx, id)
	if err != nil {
		return err
	}
	if len(c.Attachments) > 0 {
		return Attached(c)
	}
	c.LastTest = nil // of no use to whoever finishes the deletion
	i := newIntent(IntentDelete, c, k.now())
	defer k.begin(i.ID)()
	if err := k.Registry.Remove(ctx, i, k.event(EventDeleted, "")); err != nil {
		return err
	}
	if _, err := k.finishDelete(ctx, i); err != nil {
		return fmt.Errorf("%w; it is removed at the next start: %w", ErrSecretLeft, err)
	}
	return nil
}

// finishDelete removes the secret of a deleted connector. It reports false when
// the secret is in someone else's keyring, who has to finish it.
func (k *Keeper) finishDelete(ctx context.Context, i Intent) (bool, error) {
	mine, err := k.holds(ctx, i.Connector)
	if err != nil || !mine {
		return false, err
	}
	return true, k.forget(ctx, i)
}

// holds reports whether a connector's secret is this keeper's business: because
// the record says so, or because it is in the keyring, which it also is after
// the computer was renamed.
func (k *Keeper) holds(ctx context.Context, c Connector) (bool, error) {
	if c.Credential.Holder == k.Holder || c.Credential.Key == "" || c.Credential.Session {
		return true, nil
	}
	_, err := k.ring(c).Get(ctx, c.Credential.Key)
	if errors.Is(err, keyring.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
