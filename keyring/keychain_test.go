//go:build !windows

package keyring_test

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fairlead/keyring"
	"fairlead/keyring/keyringtest"
	"fairlead/secret"
)

// standIn returns a Keychain whose tool is a stand-in, and the folder in which
// that keeps its items and its calls.
func standIn(t *testing.T) (k keyring.Keyring, folder string) {
	t.Helper()
	folder = t.TempDir()
	t.Setenv("KEYCHAIN", folder)
	return keyring.Keychain("testdata/security", "fairlead-test"), folder
}

func TestKeychain(t *testing.T) {
	k, folder := standIn(t)
	keyringtest.Run(t, func(*testing.T) keyring.Keyring { return k })
	left, err := filepath.Glob(filepath.Join(folder, "item-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestKeychainHidesTheSecret looks at what other programs can see of a call.
func TestKeychainHidesTheSecret(t *testing.T) {
	k, folder := standIn(t)
	const password = "correct horse"
	if err := k.Set(t.Context(), "connectors/1", secret.New(password)); err != nil {
		t.Fatal(err)
	}
	calls, err := os.ReadFile(filepath.Join(folder, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{password, base64.StdEncoding.EncodeToString([]byte(password))} {
		if strings.Contains(string(calls), text) {
			t.Errorf("the secret is an argument:\n%s", calls)
		}
	}
	if !strings.Contains(string(calls), "-i\n") {
		t.Errorf("nothing was set:\n%s", calls)
	}
}

func TestKeychainRefuses(t *testing.T) {
	for status, want := range map[int]error{36: keyring.ErrLocked, 51: keyring.ErrDenied, 128: keyring.ErrDenied, 50: keyring.ErrUnavailable} {
		k, folder := standIn(t)
		if err := os.WriteFile(filepath.Join(folder, "status"), []byte(strconv.Itoa(status)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, got := k.Get(t.Context(), "connectors/1")
		for name, err := range map[string]error{
			"probe": k.Probe(t.Context()), "get": got, "delete": k.Delete(t.Context(), "connectors/1"),
			"set": k.Set(t.Context(), "connectors/1", secret.New("x")),
		} {
			if !errors.Is(err, want) {
				t.Errorf("status %d: %s: %v, want %v", status, name, err, want)
			}
		}
	}
}

// TestKeychainForgets takes a tool that ends well and keeps nothing.
func TestKeychainForgets(t *testing.T) {
	k, folder := standIn(t)
	if err := os.WriteFile(filepath.Join(folder, "forgetful"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := k.Set(t.Context(), "connectors/1", secret.New("x")); !errors.Is(err, keyring.ErrDenied) {
		t.Errorf("set: %v", err)
	}
}

// TestKeychainOfOthers reads an item that another program wrote by that name,
// and looks for a tool that is not there.
func TestKeychainOfOthers(t *testing.T) {
	k, folder := standIn(t)
	if err := os.WriteFile(filepath.Join(folder, "item-fairlead-test other"), []byte("plain"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := k.Get(t.Context(), "other"); err == nil || !s.IsEmpty() {
		t.Errorf("an item of another program was read: %v", err)
	}
	none := keyring.Keychain("testdata/nothing", "fairlead-test")
	if err := none.Probe(t.Context()); !errors.Is(err, keyring.ErrUnavailable) {
		t.Errorf("without the tool: %v", err)
	}
}
