package entra

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"fairlead/assets"
)

func TestAdminConsent(t *testing.T) {
	b := newBench(t)
	page := b.browse(consentURL("contoso.example"), "admin@contoso.example")
	for _, want := range []string{"Permissions requested", "Contoso Connector (LAB)", "Use Exchange Web Services with full access to all mailboxes", "Review for your organisation"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the consent page lacks %q: %s", want, page.body)
		}
	}
	q := b.click(page, consentURL("contoso.example"), "accept").back(t)
	tid := Tenants()[0].ID()
	if q.Get("admin_consent") != "True" || q.Get("tenant") != tid || q.Get("state") != "s t&te" ||
		q.Get("scope") != "https://graph.microsoft.com/.default" || q.Has("code") || q.Has("error") {
		t.Errorf("what came back: %v", q)
	}
	want := []string{"Application.Read.All", "Mail.ReadWrite", "full_access_as_app"}
	if got := b.Granted("contoso.example", Own); !slices.Equal(got, want) {
		t.Errorf("granted are %v", got)
	}
	if got := b.Granted("fabrikam.example", Own); got != nil {
		t.Errorf("granted in another tenant are %v", got)
	}
	// Once more grants nothing twice.
	b.browse(consentURL("contoso.example"), "admin@contoso.example", "accept")
	if got := b.Granted("contoso.example", Own); !slices.Equal(got, want) {
		t.Errorf("granted are %v", got)
	}
	b.Revoke("contoso.example", Own)
	if got := b.Granted("contoso.example", Own); got != nil {
		t.Errorf("after it was revoked: %v", got)
	}
}

// TestFirstVersionOfConsent is that of the v1 endpoint, which needs no scope
// and, with a service's own application, no redirect address either.
func TestFirstVersionOfConsent(t *testing.T) {
	b := newBench(t)
	id := ServiceApplication("continuity")
	page := b.browse(login+"organizations/adminconsent?state=1&client_id="+id, "admin@fabrikam.example", "accept")
	if to := page.header.Get("Location"); !strings.HasPrefix(to, ConsoleRedirect+"?") {
		t.Errorf("it leads to %s", to)
	}
	if q := page.back(t); q.Get("admin_consent") != "True" || q.Get("tenant") != Tenants()[1].ID() || q.Has("scope") {
		t.Errorf("what came back: %v", q)
	}
	c, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := c.Service("continuity")
	u, _ := s.Usage("microsoft365")
	var want []string
	for _, p := range u.Permissions {
		want = append(want, p.Name)
	}
	if got := b.Granted("fabrikam.example", id); !slices.Equal(got, want) {
		t.Errorf("granted are %v, the catalogue says %v", got, want)
	}
}

// TestConsentRefused looks at what comes back where consent is not given. The
// error redirects of admin consent say admin_consent=True all the same.
func TestConsentRefused(t *testing.T) {
	v1 := login + "contoso.example/adminconsent?state=s+t%26te&redirect_uri=http://localhost:50123&client_id=" + Own
	for name, c := range map[string]struct {
		address string
		faults  []string
		buttons []string
		error   string
		code    string
	}{
		"declined":              {consentURL("contoso.example"), nil, []string{"admin@contoso.example", "cancel"}, "consent_required", "AADSTS65004"},
		"declined, v1":          {v1, nil, []string{"admin@contoso.example", "cancel"}, "access_denied", "AADSTS65004"},
		"declined at sign-in":   {authorizeURL("contoso.example"), nil, []string{"admin@contoso.example", "cancel"}, "access_denied", "AADSTS65004"},
		"not an admin":          {consentURL("contoso.example"), nil, []string{"user@contoso.example", "back"}, "access_denied", "AADSTS90094"},
		"not at sign-in":        {authorizeURL("contoso.example"), nil, []string{"user@contoso.example", "back"}, "access_denied", "AADSTS90094"},
		"not for Graph's roles": {consentURL("contoso.example"), nil, []string{"apps@contoso.example", "back"}, "access_denied", "AADSTS90094"},
		"workflow":              {consentURL("contoso.example"), []string{"consent-workflow"}, []string{"user@contoso.example", "request", "back"}, "access_denied", "AADSTS90095"},
		"workflow, no request":  {authorizeURL("contoso.example"), []string{"consent-workflow"}, []string{"user@contoso.example", "back"}, "access_denied", "AADSTS90095"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.faults...)
			q := b.browse(c.address, c.buttons...).back(t)
			if q.Get("error") != c.error || !strings.HasPrefix(q.Get("error_description"), c.code+": ") || q.Get("state") != "s t&te" {
				t.Errorf("what came back: %v", q)
			}
			if isConsent := strings.Contains(c.address, "adminconsent"); (q.Get("admin_consent") == "True") != isConsent {
				t.Errorf("admin_consent is %q", q.Get("admin_consent"))
			}
			if got := b.Granted("contoso.example", Own); got != nil {
				t.Errorf("granted are %v", got)
			}
		})
	}
}

