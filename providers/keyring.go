package providers

import (
	"context"
	"errors"
	"time"

	"fairlead/keyring"
)

// probeTime is how long the keyring may take to say whether it can be used.
const probeTime = 3 * time.Second

// ProbeKeyring returns why the keyring cannot be used, or nothing.
func ProbeKeyring(ctx context.Context, k keyring.Keyring) string {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	err := k.Probe(ctx)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, keyring.ErrLocked):
		return k.Name() + " is locked. Unlock it, then choose to look again."
	case errors.Is(err, keyring.ErrTimeout):
		return k.Name() + " does not answer. It may be waiting for a password in another window."
	case errors.Is(err, keyring.ErrDenied):
		return k.Name() + " refuses this program."
	}
	why := err.Error()
	if failed, ok := errors.AsType[*keyring.Error](err); ok && failed.Cause != nil {
		why = failed.Cause.Error() // the kind is said already
	}
	return k.Name() + " cannot be reached from here: " + why
}
