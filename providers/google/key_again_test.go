package google

import (
	"path/filepath"
	"strings"
	"testing"

	simulated "fairlead/lab/google"
	"fairlead/secret"
)

func TestTheKeyIsGivenAgain(t *testing.T) {
	good := string(simulated.KeyFile(simulated.Account))
	key, err := ParseKey([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := key.Secret()
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{settingAccount: key.Account, settingClient: key.Client, settingKeyID: key.ID}
	path := keyFileOf(t, simulated.Account)
	for name, given := range map[string]string{
		"pasted": good, "on one line": file(nil), "a file": path, "a copied path": ` "` + path + `"`, "as it is kept": kept.Reveal(),
	} {
		if got, err := (Provider{}).ReadKey(settings, secret.New(given)); err != nil || !got.Equal(kept) {
			t.Errorf("%s: %v", name, err)
		}
	}
	block := kept.Reveal()[40:]
	for name, c := range map[string]struct{ given, says string }{
		"of another account": {string(simulated.KeyFile(simulated.NewAccount)), "the key of another account, " + simulated.NewAccount},
		"another key":        {file(map[string]any{"private_key_id": "abc"}), "another key of the account, abc"},
		"cut off":            {good[:len(good)-40], "the end of the key is missing"},
		"elsewhere":          {file(map[string]any{"token_uri": "https://evil.example/"}), "another token service"},
		"a bare key":         {"-----BEGIN PRIVATE KEY-----\n" + block, "bare private key"},
		"part of a key":      {block, "not JSON"},
		"no such file":       {filepath.Join(t.TempDir(), "none.json"), "the key file cannot be read"},
		"nothing":            {" ", "empty"},
	} {
		_, err := (Provider{}).ReadKey(settings, secret.New(c.given))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), block[:30]) {
			t.Errorf("%s: the key is part of the error", name)
		}
	}
	if got := (Provider{}).KeyOf(settings); got != "key "+key.ID+" of "+key.Account {
		t.Error(got)
	}
	if got := (Provider{}).KeyOf(nil); got != "" {
		t.Errorf("the service's own client has no key here, and %q is asked for", got)
	}
}