// TestWrongAccounts are told so on a page that leads nowhere, and can choose
// another account where an administrator is needed.
func TestWrongAccounts(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct{ address, account, code string }{
		"another tenant's":        {authorizeURL("contoso.example"), "admin@fabrikam.example", "AADSTS50020"},
		"another's, consent":      {consentURL("contoso.example"), "admin@fabrikam.example", "AADSTS50020"},
		"personal":                {authorizeURL("contoso.example"), Stranger, "AADSTS50020"},
		"personal, organizations": {authorizeURL("organizations"), Stranger, "AADSTS500208"},
	} {
		page := b.browse(c.address, c.account)
		if page.status != http.StatusBadRequest || !strings.Contains(page.body, c.code+":") || !strings.Contains(page.body, strings.ToLower(c.account)) {
			t.Errorf("%s: %d %s", name, page.status, page.body)
		}
	}
	page := b.browse(consentURL("contoso.example"), "user@contoso.example", "", "admin@contoso.example", "accept")
	if q := page.back(t); q.Get("admin_consent") != "True" || q.Has("error") {
		t.Errorf("after another account was chosen: %v", q)
	}
}

// TestWhoMayGrant: an application administrator may grant everything but the
// application permissions of Graph.
func TestWhoMayGrant(t *testing.T) {
	b := newBench(t)
	q := b.browse(consentURL("contoso.example", "client_id", Verifier, "scope", "https://graph.microsoft.com/.default"), "apps@contoso.example", "accept").back(t)
	if q.Has("error") || len(b.Granted("contoso.example", Verifier)) != 1 {
		t.Errorf("delegated permissions: %v", q)
	}
	id := ServiceApplication("remediation") // Exchange Online's alone
	page := b.browse(login+"contoso.example/adminconsent?client_id="+id, "apps@contoso.example", "accept")
	if q := page.back(t); q.Has("error") || len(b.Granted("contoso.example", id)) != 1 {
		t.Errorf("application permissions of Exchange Online: %v", q)
	}
	// Whoever consents for himself consents for nobody else.
	b.browse(authorizeURL("fabrikam.example"), "admin@fabrikam.example", "accept")
	if page := b.browse(authorizeURL("fabrikam.example"), "apps@fabrikam.example"); page.status != http.StatusOK || !strings.Contains(page.body, "Permissions requested") {
		t.Errorf("another admin is not asked: %d", page.status)
	}
	everyone := authorizeURL("fabrikam.example")
	page = b.click(b.browse(everyone, "apps@fabrikam.example"), everyone, "accept", "everyone", "yes")
	if page.back(t).Get("code") == "" || b.browse(everyone, "user@fabrikam.example").back(t).Get("code") == "" {
		t.Error("what was granted to everybody is not")
	}
}

// TestAccountsOfTheTenantComeFirst, so that Enter picks one of them.
func TestAccountsOfTheTenantComeFirst(t *testing.T) {
	b := newBench(t)
	for _, domain := range []string{"contoso.example", "fabrikam.example"} {
		page := b.browse(consentURL(domain))
		if !strings.Contains(page.body, `value="admin@`+domain+`" autofocus`) {
			t.Errorf("%s: Enter picks nobody of it: %s", domain, page.body)
		}
	}
	hinted := b.browse(authorizeURL("contoso.example", "login_hint", "user@contoso.example"))
	if !strings.Contains(hinted.body, `value="user@contoso.example" autofocus`) {
		t.Errorf("the hint is not taken: %s", hinted.body)
	}
}

func TestResponseModes(t *testing.T) {
	b := newBench(t)
	page := b.browse(authorizeURL("contoso.example", "response_mode", "fragment"), "admin@contoso.example", "accept")
	if to := page.header.Get("Location"); !strings.HasPrefix(to, loopback+"/#code=") {
		t.Errorf("fragment: %s", to)
	}
	page = b.browse(authorizeURL("contoso.example", "response_mode", "form_post"), "admin@contoso.example")
	if !strings.Contains(page.body, `action="`+loopback+`/"`) || !strings.Contains(page.body, `name="state" value="s t&amp;te"`) {
		t.Errorf("form_post: %s", page.body)
	}
}
