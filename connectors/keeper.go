package connectors

import (
	"time"

	"fairlead/keyring"
)

// Keeper makes, changes and deletes connectors: it applies the rules, and keeps
// record and secret together whatever happens in between.
type Keeper struct {
	Registry Registry
	Keyring  keyring.Keyring // the operating system's
	Session  keyring.Keyring // memory, for secrets that no keyring can hold
	Now      func() time.Time
	Holder   string // HOST\user, written into records
}
