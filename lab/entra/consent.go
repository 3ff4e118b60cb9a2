package entra

import (
	"net/http"
	"slices"
	"strings"

	"fairlead/assets"
)

// consent asks for permissions and reports whether they are granted now. If it
// returns false it has answered: with a page, or with an error that leads back.
// Whole asks for the organisation and never for one person.
func (v *visit) consent(missing []need, whole bool) bool {
	if t, on := v.switched(atConsent); on {
		return v.approval(t)
	}
	if len(missing) == 0 && !whole {
		return v.returns()
	}
	if v.on("resource-missing") && slices.ContainsFunc(missing, func(n need) bool { return n.resource.ID == "exchange" }) {
		return v.stop(v.trouble("650052"))
	}
	mayGrant := !slices.ContainsFunc(missing, func(n need) bool { return !v.user.mayGrant(n) && (whole || adminOnly(n)) })
	if !mayGrant || whole && v.user.role == "" {
		return v.approval(v.trouble(map[bool]string{false: "90094", true: "90095"}[v.on("consent-workflow")]))
	}
	switch v.r.PostForm.Get("action") {
	case "cancel":
		t := v.trouble("65004")
		if whole && strings.HasSuffix(v.r.URL.Path, "/v2.0/adminconsent") {
			t.oauth = "consent_required"
		}
		v.back(t)
		return false
	case "accept":
	default:
		v.page(http.StatusOK, "consent", map[string]any{
			"Application": v.app, "Needs": listed(missing), "User": v.user, "Whole": whole,
			"Choice": !whole && v.user.role != "", "Organisation": v.tenant.name,
		})
		return false
	}
	if !v.returns() {
		return false
	}
	user := v.user.id
	if whole || v.r.PostForm.Get("everyone") != "" {
		user = ""
	}
	if !v.on("grant-never-arrives") || v.app.id == Verifier {
		if err := v.grant(v.tenant, v.app, missing, user); err != nil {
			return v.forgets(err)
		}
	}
	return true
}

// returns reports whether a good answer may go back, and sends the error that a
// fault puts in its place.
func (v *visit) returns() bool {
	if t, on := v.switched(atReturn); on {
		v.back(t)
		return false
	}
	return true
}

// forgets says that what was granted cannot be remembered.
func (v *visit) forgets(err error) bool {
	http.Error(v.w, "LAB: "+err.Error(), http.StatusInternalServerError)
	return false
}

// adminOnly reports whether a user may not grant a permission even for himself.
func adminOnly(n need) bool { return n.kind == assets.ForApplication || n.grant.Name != "User.Read" }

// approval says that an administrator is needed, and leads back if asked to.
func (v *visit) approval(t trouble) bool {
	action := v.r.PostForm.Get("action")
	switch {
	case action == "back":
		v.back(t)
	case action == "request" && t.code == "90095":
		v.page(http.StatusOK, "requested", map[string]any{"User": v.user, "Application": v.app})
	default:
		v.page(http.StatusOK, "approval", map[string]any{
			"User": v.user, "Application": v.app, "Workflow": t.code == "90095", "Description": v.describe(t),
		})
	}
	return false
}

// listed are permissions as a consent page words them.
func listed(needs []need) []string {
	var list []string
	for _, n := range needs {
		if !slices.Contains(list, n.grant.Display) {
			list = append(list, n.grant.Display)
		}
	}
	return list
}

// adminConsent is the admin consent endpoint, in its second version or the
// first. Neither brings a code: the redirect is all, and proves nothing.
func (v *visit) adminConsent(second bool) {
	if v.authority == "common" || v.authority == "consumers" {
		v.stop(v.trouble("90130"))
		return
	}
	if v.form.Get("redirect_uri") == "" { // the first one that is registered
		if a := v.application(v.form.Get("client_id")); a != nil {
			v.form.Set("redirect_uri", a.redirects[0])
		}
	}
	if !v.begin() {
		return
	}
	scope := v.form.Get("scope")
	if second {
		asked, known := v.scopes(scope)
		switch {
		case scope == "":
			v.stop(v.trouble("900144"))
			return
		case !known || v.app.has(assets.ForApplication) && !asked.settled:
			v.back(v.trouble("70011"))
			return
		}
	}
	if !v.signIn() || !v.consent(v.app.needs, true) {
		return
	}
	tenant := v.tenant.id
	if v.on("redirect-forged-tenant") {
		tenant = stableID("tenant of somebody else")
	}
	answer := []string{"admin_consent", "True", "tenant", tenant}
	if second {
		answer = append(answer, "scope", scope)
	}
	v.redirect(answer...)
}
