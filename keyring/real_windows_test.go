//go:build realkeyring

package keyring_test

import (
	"os"
	"testing"

	"fairlead/keyring"
	"fairlead/keyring/keyringtest"
)

// TestReal is run by fairlead/cmd/wine, on wine's Credential Manager.
func TestReal(t *testing.T) {
	if os.Getenv("FAIRLEAD_KEYRING_STATE") != "unlocked" {
		t.Fatal("run make windows: by hand this would use your own keyring")
	}
	keyringtest.Run(t, func(*testing.T) keyring.Keyring { return keyring.System("fairlead-test") })
}
