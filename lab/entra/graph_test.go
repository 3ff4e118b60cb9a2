package entra

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// all follows @odata.nextLink to the end.
func (b *bench) all(token any, path string) []map[string]any {
	b.t.Helper()
	var list []map[string]any
	for path != "" {
		o := b.ask(token, path).object(b.t)
		for _, v := range o["value"].([]any) {
			list = append(list, v.(map[string]any))
		}
		next, _ := o["@odata.nextLink"].(string)
		path = strings.TrimPrefix(next, graphAt)
	}
	return list
}

// TestWhatWasGranted asks Graph as the verification does.
func TestWhatWasGranted(t *testing.T) {
	b := newBench(t)
	token := b.signedIn()["access_token"]
	at := "servicePrincipals(appId='" + Own + "')"
	if a := b.ask(token, at); a.status != http.StatusNotFound || !strings.Contains(a.body, "Request_ResourceNotFound") {
		t.Errorf("before consent: %d %s", a.status, a.body)
	}
	b.browse(consentURL("contoso.example"), "admin@contoso.example", "accept")
	p := b.ask(token, at+"?$select=id,appId,displayName,accountEnabled,appOwnerOrganizationId").object(t)
	if p["appId"] != Own || p["accountEnabled"] != true || p["appOwnerOrganizationId"] != Tenants()[0].ID() || p["appRoles"] != nil {
		t.Errorf("the principal: %v", p)
	}
	roles := map[string]string{} // by resource and role id
	for _, resource := range []string{"00000003-0000-0000-c000-000000000000", "00000002-0000-0ff1-ce00-000000000000"} {
		o := b.ask(token, "servicePrincipals(appId='"+resource+"')?$select=id,appRoles").object(t)
		for _, r := range o["appRoles"].([]any) {
			r := r.(map[string]any)
			roles[fmt.Sprint(o["id"], r["id"])] = r["value"].(string)
		}
	}
	var names []string
	for _, a := range b.all(token, fmt.Sprintf("servicePrincipals/%v/appRoleAssignments", p["id"])) {
		if a["principalId"] != p["id"] {
			t.Errorf("an assignment of another principal: %v", a)
		}
		names = append(names, roles[fmt.Sprint(a["resourceId"], a["appRoleId"])])
	}
	if got := strings.Join(names, " "); got != "Mail.ReadWrite full_access_as_app" {
		t.Errorf("the roles are %q", got)
	}
	grants := b.all(token, at+"/oauth2PermissionGrants")
	if len(grants) != 1 || grants[0]["consentType"] != "AllPrincipals" || strings.TrimSpace(grants[0]["scope"].(string)) != "Application.Read.All" {
		t.Errorf("the delegated permissions: %v", grants)
	}
	own := b.all(token, "servicePrincipals(appId='"+Verifier+"')/oauth2PermissionGrants")
	if len(own) != 1 || own[0]["consentType"] != "Principal" || own[0]["principalId"] == nil {
		t.Errorf("those of the verifier: %v", own)
	}
	if found := b.all(token, "servicePrincipals?$filter=appId%20eq%20'"+Own+"'"); len(found) != 1 || found[0]["id"] != p["id"] {
		t.Errorf("searched: %v", found)
	}
	org := b.all(token, "organization")
	if len(org) != 1 || org[0]["id"] != Tenants()[0].ID() || org[0]["displayName"] != "Contoso" {
		t.Errorf("the organisation: %v", org)
	}
}

// TestPages: a list is longer than a page, and its link leads on.
func TestPages(t *testing.T) {
	b := newBench(t, "grant-too-much")
	token := b.signedIn()["access_token"]
	b.browse(consentURL("contoso.example"), "admin@contoso.example", "accept")
	at := "servicePrincipals(appId='" + Own + "')/appRoleAssignments"
	first := b.ask(token, at).object(t)
	if len(first["value"].([]any)) != pageSize || first["@odata.nextLink"] == nil {
		t.Errorf("the first page: %v", first)
	}
	if all := b.all(token, at); len(all) != 3 {
		t.Errorf("of three there are %v", all)
	}
	if top := b.ask(token, at+"?$top=999").object(t); len(top["value"].([]any)) != 3 || top["@odata.nextLink"] != nil {
		t.Errorf("with $top: %v", top)
	}
}

// TestReplication moves the clock, and nobody waits.
func TestReplication(t *testing.T) {
	b := newBench(t)
	token := b.signedIn()["access_token"]
	if err := b.Set("replication-slow", true); err != nil {
		t.Fatal(err)
	}
	b.browse(consentURL("contoso.example"), "admin@contoso.example", "accept")
	at := "servicePrincipals(appId='" + Own + "')"
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{0, 404}, {slowReplication - time.Second, 404}, {time.Second, 200}} {
		b.clock.move(step.after)
		if a := b.ask(token, at); a.status != step.want {
			t.Errorf("after another %s: %d", step.after, a.status)
		}
	}
	if list := b.all(token, at+"/appRoleAssignments"); len(list) != 2 {
		t.Errorf("the assignments: %v", list)
	}
}

// TestTokensAreChecked tries tokens that Graph must not take.
func TestTokensAreChecked(t *testing.T) {
	b := newBench(t)
	o := b.signedIn()
	good := o["access_token"].(string)
	claims := claimsOf(t, good)
	k := b.keys()
	with := func(name string, value any) string {
		changed := map[string]any{}
		for n, v := range claims {
			changed[n] = v
		}
		changed[name] = value
		return sign(k.signing, k.signingID, changed)
	}
	parts := strings.Split(good, ".")
	for name, c := range map[string]struct {
		token  string
		status int
	}{
		"good":            {good, 200},
		"none":            {"", 401},
		"not a token":     {"abc", 401},
		"unsigned":        {unsigned(claims), 401},
		"another key":     {sign(k.stranger, k.signingID, claims), 401},
		"no signature":    {parts[0] + "." + parts[1] + ".", 401},
		"the id token":    {o["id_token"].(string), 401},
		"another cloud":   {with("aud", "https://graph.microsoft.us"), 401},
		"another tenant":  {with("tid", stableID("nobody")), 401},
		"no scope for it": {with("scp", "openid User.Read"), 403},
		"expired":         {with("exp", b.clock.now().Unix()), 401},
	} {
		if a := b.ask(c.token, "organization"); a.status != c.status {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := b.send(http.MethodGet, graphAt+"organization", ""); a.status != 401 {
		t.Errorf("without a token: %d", a.status)
	}
	for path, want := range map[string]int{
		"users": 400, "servicePrincipals": 400, "servicePrincipals/x": 404, "servicePrincipals?$filter=x": 400,
		"servicePrincipals(appId='" + Verifier + "')/owners": 400,
	} {
		if a := b.ask(good, path); a.status != want {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if a := b.send(http.MethodPost, graphAt+"organization", "a=b", "Authorization", "Bearer "+good); a.status != 405 {
		t.Errorf("POST: %d", a.status)
	}
}
