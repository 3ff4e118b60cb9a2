package entra

import (
	"slices"
	"strings"

	"fairlead/assets"
)

// request is what a scope parameter asks for.
type request struct {
	resource string   // of the first scope that has one, by id; the token is for it
	names    []string // of scopes of that resource, and of OpenID Connect
	needs    []need
	openID   bool
	offline  bool
	settled  bool // .default: what the registration lists, and nothing else
}

// scopes reads a scope parameter. A scope without a resource is one of Graph.
func (v *visit) scopes(parameter string) (request, bool) {
	q := request{resource: "graph"}
	for i, scope := range strings.Fields(parameter) {
		switch scope {
		case "openid", "profile", "email", "offline_access":
			q.openID = q.openID || scope == "openid"
			q.offline = q.offline || scope == "offline_access"
			q.names = append(q.names, scope)
			continue
		}
		resource, name, known := v.split(scope)
		if !known {
			return q, false
		}
		if len(q.needs) == 0 || i == 0 {
			q.resource = resource.ID
		}
		if name == ".default" {
			q.settled = true
			q.needs = append(q.needs, v.app.needs...)
			continue
		}
		g := slices.IndexFunc(resource.Scopes, func(g assets.Grant) bool { return strings.EqualFold(g.Name, name) })
		if g < 0 {
			return q, false
		}
		q.names = append(q.names, resource.Scopes[g].Name)
		q.needs = append(q.needs, need{assets.Delegated, resource, resource.Scopes[g]})
	}
	return q, true
}

// split takes a scope apart. A resource is named by its application id or by
// the address of its host in the cloud.
func (v *visit) split(scope string) (resource assets.Resource, name string, known bool) {
	at := strings.LastIndex(scope, "/")
	if at < 0 {
		return v.resources[0], scope, true
	}
	prefix := strings.TrimSuffix(strings.TrimPrefix(scope[:at], "api://"), "/")
	for _, r := range v.resources {
		if strings.EqualFold(prefix, r.Application) || slices.ContainsFunc(v.clouds, func(c assets.Cloud) bool {
			return c.Login == v.host && prefix == "https://"+map[string]string{"graph": c.Graph, "exchange": c.Exchange}[r.ID]
		}) {
			return r, scope[at+1:], true
		}
	}
	return assets.Resource{}, "", false
}

// missing are the permissions that are not granted yet; all of them where
// consent is asked for again.
func (v *visit) missing(needs []need, again bool) []need {
	if again {
		return needs
	}
	p := v.tenant.principalOf(v.app.id)
	return slices.DeleteFunc(slices.Clone(needs), func(n need) bool { return p.granted(n, v.user.id) })
}
