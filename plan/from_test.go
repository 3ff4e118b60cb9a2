package plan

import (
	"testing"

	"pgregory.net/rapid"

	"fairlead/connectors"
)

// TestFromConnectors: what exists is the start of an environment in which all of
// it is needed.
func TestFromConnectors(t *testing.T) {
	c := catalogue(t)
	guid := "01234567-89ab-cdef-0123-456789abcdef"
	cloud := func(service, tenant, domain string) connectors.Connector {
		return connectors.Connector{
			ID: service + domain, Name: service + domain, Provider: microsoft365, Tenant: tenant, Services: []string{service},
			Settings: map[string]string{"domain": domain, "cloud": "gcc"}, LastTest: passed,
		}
	}
	list := []connectors.Connector{
		cloud("remediation", guid, "contoso.example"), cloud("continuity", guid, "contoso.example"),
		{
			ID: "x", Name: "Exchange", Provider: exchange, Tenant: "contoso.example", Services: []string{"continuity", "remediation"}, LastTest: passed,
			Settings: map[string]string{"address": "svc@contoso.example", "sign-in": "svc@contoso.example", "url": "https://mail.contoso.example/EWS/Exchange.asmx", "security": "strict"},
		},
		{
			ID: "g", Name: "Google", Provider: google, Tenant: "C01234567", Services: []string{"remediation"}, LastTest: passed,
			Settings: map[string]string{"address": "anna@fabrikam.example"},
		},
	}
	e := FromConnectors(list)
	if err := e.Check(c); err != nil {
		t.Fatal(err)
	}
	p := New(e, c, Existing{Connectors: list})
	if p.Totals.Needed != 4 || !p.Totals.Done() || len(p.Outside) > 0 {
		t.Errorf("%s of %+v", p.Totals, e)
	}
	if o := e.Organisation("CONTOSO.example"); o == nil || o.Mailboxes != InBoth || len(o.Tenants) != 2 || len(o.Services) != 2 || o.Tenants[0].Services != nil || o.Tenants[0].ID != guid {
		t.Errorf("%+v", e)
	}
	if e := FromConnectors(nil); len(e.Organisations) > 0 {
		t.Errorf("%+v", e)
	}
}

// TestFromConnectorsIsComplete: so it is for all connectors of a random estate.
func TestFromConnectorsIsComplete(t *testing.T) {
	c := catalogue(t)
	rapid.Check(t, func(t *rapid.T) {
		all := New(estate(t), c, Existing{})
		var list []connectors.Connector
		for i := range all.Needs {
			list = append(list, made(&all.Needs[i], string(rune('a'+i))))
		}
		if p := New(FromConnectors(list), c, Existing{Connectors: list}); p.Totals.Needed != len(list) || !p.Totals.Done() {
			t.Fatalf("%s of %d", p.Totals, len(list))
		}
	})
}
