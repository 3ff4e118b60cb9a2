package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/connectors/sqlite"
	"fairlead/connectors/transfer"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/lab/entra"
	simulated "fairlead/lab/google"
	"fairlead/providers"
	"fairlead/secret"
)

// onlyNeeded are connectors with what is needed and nothing else.
func onlyNeeded() map[string]connectors.Connector {
	tenant := entra.Tenants()[0]
	return map[string]connectors.Connector{
		"exchange": {
			Provider: "exchange", Tenant: "contoso.example", Services: []string{"continuity"},
			Settings: map[string]string{"url": "https://mail.contoso.example/EWS/Exchange.asmx", "address": lab.Address},
		},
		"microsoft365": {
			Provider: "microsoft365", Tenant: tenant.ID(), Services: []string{"directory-synchronization"},
			Settings: map[string]string{"cloud": tenant.Cloud},
		},
		"google": {
			Provider: "google", Tenant: simulated.CustomerID, Services: []string{"remediation"},
			Settings: map[string]string{"address": simulated.Mailbox, "client": simulated.ServiceClient, "scopes": "https://mail.google.com/"},
		},
		"google with a key": {
			Provider: "google", Tenant: simulated.CustomerID, Services: []string{"remediation"},
			Settings: map[string]string{
				"address": simulated.Mailbox, "client": simulated.ServiceClient, "scopes": "https://mail.google.com/",
				"account": simulated.Account, "key-id": "1f0c", "project": "fairlead",
			},
		},
	}
}

