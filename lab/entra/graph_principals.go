package entra

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"fairlead/assets"
)

// visible is a principal as Graph shows it, or nil.
func (q *inquiry) visible(fits func(*principal) bool) *principal {
	p := q.tenant.principal(fits)
	hidden := p == nil || !q.arrived(p.since) ||
		q.on("principal-missing") && p.resource == "" && p.appID != Verifier ||
		q.on("resource-missing") && p.resource == "exchange"
	if hidden {
		return nil
	}
	return p
}

// search finds principals by a filter on their application id.
func (q *inquiry) search() {
	m := filter().FindStringSubmatch(q.r.URL.Query().Get("$filter"))
	if m == nil {
		q.refuse(http.StatusBadRequest, "Request_UnsupportedQuery", "The lab knows $filter=appId eq 'ID' alone.")
		return
	}
	found := []any{}
	if p := q.visible(func(p *principal) bool { return strings.EqualFold(p.appID, m[1]) }); p != nil {
		found = append(found, q.selected(q.properties(p)))
	}
	q.list("servicePrincipals", found)
}

// principal answers for one principal, or for a list below it.
func (q *inquiry) principal(fits func(*principal) bool, name, below string) {
	p := q.visible(fits)
	if p == nil {
		q.refuse(http.StatusNotFound, "Request_ResourceNotFound",
			"Resource '"+name+"' does not exist or one of its queried reference-property objects are not present.")
		return
	}
	switch below {
	case "":
		sendJSON(q.w, http.StatusOK, q.fields("servicePrincipals/$entity", q.selected(q.properties(p))))
	case "/appRoleAssignments":
		q.list("appRoleAssignments", q.assignments(p))
	case "/oauth2PermissionGrants":
		q.list("oauth2PermissionGrants", q.permissionGrants(p))
	default:
		q.refuse(http.StatusBadRequest, "BadRequest", "Resource not found for the segment '"+below[1:]+"'.")
	}
}

func (q *inquiry) properties(p *principal) map[string]any {
	object := map[string]any{
		"id": p.id, "appId": p.appID, "displayName": p.name, "appDisplayName": p.name,
		"accountEnabled":         !q.on("principal-disabled") || p.resource != "" || p.appID == Verifier,
		"appOwnerOrganizationId": p.publisher, "servicePrincipalType": "Application", "appRoleAssignmentRequired": false,
		"appRoles": []any{}, "oauth2PermissionScopes": []any{},
	}
	for _, r := range q.resources {
		if r.ID == p.resource {
			object["appRoles"], object["oauth2PermissionScopes"] = named(r.Roles, "Application"), named(r.Scopes, "User")
		}
	}
	return object
}

// selected keeps the properties that $select names.
func (q *inquiry) selected(object map[string]any) map[string]any {
	wanted := q.r.URL.Query().Get("$select")
	if wanted == "" {
		return object
	}
	kept := map[string]any{}
	for _, name := range strings.Split(wanted, ",") {
		name = strings.TrimSpace(name)
		if value, there := object[name]; there {
			kept[name] = value
		}
	}
	return kept
}

// resourceOf is the principal of a resource in the tenant.
func (q *inquiry) resourceOf(r assets.Resource) *principal {
	return q.tenant.principalOf(r.Application)
}

// assignments are the application permissions that a principal has.
func (q *inquiry) assignments(p *principal) []any {
	list := []any{}
	for _, g := range p.grants {
		if g.need.kind != assets.ForApplication || !q.arrived(g.since) {
			continue
		}
		resource := q.resourceOf(g.need.resource)
		list = append(list, map[string]any{
			"id": encode([]byte(g.id)), "createdDateTime": g.since.UTC().Format(time.RFC3339), "deletedDateTime": nil,
			"appRoleId": g.need.grant.ID, "principalId": p.id, "principalDisplayName": p.name, "principalType": "ServicePrincipal",
			"resourceId": resource.id, "resourceDisplayName": resource.name,
		})
	}
	return list
}

// permissionGrants are the delegated permissions: one entry for each resource
// and each user, with the names of the scopes.
func (q *inquiry) permissionGrants(p *principal) []any {
	list := []any{}
	type key struct{ resource, user string }
	scopes, order := map[key][]string{}, []key{}
	for _, g := range p.grants {
		if g.need.kind != assets.Delegated || !q.arrived(g.since) {
			continue
		}
		k := key{q.resourceOf(g.need.resource).id, g.user}
		if !slices.Contains(order, k) {
			order = append(order, k)
		}
		scopes[k] = append(scopes[k], g.need.grant.Name)
	}
	for _, k := range order {
		entry := map[string]any{
			"id": encode([]byte(p.id + k.resource + k.user)), "clientId": p.id, "consentType": "AllPrincipals", "principalId": nil,
			"resourceId": k.resource, "scope": " " + strings.Join(scopes[k], " "),
		}
		if k.user != "" {
			entry["consentType"], entry["principalId"] = "Principal", k.user
		}
		list = append(list, entry)
	}
	return list
}
