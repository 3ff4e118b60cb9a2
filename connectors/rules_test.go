package connectors

import (
	"errors"
	"strings"
	"testing"
)

func valid() Connector {
	return Connector{
		ID: "id", Name: "Contoso", Provider: exchange, Tenant: "contoso.com", Services: []string{"continuity"},
		Settings: map[string]string{"url": "https://mail.contoso.com/EWS/Exchange.asmx"},
	}
}

func ruleOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	e, ok := errors.AsType[*RuleError](err)
	if !ok {
		t.Fatalf("%v is no rule", err)
	}
	if !strings.HasSuffix(e.Reason, ".") || (e.Hint != "" && !strings.HasSuffix(e.Hint, ".")) {
		t.Errorf("%s: reason and hint are no sentences: %q %q", e.Rule, e.Reason, e.Hint)
	}
	if e.Hint != "" && e.Error() != e.Reason+" "+e.Hint {
		t.Errorf("%s: the error leaves out reason or hint: %v", e.Rule, e)
	}
	return e.Rule
}

func TestRulesOfOneConnector(t *testing.T) {
	tests := []struct {
		name   string
		change func(c *Connector)
		want   string
	}{
		{"as it should be", func(*Connector) {}, ""},
		{"no name", func(c *Connector) { c.Name = "" }, "name-empty"},
		{"blank name", func(c *Connector) { c.Name = " \t\u00a0" }, "name-empty"},
		{"longest name", func(c *Connector) { c.Name = strings.Repeat("ü", MaxName) }, ""},
		{"longer name", func(c *Connector) { c.Name = strings.Repeat("ü", MaxName+1) }, "name-long"},
		{"enormous name", func(c *Connector) { c.Name = strings.Repeat("x", 1<<20) }, "name-long"},
		{"control character", func(c *Connector) { c.Name = "a\x1b[31m" }, "name-characters"},
		{"line break in name", func(c *Connector) { c.Name = "a\nb" }, "name-characters"},
		{"binary name", func(c *Connector) { c.Name = "a\xff" }, "name-characters"},
		{"other scripts", func(c *Connector) { c.Name = "東京 🔑 Ελλάς" }, ""},
		{"longest description", func(c *Connector) { c.Description = strings.Repeat("ü", MaxDescription) }, ""},
		{"longer description", func(c *Connector) { c.Description = strings.Repeat("ü", MaxDescription+1) }, "description-long"},
		{"lines in description", func(c *Connector) { c.Description = "one\r\n\ttwo" }, ""},
		{"zero byte in description", func(c *Connector) { c.Description = "a\x00" }, "description-characters"},
		{"no provider", func(c *Connector) { c.Provider = "" }, "provider-missing"},
		{"no tenant", func(c *Connector) { c.Tenant = " " }, "tenant-missing"},
		{"enormous tenant", func(c *Connector) { c.Tenant = strings.Repeat("x", 256) }, "tenant-invalid"},
		{"binary tenant", func(c *Connector) { c.Tenant = "\xff" }, "tenant-invalid"},
		{"no services", func(c *Connector) { c.Services = nil }, "services-missing"},
		{"empty service", func(c *Connector) { c.Services = []string{""} }, "service-missing"},
		{"service twice", func(c *Connector) { c.Services = []string{"a", "b", "a"} }, "service-twice"},
		{"many services of Exchange", func(c *Connector) { c.Services = []string{"a", "b", "c"} }, ""},
		{"many services of a cloud", func(c *Connector) { c.Provider, c.Services = "google", []string{"a", "b"} }, "one-service"},
		{"one service of a cloud", func(c *Connector) { c.Provider, c.Services = "google", []string{"a"} }, ""},
		{"setting without a name", func(c *Connector) { c.Settings = map[string]string{"": "x"} }, "setting-missing"},
		{"enormous setting", func(c *Connector) { c.Settings["url"] = strings.Repeat("x", maxSetting+1) }, "setting-invalid"},
		{"binary setting", func(c *Connector) { c.Settings["url"] = "\x00" }, "setting-invalid"},
	}
	for _, tt := range tests {
		c := valid()
		tt.change(&c)
		if got := ruleOf(t, c.check()); got != tt.want {
			t.Errorf("%s breaks %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestRulesBetweenConnectors(t *testing.T) {
	cloud := func(id, provider, tenant, service string) Connector {
		return Connector{ID: id, Name: "Connector " + id, Provider: provider, Tenant: tenant, Services: []string{service}}
	}
	others := []Connector{
		cloud("a", "microsoft365", "Tenant", "continuity"),
		cloud("b", exchange, "contoso.com", "continuity"),
	}
	tests := []struct {
		name   string
		c      Connector
		rule   string
		naming string // the connector that the error has to name
	}{
		{"another tenant", cloud("x", "microsoft365", "other", "continuity"), "", ""},
		{"another service", cloud("x", "microsoft365", "tenant", "remediation"), "", ""},
		{"another provider", cloud("x", "google", "tenant", "continuity"), "", ""},
		{"same service and tenant", cloud("x", "microsoft365", "TENANT", "continuity"), "tenant-taken", "Connector a"},
		{"same organisation, other service", cloud("x", exchange, "Contoso.COM", "remediation"), "tenant-taken", "Connector b"},
		{"itself", others[0], "", ""},
		{"same name", Connector{ID: "x", Name: "CONNECTOR  b"}, "name-taken", "Connector b"},
		{"name first", Connector{ID: "x", Name: "connector a", Provider: exchange, Tenant: "contoso.com"}, "name-taken", "Connector a"},
	}
	for _, tt := range tests {
		err := CheckUnique(tt.c, others)
		if got := ruleOf(t, err); got != tt.rule {
			t.Errorf("%s breaks %q, want %q", tt.name, got, tt.rule)
		}
		if err != nil && !strings.Contains(err.Error(), `"`+tt.naming+`"`) {
			t.Errorf("%s: %v does not name %q", tt.name, err, tt.naming)
		}
	}
}

func TestRulesOfAttachments(t *testing.T) {
	tests := []struct {
		a    Attachment
		want string
	}{
		{Attachment{"continuity", "Nightly"}, ""},
		{Attachment{"continuity", ""}, "task-invalid"},
		{Attachment{"continuity", "a\nb"}, "task-invalid"},
		{Attachment{"continuity", strings.Repeat("x", MaxTask+1)}, "task-invalid"},
		{Attachment{"other", "Nightly"}, "service-foreign"},
	}
	for _, tt := range tests {
		if got := ruleOf(t, valid().checkAttachment(tt.a)); got != tt.want {
			t.Errorf("%+v breaks %q, want %q", tt.a, got, tt.want)
		}
	}
	c := valid()
	c.Attachments = []Attachment{{"continuity", "Nightly"}, {"continuity", "Weekly"}}
	if err := Attached(c); !strings.Contains(err.Reason, "Nightly") || !strings.Contains(err.Reason, "Weekly") {
		t.Errorf("%v does not name the tasks", err)
	}
}

func TestKey(t *testing.T) {
	same := [][]string{
		{"Contoso", "CONTOSO", "contoso", " contoso\t"},
		{"a b", "A  B", "a\u00a0b"},
		{"Zürich", "ZÜRICH", "Zu\u0308rich", "ＺÜｒich"},
		{"ΣΊΣΥΦΟΣ", "σίσυφος", "Σίσυφοσ"},
		{"K", "\u212a", "k"}, // the Kelvin sign
	}
	seen := map[string]string{}
	for _, names := range same {
		for _, name := range names {
			if got, want := Key(name), Key(names[0]); got != want {
				t.Errorf("Key(%q) = %q, Key(%q) = %q, want the same", name, got, names[0], want)
			}
		}
		if other, taken := seen[Key(names[0])]; taken {
			t.Errorf("%q and %q have one key", names[0], other)
		}
		seen[Key(names[0])] = names[0]
	}
	for _, name := range []string{"", " ", "a", "ab", "a-b", "contoso1"} {
		if other, taken := seen[Key(name)]; taken && strings.TrimSpace(name) != "" {
			t.Errorf("%q and %q have one key", name, other)
		}
	}
}

// FuzzKey makes sure that a key is a name's last form, so that what a store
// kept can be compared with what it is asked for.
func FuzzKey(f *testing.F) {
	for _, seed := range []string{"", "Contoso", "ZÜRICH  Straße", "Zu\u0308rich", "ΣΊΣΥΦΟΣ", "\u212a", "\xff", "ﬁ", "a\u00a0b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		key := Key(name)
		if again := Key(key); again != key {
			t.Errorf("Key(%q) = %q, whose key is %q", name, key, again)
		}
	})
}
