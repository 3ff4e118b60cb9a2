package plan

import (
	"slices"
	"strings"
	"time"

	"fairlead/connectors"
	"fairlead/wizard/page"
)

// Existing is what there is already. Drafts that make no connector are left out of
// account.
type Existing struct {
	Connectors []connectors.Connector
	Drafts     []connectors.Draft
}

// Draft is an unfinished wizard that will make a connector of the plan.
type Draft struct {
	ID, Title string
	Since     time.Time // when it was left, or when the wait for somebody began
	For       string    // whom it waits for, and what they have to do; empty where that is whoever goes on
}

// Waits says since when a draft waits, and for whom.
func (d *Draft) Waits() string {
	text := "waits since " + d.Since.Local().Format("2006-01-02 15:04")
	if d.For != "" {
		text += " for " + d.For
	}
	return text
}

// site is a tenant under one of its names, as the rules compare it.
type site struct{ provider, tenant string }

func siteOf(provider, tenant string) site { return site{provider, key(tenant)} }

// index finds what exists by its tenant.
type index struct {
	connectors []connectors.Connector
	at         map[site][]int // places in connectors
	drafts     map[site][]draftOf
	used       []bool // the connector belongs to a tenant of the environment
}

// draftOf is a draft with the services that its connector will serve.
type draftOf struct {
	*Draft
	services []string
}

func newIndex(have Existing) *index {
	x := &index{
		connectors: have.Connectors, at: make(map[site][]int, len(have.Connectors)), drafts: map[site][]draftOf{},
		used: make([]bool, len(have.Connectors)),
	}
	for i := range have.Connectors {
		c := &have.Connectors[i]
		tenant, typed := siteOf(c.Provider, c.Tenant), siteOf(c.Provider, c.Settings["domain"])
		x.at[tenant] = append(x.at[tenant], i)
		if typed.tenant != "" && typed != tenant {
			x.at[typed] = append(x.at[typed], i)
		}
	}
	for _, d := range have.Drafts {
		x.addDraft(d)
	}
	return x
}

// addDraft finds out what a draft would make. One that cannot be read, or has not
// come so far, is none of the plan's.
func (x *index) addDraft(d connectors.Draft) {
	left, err := page.ReadDraft(d.Answers)
	if err != nil || left.Answers == nil {
		return
	}
	draft, a := &Draft{ID: d.ID, Title: d.Title, Since: d.Updated}, left.Answers
	var tenants []string
	switch a.Text(answerProvider) {
	case microsoft365:
		tenants = []string{a.Text(answerTenant), a.Text(answerTenantID)}
		draft.wait(a, answerAsked, "an administrator of "+tenants[0]+", who has to grant the permissions")
	case google:
		tenants = []string{a.Text(answerCustomer)}
		draft.wait(a, answerDelegation, "an administrator of "+tenants[0]+", who has to authorise the client")
	case exchange:
		tenants = []string{domainOf(a.Text(answerAddress))}
	}
	for _, tenant := range tenants {
		if tenant != "" {
			at := siteOf(a.Text(answerProvider), tenant)
			x.drafts[at] = append(x.drafts[at], draftOf{draft, a.List(answerServices)})
		}
	}
}

// wait notes whom a draft waits for, if one of its answers says that it does, and
// since when.
func (d *Draft) wait(a *page.Answers, since, whom string) {
	if a.Text(since) != "" {
		d.Since, d.For = a.Since(since, d.Since), whom
	}
}

// found is what exists of one tenant.
type found struct {
	connectors []*connectors.Connector
	replaced   []*connectors.Connector // those that another one has the place of
	drafts     []draftOf
}

// find looks for a tenant under its names.
func (x *index) find(t *Tenant) found {
	var f found
	for _, name := range []string{t.Tenant, t.ID} {
		if name == "" {
			continue
		}
		at := siteOf(t.Provider, name)
		for _, i := range x.at[at] {
			if x.used[i] {
				continue
			}
			x.used[i] = true
			if c := &x.connectors[i]; c.Replaced {
				f.replaced = append(f.replaced, c)
			} else {
				f.connectors = append(f.connectors, c)
			}
		}
		f.drafts = append(f.drafts, x.drafts[at]...)
	}
	return f
}

// connector returns the tenant's connector for a service, or nil. Of Exchange it is
// that of the organisation, whether it serves the service or not.
func (f *found) connector(t *Tenant, service string) *connectors.Connector {
	for _, c := range f.connectors {
		if t.OnExchange() || serves(c, service) {
			return c
		}
	}
	return nil
}

// draft returns the draft of the tenant's connector for a service, or nil.
func (f *found) draft(t *Tenant, service string) *Draft {
	for _, d := range f.drafts {
		if t.OnExchange() || slices.Contains(d.services, service) {
			return d.Draft
		}
	}
	return nil
}

// verifier is the application that a connector of the tenant is verified with, or
// nothing. It is the tenant's own, and fits its other connectors too.
func (f *found) verifier() string {
	for _, c := range f.connectors {
		if v := c.Settings["verifier"]; v != "" {
			return v
		}
	}
	return ""
}

// outside are the connectors of tenants that the environment does not name.
func (x *index) outside() []connectors.Connector {
	var list []connectors.Connector
	for i := range x.connectors {
		if !x.used[i] {
			list = append(list, x.connectors[i])
		}
	}
	return list
}

// serves reports whether a connector serves a service.
func serves(c *connectors.Connector, service string) bool {
	return slices.Contains(c.Services, service)
}

// name of a tenant as people know it: the domain where an id is all that is given.
func tenantName(c *connectors.Connector) string {
	if domain := strings.TrimSpace(c.Settings["domain"]); domain != "" {
		return domain
	}
	return c.Tenant
}