// TestSettleBeginsATest holds what is taken in to what a test needs: with what is
// needed it begins, and nothing of that can be left out.
func TestSettleBeginsATest(t *testing.T) {
	w := open(t, keyring.Memory())
	for name, c := range onlyNeeded() {
		settled, err := w.settle(c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := w.Provider(c.Provider).Test(w.Env, settled.Settings, secret.New("x"), providers.TestOptions{}); err != nil {
			t.Errorf("%s: the test does not begin: %v", name, err)
		}
		if got, want := settled.Credential.Key != "", name == "google with a key"; got != want {
			t.Errorf("%s waits for a key: %v", name, got)
		}
		again, err := w.settle(settled)
		if err != nil || !maps.Equal(again.Settings, settled.Settings) {
			t.Errorf("%s: settled twice: %v, %v", name, again.Settings, err)
		}
		for setting := range c.Settings {
			less := c
			less.Settings = maps.Clone(c.Settings)
			delete(less.Settings, setting)
			if _, err := w.settle(less); !isRule(err, "setting-missing") {
				t.Errorf("%s without %s: %v", name, setting, err)
			}
		}
	}
}

func isRule(err error, rule string) bool {
	broken, is := errors.AsType[*connectors.RuleError](err)
	return is && broken.Rule == rule
}

// TestSettleRefuses has the mistakes that people make, and what would mislead.
func TestSettleRefuses(t *testing.T) {
	w := open(t, keyring.Memory())
	needed := onlyNeeded()
	for name, test := range map[string]struct{ kind, setting, value, rule, want string }{
		"plain http":              {"exchange", "url", "http://plain.example/EWS", "setting-wrong", "type https://plain.example/EWS"},
		"no address":              {"exchange", "address", "notanaddress", "setting-wrong", `"address" does not fit: the @ is missing`},
		"no mode":                 {"exchange", "security", "whatever", "setting-wrong", "type strict or relaxed"},
		"no name to sign in with": {"exchange", "sign-in", "svc", "setting-wrong", "the domain is missing"},
		"no mailbox":              {"exchange", "mailbox", "anna", "setting-wrong", "the @ is missing"},
		"invented":                {"exchange", "EWS URL", "x", "setting-unknown", "Known are url, address, sign-in"},
		"no cloud":                {"microsoft365", "cloud", "sky", "setting-wrong", "one of worldwide, gcc"},
		"another tenant":          {"microsoft365", "tenant", "01234567-89ab-cdef-0123-456789abcdef", "setting-wrong", "leave it out"},
		"another service":         {"microsoft365", "service", "continuity", "setting-wrong", "leave it out"},
		"no application":          {"microsoft365", "application", "x; y", "setting-wrong", "36 characters"},
		"no way":                  {"microsoft365", "granted-by", "mail", "setting-wrong", "service, own, somebody, no-browser"},
		"another customer":        {"google", "customer", "C0zzzzzzz", "setting-wrong", "leave it out"},
		"no client":               {"google", "client", "7", "setting-wrong", "not a client ID"},
		"no scope":                {"google", "scopes", "mail", "setting-wrong", "not a scope"},
		"a command":               {"google with a key", "project", "a; rm -rf ~", "setting-wrong", "it is no id"},
		"no service account":      {"google with a key", "account", "anna@contoso.example", "setting-wrong", "client_email"},
		"a key of nobody":         {"google", "key-id", "1f0c", "setting-missing", `"account" is missing`},
	} {
		c := needed[test.kind]
		c.Settings = maps.Clone(c.Settings)
		c.Settings[test.setting] = test.value
		if _, err := w.settle(c); !isRule(err, test.rule) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c := needed["microsoft365"]
	c.Tenant = "contoso.example"
	if _, err := w.settle(c); !isRule(err, "setting-wrong") || !strings.Contains(err.Error(), "type the id from Entra's overview") {
		t.Errorf("a domain as the tenant: %v", err)
	}
	if _, err := w.settle(connectors.Connector{Provider: "lotus"}); !isRule(err, "provider-unknown") {
		t.Errorf("%v", err)
	}
}

// restored takes a file into an empty registry.
func restored(t *testing.T, w *Workspace, file []byte, restore bool) *transfer.Plan {
	t.Helper()
	f, err := transfer.Read(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Target(restore).Plan(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestWhatTheProgramMadeComesBack restores what the registry's own suite and older
// versions have made, and imports what the wizard makes in the lab, unchanged.
func TestWhatTheProgramMadeComesBack(t *testing.T) {
	from := open(t, keyring.Memory())
	registry, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "connectors.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer registry.Close() //nolint:errcheck // it is a copy
	old := &connectors.Keeper{Registry: registry, Keyring: keyring.Memory(), Session: keyring.Memory(), Holder: `HOST\user`}
	tested := registrytest.Exchange("old")
	tested.Settings["fetch-issuers"] = "yes"
	for _, c := range []connectors.Connector{tested, registrytest.Cloud("cloud", "continuity")} {
		c.ID = ""
		if _, err := old.Register(t.Context(), c, secret.New("x")); err != nil {
			t.Fatal(err)
		}
	}
	var saved, exported bytes.Buffer
	if err := (transfer.Source{Registry: registry, Now: time.Now()}).Backup(t.Context(), &saved); err != nil {
		t.Fatal(err)
	}
	if p := restored(t, open(t, keyring.Memory()), saved.Bytes(), true); len(p.New) != 2 || p.LeftOut() != 0 {
		t.Errorf("%d of 2 come back, %v", len(p.New), p.Unusable)
	}

	j := walk(t, from)
	for range 5 {
		if j.Committed() {
			break
		}
		next(t, j)
	}
	tenant, application := entra.Tenants()[0], entra.ServiceApplication("directory-synchronization")
	google := onlyNeeded()["google with a key"]
	google.Settings["customer"] = google.Tenant
	for i, c := range []connectors.Connector{
		google,
		{
			Provider: "microsoft365", Tenant: tenant.ID(), Services: []string{"directory-synchronization"},
			Settings: map[string]string{
				"tenant": tenant.ID(), "domain": tenant.Domain, "cloud": tenant.Cloud, "service": "directory-synchronization",
				"application": application, "verifier": entra.Verifier, "granted-by": "service",
			},
		},
	} {
		c.Name = fmt.Sprintf("Cloud %d", i)
		if _, err := from.Keeper.Register(t.Context(), c, secret.Secret{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := (transfer.Source{Registry: from.Keeper.Registry, Now: time.Now()}).Export(t.Context(), &exported); err != nil {
		t.Fatal(err)
	}
	p := restored(t, open(t, keyring.Memory()), exported.Bytes(), false)
	if len(p.New) != 3 || p.LeftOut() != 0 {
		t.Fatalf("%d of 3 are taken in, %v", len(p.New), p.Unusable)
	}
	for _, r := range p.New {
		made, err := from.Keeper.Find(t.Context(), r.Name)
		if err != nil {
			t.Fatal(err)
		}
		given := maps.Clone(made.Settings)
		maps.DeleteFunc(r.Settings, func(_, value string) bool { return value == "" })
		maps.DeleteFunc(given, func(_, value string) bool { return value == "" })
		if !maps.Equal(r.Settings, given) {
			t.Errorf("%s came as %v, not %v", r.Name, r.Settings, given)
		}
	}
}

// TestDocsListTheSettings holds docs/export.md to the providers.
func TestDocsListTheSettings(t *testing.T) {
	page, err := os.ReadFile("../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	w := open(t, keyring.Memory())
	var want []string
	for _, p := range w.Providers {
		judge, ok := p.(providers.Settles)
		if !ok {
			t.Fatalf("%s judges no settings", p.Info().Name)
		}
		for _, s := range judge.Settings() {
			needed := ""
			if s.Needed {
				needed = "yes"
			}
			want = append(want, fmt.Sprintf("| `%s` | `%s` | %s | %s |", p.Info().ID, s.Name, needed, s.What))
		}
	}
	var got []string
	_, list, _ := strings.Cut(string(page), "| provider | setting | needed | what |\n|---|---|---|---|\n")
	for line := range strings.Lines(list) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		got = append(got, strings.TrimSpace(line))
	}
	if !slices.Equal(got, want) {
		t.Errorf("docs/export.md lists\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestDocsExampleIsTakenIn takes the example of docs/export.md in.
func TestDocsExampleIsTakenIn(t *testing.T) {
	page, err := os.ReadFile("../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```\nname,provider,")
	example, _, _ = strings.Cut(example, "```")
	if p := restored(t, open(t, keyring.Memory()), []byte("name,provider,"+example), false); len(p.New) != 3 || p.LeftOut() != 0 {
		t.Errorf("%d are new, %v", len(p.New), p.Unusable)
	}
}
