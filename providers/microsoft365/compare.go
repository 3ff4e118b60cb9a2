package microsoft365

import (
	"slices"
	"strings"

	"fairlead/assets"
)

// granted is a permission that the application has in the tenant.
type granted struct {
	Kind     assets.Kind
	Resource string // application id of the resource, or its name where that is not in the catalogue
	ID       string // of an application permission
	Name     string // as the resource calls it
}

// String names it as an administrator knows it.
func (g granted) String() string {
	return g.Name + map[assets.Kind]string{assets.ForApplication: " (application)", assets.Delegated: " (delegated)"}[g.Kind]
}

// comparison is what was granted beside what the catalogue says is asked for.
type comparison struct {
	Granted []granted // of what is needed
	Missing []granted
	More    []granted // not in the catalogue
}

// nothing reports whether nothing was found granted, or nothing was looked at.
func (c comparison) nothing() bool { return len(c.Granted)+len(c.More) == 0 }

// needed is a permission of the catalogue in the form of what Graph says.
func needed(c assets.Catalogue, p assets.Permission) granted {
	r, _ := c.Resource(p.Resource) // the catalogue was checked when it was read
	return granted{p.Kind, r.Application, p.Grant.ID, p.Name}
}

func (g granted) same(o granted) bool {
	if g.Kind != o.Kind || !strings.EqualFold(g.Resource, o.Resource) {
		return false
	}
	if g.Kind == assets.ForApplication {
		return strings.EqualFold(g.ID, o.ID)
	}
	return g.Name == o.Name
}

// compare holds what was granted against what is needed. A permission in ours
// is one that Fairlead itself asked for, and no excess.
func compare(have, need []granted, ours ...granted) comparison {
	var c comparison
	for _, n := range need {
		if slices.ContainsFunc(have, n.same) {
			c.Granted = append(c.Granted, n)
		} else {
			c.Missing = append(c.Missing, n)
		}
	}
	for _, h := range have {
		if !slices.ContainsFunc(need, h.same) && !slices.ContainsFunc(ours, h.same) && !slices.ContainsFunc(c.More, h.same) {
			c.More = append(c.More, h)
		}
	}
	return c
}

// names lists permissions, each as an administrator knows it.
func names(list []granted) []string {
	var all []string
	for _, g := range list {
		all = append(all, g.String())
	}
	return all
}

// read turns what Graph lists into permissions. Resources are principals by
// their id in the tenant; those that are not known keep their names.
func read(roles []assignment, scopes []scopeGrant, resources map[string]assets.Resource) []granted {
	var all []granted
	for _, a := range roles {
		g := granted{assets.ForApplication, a.Name, a.Role, "a permission with the id " + a.Role}
		if r, known := resources[a.Resource]; known {
			g.Resource = r.Application
			if role, ok := r.Role(a.Role); ok {
				g.Name = role.Name
			}
		}
		all = append(all, g)
	}
	for _, s := range scopes {
		if s.Consent != "AllPrincipals" {
			continue // for one person alone: not the organisation's grant
		}
		r, known := resources[s.Resource]
		for _, name := range strings.Fields(s.Scope) {
			if oidc := []string{"openid", "profile", "email", "offline_access"}; slices.Contains(oidc, name) {
				continue // they come with every sign-in and open no data
			}
			g := granted{Kind: assets.Delegated, Resource: s.Resource, Name: name}
			if known {
				g.Resource = r.Application
			}
			all = append(all, g)
		}
	}
	return all
}
