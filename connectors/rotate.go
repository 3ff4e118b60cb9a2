package connectors

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"fairlead/check"
	"fairlead/secret"
)

// Rotate gives a connector a new secret, which the caller has tested: the report
// says that it works, and is kept with it. The old one stays until then, and is
// deleted after. Whenever the program ends in between, [Keeper.Recover] leaves
// one of the two, whole.
//
// c is the connector as the caller saw it: what has changed since fails with
// [*ChangedError], unless its version is zero. Set c.Credential.Session to keep
// the new secret in memory only. An [ErrOldSecretLeft] comes with the connector:
// the new secret is in use.
func (k *Keeper) Rotate(ctx context.Context, c Connector, s secret.Secret, report check.Report) (Connector, error) {
	old, err := k.Registry.Bare(ctx, c.ID)
	if err != nil {
		return Connector{}, err
	}
	mine, err := k.holds(ctx, old)
	if err != nil {
		return Connector{}, err
	}
	if !mine || old.Credential.Key == "" {
		return Connector{}, secretElsewhere(old)
	}
	return k.replace(ctx, old, c, s, report, EventRotated)
}

// TakeOver is Rotate for a connector whose secret is in somebody else's keyring,
// or nowhere: from now on it is in this keeper's. The other one stays where it is
// until its holder's program starts the next time, and removes it.
func (k *Keeper) TakeOver(ctx context.Context, c Connector, s secret.Secret, report check.Report) (Connector, error) {
	old, err := k.Registry.Bare(ctx, c.ID)
	if err != nil {
		return Connector{}, err
	}
	kind := EventTookOver
	if old.Credential.Holder == k.Holder {
		kind = EventRotated // it was this keeper's before, and got lost
	}
	return k.replace(ctx, old, c, s, report, kind)
}

// replace puts the new secret under a key of its own, switches the record to it
// in one step, and then deletes the old secret.
func (k *Keeper) replace(
	ctx context.Context, old, c Connector, s secret.Secret, report check.Report, kind EventKind,
) (Connector, error) {
	if err := checkReplacement(old, s, report); err != nil {
		return Connector{}, err
	}
	id := uuid.NewString()
	i := newIntent(IntentRotate, old, k.now())
	i.ID = id
	i.Connector.Version, i.Connector.LastTest = c.Version, &report
	i.Connector.Platform = platform(i.Connector)
	i.Connector.Credential = Credential{
		Key: "connector/" + c.ID + "/" + id, Holder: k.Holder, Session: c.Credential.Session, Since: k.now(),
	}
	i.Connector.Credential.Keyring = k.ring(i.Connector).Name()
	defer k.begin(id)()
	if err := k.Registry.Intend(ctx, i); err != nil {
		return Connector{}, fmt.Errorf("change the secret of %q: %w", old.Name, err)
	}
	if err := k.ring(i.Connector).Set(ctx, i.Connector.Credential.Key, s); err != nil {
		return Connector{}, errors.Join(err, k.undo(ctx, i, landsLate(err)))
	}
	if err := k.Registry.Switch(ctx, i, k.event(kind, "")); err != nil {
		undone := k.undo(ctx, i, false)
		if !errors.Is(undone, ErrRegistered) { // else it has been switched, and the answer was lost
			return Connector{}, errors.Join(err, undone)
		}
	}
	return k.replaced(ctx, i, old)
}

// replaced deletes the secret that a connector had before.
func (k *Keeper) replaced(ctx context.Context, i Intent, old Connector) (Connector, error) {
	left := i
	left.Kind, left.Connector = IntentDelete, old
	var failed error
	if old.Credential.Key != "" {
		if _, err := k.finishDelete(ctx, left); err != nil {
			failed = fmt.Errorf("%w; it is removed at the next start: %w", ErrOldSecretLeft, err)
		}
	}
	c, err := k.Registry.Get(ctx, old.ID)
	if err != nil {
		c = i.Connector // it is registered so, whatever cannot be read now
	}
	return c, failed
}

// checkReplacement applies the rules to a new secret.
func checkReplacement(c Connector, s secret.Secret, report check.Report) error {
	if s.IsEmpty() {
		return &RuleError{"secret-missing", "There is no new password.", "Type it."}
	}
	if v := report.Verdict(); v != check.Pass && v != check.Warn {
		return &RuleError{
			"secret-fails", fmt.Sprintf("The new password of %q was not shown to work: %s.", c.Name, report.Title()),
			"The old one stays in use. Put right what is wrong, and test again.",
		}
	}
	return nil
}

// secretElsewhere is the rule that one rotates one's own secrets only.
func secretElsewhere(c Connector) *RuleError {
	where := "nowhere yet"
	if c.Credential.Holder != "" {
		where = "in the keyring of " + c.Credential.Holder
	}
	return &RuleError{
		"secret-elsewhere", fmt.Sprintf("The password of %q is %s.", c.Name, where),
		"Take the connector over: then its password is in your keyring.",
	}
}

// recoverRotation takes a new secret back that was not in use yet.
func (k *Keeper) recoverRotation(ctx context.Context, i Intent) (string, error) {
	err := k.undo(ctx, i, false)
	if errors.Is(err, ErrRegistered) { // the switch has landed meanwhile
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("The password of %q was being changed when the program ended. The old one is still in use; change it again.",
		i.Connector.Name), nil
}
