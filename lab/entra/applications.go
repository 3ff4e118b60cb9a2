package entra

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"fairlead/assets"
)

// The applications in the lab, by their client ids. They are registered in
// every cloud alike, which the real ones are not.
var (
	// Verifier is a public client that reads what was granted. Its redirect
	// addresses are http://localhost and http://127.0.0.1.
	Verifier = stableID("application verifier")
	// Own is an application of the organisation's own with the same redirect
	// addresses, which asks for permissions as a service does.
	Own = stableID("application own")
	// SingleTenant is Contoso's own, and no other tenant's.
	SingleTenant = stableID("application single tenant")
)

// ServiceApplication is the client id of a service's own application, by the
// service's id in the catalogue.
func ServiceApplication(service string) string { return stableID("application of " + service) }

// ConsoleRedirect is where the services' own applications lead to after consent.
const ConsoleRedirect = "https://console.services.example/connectors/return"

// application is a registration.
type application struct {
	id, name, publisher string
	home                string // the tenant where it is registered, by id
	single              bool   // only that tenant can use it
	public              bool   // it has no secret
	redirects           []string
	needs               []need
}

// need is a permission that an application asks for.
type need struct {
	kind     assets.Kind
	resource assets.Resource
	grant    assets.Grant
}

func (a *application) has(kind assets.Kind) bool {
	return slices.ContainsFunc(a.needs, func(n need) bool { return n.kind == kind })
}

// accepts reports whether a redirect address is registered. Those of native
// clients may have any port (RFC 8252, section 7.3).
func (a *application) accepts(address string) bool {
	return slices.ContainsFunc(a.redirects, func(registered string) bool {
		return address == registered || a.public && sameLoopback(address, registered)
	})
}

func sameLoopback(address, registered string) bool {
	a, errA := url.Parse(address)
	b, errB := url.Parse(registered)
	if errA != nil || errB != nil || a.User != nil || a.Scheme != "http" || b.Scheme != "http" || a.Hostname() != b.Hostname() {
		return false
	}
	host := a.Hostname()
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return false
	}
	path := func(u *url.URL) string { return strings.TrimSuffix(u.EscapedPath(), "/") }
	return path(a) == path(b) && a.RawQuery == b.RawQuery
}

func (e *Entra) application(id string) *application {
	i := slices.IndexFunc(e.applications, func(a *application) bool { return strings.EqualFold(a.id, id) })
	if i < 0 {
		return nil
	}
	return e.applications[i]
}

func sampleApplications(c assets.Catalogue) []*application {
	loopback := []string{"http://localhost", "http://127.0.0.1", "http://localhost/callback/m365", "http://127.0.0.1/callback/m365"}
	vendor, contoso := stableID("tenant of the vendor"), Tenants()[0].ID()
	ask := func(kind assets.Kind, resource, name string) need {
		r, _ := c.Resource(resource)
		g, known := r.Grant(kind, name)
		if !known {
			panic(name + " is no permission of " + resource) // a mistake in this file
		}
		return need{kind, r, g}
	}
	read := ask(assets.Delegated, "graph", "Application.Read.All")
	own := []need{
		read, ask(assets.ForApplication, "graph", "Mail.ReadWrite"), ask(assets.ForApplication, "exchange", "full_access_as_app"),
	}
	list := []*application{
		{id: Verifier, name: "Connector Check (LAB)", publisher: "Contoso", home: contoso, public: true, redirects: loopback, needs: []need{read}},
		{id: Own, name: "Contoso Connector (LAB)", publisher: "Contoso", home: contoso, public: true, redirects: loopback, needs: own},
		{id: SingleTenant, name: "Contoso Only (LAB)", publisher: "Contoso", home: contoso, single: true, public: true, redirects: loopback, needs: []need{read}},
	}
	for _, s := range c.Services {
		u, uses := s.Usage("microsoft365")
		if !uses {
			continue
		}
		a := &application{id: ServiceApplication(s.ID), name: s.Name + " (LAB)", publisher: "Services (LAB)", home: vendor, redirects: []string{ConsoleRedirect}}
		for _, p := range u.Permissions {
			a.needs = append(a.needs, ask(p.Kind, p.Resource, p.Name))
		}
		if len(a.needs) == 0 { // nobody knows what it asks for; the lab's asks for this
			a.needs = []need{ask(assets.Delegated, "graph", "User.Read")}
		}
		list = append(list, a)
	}
	return list
}
