package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/keyring"
	simulated "fairlead/lab/google"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

// TestAGoogleConnectorWithAKeyOfItsOwn goes from an empty list to a connector,
// tests it again with the key from the keyring, and looks for the key elsewhere.
func TestAGoogleConnectorWithAKeyOfItsOwn(t *testing.T) {
	ring := keyring.Memory()
	w := open(t, ring)
	j := page.Start(w.NewConnector())
	answers := map[string]map[string]any{
		"services":        {wizard.KeyServices: []string{"remediation"}},
		"provider":        {wizard.KeyProvider: "google"},
		"google.customer": {"google.customer": simulated.CustomerID, "google.address": simulated.Mailbox},
	}
	for range 20 {
		if j.Committed() {
			break
		}
		for key, value := range answers[j.View().Page.ID] {
			j.Set(key, value)
		}
		next(t, j)
	}
	list, err := w.Keeper.List(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d connectors, %v; the wizard stands at %s", len(list), err, j.View().Page.ID)
	}
	c := list[0]
	if c.Tenant != simulated.CustomerID || c.Platform != "Google Workspace" || c.Credential.Session || c.Settings["account"] != simulated.Account {
		t.Errorf("registered %+v", c)
	}
	suite, err := w.Test(t.Context(), c, secret.Secret{}, providers.TestOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if r := suite.Run(t.Context(), nil); r.Verdict() != check.Pass {
		t.Errorf("tested again: %s", r.Headline())
	}
	kept, err := ring.Get(t.Context(), c.Credential.Key)
	if err != nil || len(kept.Reveal()) > keyring.MaxSecret {
		t.Fatalf("the key in the keyring: %v, %d bytes", err, len(kept.Reveal()))
	}
	dir := filepath.Dir(w.labKey)
	err = filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == w.labKey {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.Contains(string(data), kept.Reveal()[200:260]) || strings.Contains(string(data), "PRIVATE KEY") {
			t.Errorf("%s holds the key", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
