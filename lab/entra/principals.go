package entra

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fairlead/assets"
)

// principal is an application in a tenant (a service principal).
type principal struct {
	id, appID, name string
	publisher       string // the tenant where it is registered, by id
	resource        string // by id, if it is one of Microsoft's own
	since           time.Time
	grants          []grant
}

// grant is a permission that a principal has.
type grant struct {
	id    string
	need  need
	user  string // who alone is concerned, by id; empty means everybody
	since time.Time
}

func (t *tenant) principal(fits func(*principal) bool) *principal {
	i := slices.IndexFunc(t.principals, fits)
	if i < 0 {
		return nil
	}
	return t.principals[i]
}

func (t *tenant) principalOf(appID string) *principal {
	return t.principal(func(p *principal) bool { return strings.EqualFold(p.appID, appID) })
}

// provision returns the principal of an application and makes it if needed.
func (e *Entra) provision(t *tenant, a *application) *principal {
	if p := t.principalOf(a.id); p != nil {
		return p
	}
	p := &principal{id: uuid.NewString(), appID: a.id, name: a.name, publisher: a.home, since: e.now()}
	t.principals = append(t.principals, p)
	return p
}

// grant gives an application permissions in a tenant: to everybody, or of those
// that are delegated to one user. The error says that it cannot be remembered.
func (e *Entra) grant(t *tenant, a *application, needs []need, user string) error {
	p := e.provision(t, a)
	for i, n := range needs {
		if user != "" && n.kind != assets.Delegated || p.granted(n, user) || e.on("grant-incomplete") && i == len(needs)-1 && i > 0 {
			continue
		}
		p.grants = append(p.grants, grant{uuid.NewString(), n, user, e.now()})
	}
	if e.on("grant-too-much") {
		r := e.resources[0]
		all, _ := r.Grant(assets.ForApplication, "Directory.ReadWrite.All")
		if extra := (need{assets.ForApplication, r, all}); !p.granted(extra, "") {
			p.grants = append(p.grants, grant{uuid.NewString(), extra, "", e.now()})
		}
	}
	return e.remember()
}

// granted reports whether a permission is there, for a user or everybody.
func (p *principal) granted(n need, user string) bool {
	return p != nil && slices.ContainsFunc(p.grants, func(g grant) bool {
		return g.need.kind == n.kind && g.need.grant.ID == n.grant.ID && (g.user == "" || g.user == user)
	})
}

// Revoke takes an application out of a tenant, with all that it was granted.
func (e *Entra) Revoke(tenant, appID string) error {
	e.cloud.Lock()
	defer e.cloud.Unlock()
	if t := e.tenant(tenant); t != nil {
		t.principals = slices.DeleteFunc(t.principals, func(p *principal) bool { return strings.EqualFold(p.appID, appID) })
	}
	return e.remember()
}

// Granted lists the names of the permissions that an application has in a
// tenant, whether Graph knows of them yet or not.
func (e *Entra) Granted(tenant, appID string) []string {
	e.cloud.Lock()
	defer e.cloud.Unlock()
	var names []string
	if t := e.tenant(tenant); t != nil {
		if p := t.principalOf(appID); p != nil {
			for _, g := range p.grants {
				names = append(names, g.need.grant.Name)
			}
		}
	}
	return names
}
