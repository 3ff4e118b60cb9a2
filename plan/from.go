package plan

import (
	"cmp"
	"slices"
	"strings"

	"fairlead/connectors"
)

// FromConnectors starts an environment from what the registered connectors say:
// their tenants, joined to organisations by mail domain, and the services that use
// them. Where mailboxes are is a guess from the platforms, to be looked over.
func FromConnectors(list []connectors.Connector) Environment {
	var e Environment
	at := map[string]int{} // organisations by domain
	for i := range list {
		c := &list[i]
		t := tenantOf(c)
		domain := key(homeOf(c))
		if _, known := at[domain]; !known {
			at[domain] = len(e.Organisations)
			e.Organisations = append(e.Organisations, Organisation{Name: homeOf(c)})
		}
		o := &e.Organisations[at[domain]]
		same := slices.IndexFunc(o.Tenants, func(other Tenant) bool {
			return siteOf(other.Provider, cmp.Or(other.ID, other.Tenant)) == siteOf(t.Provider, cmp.Or(t.ID, t.Tenant))
		})
		if same < 0 {
			o.Tenants = append(o.Tenants, t)
			continue
		}
		for _, service := range t.Services {
			if !slices.Contains(o.Tenants[same].Services, service) {
				o.Tenants[same].Services = append(o.Tenants[same].Services, service)
			}
		}
	}
	for i := range e.Organisations {
		e.Organisations[i].gather()
	}
	slices.SortStableFunc(e.Organisations, func(a, b Organisation) int { return strings.Compare(a.Name, b.Name) })
	return e
}

// tenantOf is the tenant of a connector, with the services that use it.
func tenantOf(c *connectors.Connector) Tenant {
	t := Tenant{Provider: c.Provider, Tenant: tenantName(c), Services: slices.Clone(c.Services)}
	switch c.Provider {
	case microsoft365:
		t.ID, t.Cloud, t.Verifier = c.Tenant, c.Settings["cloud"], c.Settings["verifier"]
	case google:
		t.Address = c.Settings["address"]
	case exchange:
		t.Address, t.URL, t.Security, t.Mailbox = c.Settings["address"], c.Settings["url"], c.Settings["security"], c.Settings["mailbox"]
		if c.Settings["sign-in"] != t.Address {
			t.SignIn = c.Settings["sign-in"]
		}
	}
	return t
}

// homeOf is the mail domain by which tenants are joined to organisations.
func homeOf(c *connectors.Connector) string {
	if c.Provider == google && c.Settings["address"] != "" {
		return domainOf(c.Settings["address"])
	}
	return strings.ToLower(tenantName(c))
}

// gather says once for the organisation what holds for all its tenants.
func (o *Organisation) gather() {
	o.Mailboxes = o.LikelyMailboxes()
	for i := range o.Tenants {
		slices.Sort(o.Tenants[i].Services)
	}
	o.Services = nil
	o.share()
}

// share makes what the first tenant uses what the organisation uses, and lets
// tenants that use the same say nothing of their own.
func (o *Organisation) share() {
	for i := range o.Tenants {
		if len(o.Services) == 0 {
			o.Services = o.Tenants[i].Services
		}
	}
	for i := range o.Tenants {
		if t := &o.Tenants[i]; slices.Equal(t.Services, o.Services) {
			t.Services = nil
		}
	}
}
