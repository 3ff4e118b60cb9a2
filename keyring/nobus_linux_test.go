package keyring_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fairlead/keyring"
	"fairlead/secret"
)

// TestNoBusIsNotStarted makes sure that a session without a bus stays without
// one: D-Bus libraries start one that outlives the program.
func TestNoBusIsNotStarted(t *testing.T) {
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
		t.Skip("this user's session bus runs, so that its keyring would be asked")
	}
	bin := t.TempDir()
	launched := filepath.Join(bin, "launched")
	script := fmt.Sprintf("#!/bin/sh\n: > %s\nexit 1\n", launched)
	if err := os.WriteFile(filepath.Join(bin, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)
	for _, address := range []string{"", "autolaunch:", "unix:path=" + filepath.Join(bin, "none")} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		k := keyring.System("fairlead-test")
		_, getErr := k.Get(t.Context(), "key")
		for op, err := range map[string]error{
			"probe": k.Probe(t.Context()), "set": k.Set(t.Context(), "key", secret.New("x")),
			"get": getErr, "delete": k.Delete(t.Context(), "key"),
		} {
			if !errors.Is(err, keyring.ErrUnavailable) {
				t.Errorf("%s with address %q: %v, want %v", op, address, err, keyring.ErrUnavailable)
			}
		}
	}
	if _, err := os.Stat(launched); err == nil {
		t.Error("a session bus was started")
	}
}
