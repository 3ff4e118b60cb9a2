package entra

import (
	"slices"
	"strings"
	"time"

	"fairlead/assets"
)

// Tenant is one of the organisations in the lab.
type Tenant struct {
	Domain string // such as "contoso.example"
	Cloud  string // by id, as in assets/clouds.yaml
}

// ID is the tenant's id, the same in every run.
func (t Tenant) ID() string { return stableID("tenant " + t.Domain) }

// Tenants lists the organisations in the lab: two worldwide, one in every other
// cloud. Each has the same people, see [Admin].
func Tenants() []Tenant {
	return []Tenant{
		{"contoso.example", "worldwide"},
		{"fabrikam.example", "worldwide"},
		{"gcc.contoso.example", "gcc"},
		{"gcc-high.contoso.example", "gcc-high"},
		{"dod.contoso.example", "dod"},
		{"china.contoso.example", "china"},
		{"bleu.contoso.example", "bleu"},
		{"delos.contoso.example", "delos"},
	}
}

// The people of every tenant, by what stands before the @.
const (
	Admin    = "admin" // Global Administrator
	AppAdmin = "apps"  // Application Administrator: may not grant application permissions of Graph
	User     = "user"  // nobody in particular
)

// Stranger is a personal account, which belongs to no tenant.
const Stranger = "someone@outlook.example"

// personalTenant is the tenant of all personal accounts.
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

type tenant struct {
	id, domain string
	name       string
	cloud      assets.Cloud
	principals []*principal
}

// initial is the domain that every tenant starts with.
func (t *tenant) initial() string {
	end := map[string]string{"gcc-high": "onmicrosoft.us", "dod": "onmicrosoft.us", "china": "partner.onmschina.cn"}[t.cloud.ID]
	if end == "" {
		end = "onmicrosoft.com"
	}
	return strings.NewReplacer(".example", "", ".", "").Replace(t.domain) + "." + end
}

// is reports whether an authority in an address means this tenant.
func (t *tenant) is(authority string) bool {
	return strings.EqualFold(authority, t.id) || strings.EqualFold(authority, t.domain) || strings.EqualFold(authority, t.initial())
}

// user is somebody who can sign in.
type user struct {
	name, address, id string
	role              string // in Entra, or empty
	tenant            *tenant
}

// mayGrant reports whether the user may grant a permission to an application
// for the whole organisation.
func (u *user) mayGrant(n need) bool {
	switch u.role {
	case "Global Administrator":
		return true
	case "Application Administrator":
		return n.kind != assets.ForApplication || n.resource.ID != "graph"
	}
	return false
}

// people lists those of a tenant.
func (t *tenant) people() []*user {
	var list []*user
	for _, p := range []struct{ local, name, role string }{
		{Admin, "Ada Admin", "Global Administrator"},
		{AppAdmin, "Abel Apps", "Application Administrator"},
		{User, "Uma User", ""},
	} {
		address := p.local + "@" + t.domain
		list = append(list, &user{p.name, address, stableID("user " + address), p.role, t})
	}
	return list
}

// accounts lists who can sign in at a host: the people of its tenants, and a
// personal account in the worldwide cloud.
func (e *Entra) accounts(login string) []*user {
	var list []*user
	for _, t := range e.tenants {
		if t.cloud.Login == login {
			list = append(list, t.people()...)
		}
	}
	if login == e.clouds[0].Login {
		list = append(list, &user{"Sam Someone", Stranger, stableID("user " + Stranger), "", &tenant{id: personalTenant}})
	}
	return list
}

func (e *Entra) account(login, address string) *user {
	list := e.accounts(login)
	i := slices.IndexFunc(list, func(u *user) bool { return strings.EqualFold(u.address, address) })
	if i < 0 {
		return nil
	}
	return list[i]
}

func (e *Entra) tenant(authority string) *tenant {
	i := slices.IndexFunc(e.tenants, func(t *tenant) bool { return t.is(authority) })
	if i < 0 {
		return nil
	}
	return e.tenants[i]
}

// newTenant makes a tenant, in which the resources have their principals.
func (e *Entra) newTenant(sample Tenant) *tenant {
	cloud, _ := e.clouds.Find(sample.Cloud)
	name, _, _ := strings.Cut(sample.Domain, ".")
	t := &tenant{id: sample.ID(), domain: sample.Domain, name: strings.ToUpper(name[:1]) + name[1:], cloud: cloud}
	for _, r := range e.resources {
		t.principals = append(t.principals, &principal{
			id: stableID("principal " + r.ID + t.domain), appID: r.Application, name: r.Name,
			publisher: "f8cdef31-a31e-4b4a-93e4-5f571e91255a", // the tenant of Microsoft's own services
			resource:  r.ID, since: time.Time{},
		})
	}
	return t
}
