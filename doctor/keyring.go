package doctor

import (
	"context"
	"errors"
	"slices"

	"fairlead/check"
	"fairlead/keyring"
)

// keyringCheck asks whether passwords can be kept.
var keyringCheck = check.Check[*examination]{
	ID: "keyring", Title: "Keyring",
	Ask: func(ctx context.Context, s *examination) (check.Finding, error) {
		ring := s.World.Keyring
		if ring == nil {
			ring = keyring.System("fairlead")
		}
		found := check.Finding{Summary: ring.Name()}
		if s.silent = ring.Probe(ctx); s.silent != nil { // most of what may be wrong only warns, so that it is no error
			found.Evidence = s.silent.Error()
		}
		return found, nil
	},
	Causes: []*check.Cause[*examination]{
		keyringLocked, keyringDenied, keyringSilent,
		{
			Code: "keyring-unavailable", Title: "There is no keyring to use", Verdict: check.Warn,
			When: func(s *examination, _ error) bool {
				known := []error{keyring.ErrLocked, keyring.ErrDenied, keyring.ErrTimeout}
				return s.silent != nil && !slices.ContainsFunc(known, func(kind error) bool { return errors.Is(s.silent, kind) })
			},
			Likely: []string{"on Linux: no Secret Service runs in this session, as over SSH", "on Windows: this logon cannot reach the Credential Manager"},
			Remedy: "Sign in to a desktop session, or start a keyring such as GNOME Keyring or KeePassXC. Until then Fairlead can keep " +
				"passwords in memory only, until it ends.",
		},
	},
}

// silence is when a keyring did not serve in one way.
func silence(kind error) func(*examination, error) bool {
	return func(s *examination, _ error) bool { return errors.Is(s.silent, kind) }
}

var keyringLocked = &check.Cause[*examination]{
	Code: "keyring-locked", Title: "The keyring is locked", Verdict: check.Warn,
	When:   silence(keyring.ErrLocked),
	Likely: []string{"it opens with the password of the desktop, and this session was opened another way"},
	Remedy: "Unlock it; Fairlead asks for that when it needs a password.",
}

var keyringDenied = &check.Cause[*examination]{
	Code: "keyring-denied", Title: "The keyring refuses access", Verdict: check.Fail,
	When:   silence(keyring.ErrDenied),
	Likely: []string{"somebody answered no when it asked whether Fairlead may use it"},
	Remedy: "Allow Fairlead in the keyring's own program, then try again.",
}

var keyringSilent = &check.Cause[*examination]{
	Code: "keyring-silent", Title: "The keyring does not answer", Verdict: check.Fail,
	When:   silence(keyring.ErrTimeout),
	Likely: []string{"it waits for a password in another window"},
	Remedy: "Look for that window and answer it. If there is none, sign out and in again.",
}
