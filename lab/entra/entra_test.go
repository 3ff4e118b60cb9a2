package entra

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDiscovery(t *testing.T) {
	b := newBench(t)
	for _, tenant := range Tenants() {
		cloud, _ := b.clouds.Find(tenant.Cloud)
		at := "https://" + cloud.Login + "/"
		o := b.send(http.MethodGet, at+tenant.Domain+"/v2.0/.well-known/openid-configuration", "").object(t)
		if o["issuer"] != at+tenant.ID()+"/v2.0" || o["msgraph_host"] != cloud.Graph ||
			o["token_endpoint"] != at+tenant.ID()+"/oauth2/v2.0/token" {
			t.Errorf("%s: %v", tenant.Domain, o)
		}
		scope, _ := o["tenant_region_sub_scope"].(string)
		if found, _ := b.clouds.Of(o["msgraph_host"].(string), scope); found.ID != tenant.Cloud {
			t.Errorf("%s would be taken for one of the cloud %q", tenant.Domain, found.ID)
		}
	}
	for path, want := range map[string]string{
		"nobody.example/v2.0/.well-known/openid-configuration":           "AADSTS90002: Tenant 'nobody.example' not found.",
		"china.contoso.example/v2.0/.well-known/openid-configuration":    "AADSTS90002",
		"gcc-high.contoso.example/v2.0/.well-known/openid-configuration": "https://login.microsoftonline.us/",
		"organizations/v2.0/.well-known/openid-configuration":            "/{tenantid}/v2.0",
	} {
		a := b.send(http.MethodGet, login+path, "", "client-request-id", "me-1")
		if !strings.Contains(a.body, want) {
			t.Errorf("%s: %s", path, a.body)
		}
		if a.status == http.StatusOK {
			continue
		}
		if o := a.object(t); a.status != http.StatusBadRequest || o["error"] != "invalid_tenant" || o["trace_id"] == "" || o["correlation_id"] != "me-1" ||
			!strings.Contains(a.body, `"error_codes":[90002]`) {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
}

// TestSignIn goes through the code flow as a client does, and verifies the id
// token with the published keys.
func TestSignIn(t *testing.T) {
	b := newBench(t)
	page := b.browse(authorizeURL("organizations"), "admin@contoso.example", "accept")
	if to := page.header.Get("Location"); !strings.HasPrefix(to, loopback+"/?") {
		t.Errorf("an address without a path comes back as %q", to)
	}
	q := page.back(t)
	if q.Get("state") != "s t&te" || q.Get("code") == "" || q.Has("error") || q.Has("iss") {
		t.Errorf("what came back: %v", q)
	}
	o := b.redeem("organizations", q.Get("code")).object(t)
	if o["token_type"] != "Bearer" || o["expires_in"] != 3600.0 || o["scope"] != "openid profile offline_access Application.Read.All" {
		t.Errorf("the tokens: %v", o)
	}
	id := o["id_token"].(string)
	verifyByJWKS(t, b, id)
	c := claimsOf(t, id)
	tid := Tenants()[0].ID()
	if c["aud"] != Verifier || c["tid"] != tid || c["iss"] != login+tid+"/v2.0" || c["nonce"] != "n-1" ||
		c["preferred_username"] != "admin@contoso.example" || c["exp"].(float64) != float64(b.clock.now().Add(time.Hour).Unix()) {
		t.Errorf("the claims: %v", c)
	}
	again := b.send(http.MethodPost, login+"contoso.example/oauth2/v2.0/token",
		"grant_type=refresh_token&client_id="+Verifier+"&refresh_token="+o["refresh_token"].(string)).object(t)
	if again["access_token"] == nil || again["refresh_token"] == o["refresh_token"] {
		t.Errorf("refreshed: %v", again)
	}
	// The permission is granted, so that the next sign-in asks for nothing.
	if code := b.browse(authorizeURL("contoso.example"), "admin@contoso.example").back(t).Get("code"); code == "" {
		t.Error("the second sign-in brings no code")
	}
}

func verifyByJWKS(t *testing.T, b *bench, token string) {
	t.Helper()
	parts := strings.Split(token, ".")
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	o := b.send(http.MethodGet, login+"common/discovery/v2.0/keys", "").object(t)
	good := 0
	for _, k := range o["keys"].([]any) {
		k := k.(map[string]any)
		n, err := base64.RawURLEncoding.DecodeString(k["n"].(string))
		if err != nil || k["e"] != "AQAB" || k["kty"] != "RSA" {
			t.Fatal(k, err)
		}
		key := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: 65537}
		if rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil {
			good++
		}
	}
	if good != 1 {
		t.Errorf("%d of the published keys verify the token", good)
	}
}

// TestCodesAreGoodOnce tries what a thief or a careless client tries.
func TestCodesAreGoodOnce(t *testing.T) {
	b := newBench(t)
	code := func() string {
		page := b.browse(authorizeURL("contoso.example", "prompt", "consent"), "admin@contoso.example", "accept")
		return page.back(t).Get("code")
	}
	for name, c := range map[string]struct {
		changes []string
		want    string
	}{
		"another verifier":  {[]string{"code_verifier", strings.Repeat("x", 43)}, "AADSTS501481"},
		"no verifier":       {[]string{"code_verifier", ""}, "AADSTS501481"},
		"another redirect":  {[]string{"redirect_uri", "http://localhost:50124"}, "AADSTS50011"},
		"another client":    {[]string{"client_id", Own}, "AADSTS700023"},
		"an unknown client": {[]string{"client_id", "nobody"}, "AADSTS700016"},
		"a secret":          {[]string{"client_secret", "s"}, "AADSTS700025"},
		"a service's own":   {[]string{"client_id", ServiceApplication("continuity")}, "AADSTS7000218"},
		"a made-up code":    {[]string{"code", "AAAA"}, "AADSTS70000"},
		"no client":         {[]string{"client_id", ""}, "AADSTS900144"},
		"a password":        {[]string{"grant_type", "password"}, "AADSTS70003"},
	} {
		a := b.redeem("contoso.example", code(), c.changes...)
		if a.status < 400 || !strings.Contains(a.body, c.want+":") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := b.redeem("fabrikam.example", code()); !strings.Contains(a.body, "AADSTS70000:") {
		t.Errorf("another tenant: %s", a.body)
	}
	c := code()
	if a := b.redeem("contoso.example", c); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := b.redeem("contoso.example", c); !strings.Contains(a.body, "AADSTS54005:") {
		t.Errorf("the second time: %s", a.body)
	}
	c = code()
	b.clock.move(codeLife)
	if a := b.redeem("contoso.example", c); !strings.Contains(a.body, "AADSTS70008:") {
		t.Errorf("ten minutes later: %s", a.body)
	}
}

// TestBadRequestsStayHere are those that must not lead anywhere, for the
// address to lead to is not to be believed.
func TestBadRequestsStayHere(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct{ address, want string }{
		"another redirect":    {authorizeURL("contoso.example", "redirect_uri", "https://evil.example/"), "AADSTS50011"},
		"another path":        {authorizeURL("contoso.example", "redirect_uri", loopback+"/x"), "AADSTS50011"},
		"IPv6":                {authorizeURL("contoso.example", "redirect_uri", "http://[::1]:50123"), "AADSTS50011"},
		"a query":             {authorizeURL("contoso.example", "redirect_uri", loopback+"?a=b"), "AADSTS50011"},
		"somebody's name":     {authorizeURL("contoso.example", "redirect_uri", "http://localhost@evil.example"), "AADSTS50011"},
		"a service's own":     {consentURL("contoso.example", "client_id", ServiceApplication("continuity")), "AADSTS50011"},
		"no redirect":         {authorizeURL("contoso.example", "redirect_uri", ""), "AADSTS900971"},
		"no client":           {authorizeURL("contoso.example", "client_id", ""), "AADSTS900144"},
		"an unknown client":   {authorizeURL("contoso.example", "client_id", "nobody"), "AADSTS700016"},
		"an unknown tenant":   {authorizeURL("nobody.example"), "AADSTS90002"},
		"another cloud":       {authorizeURL("gcc-high.contoso.example"), "AADSTS90038"},
		"a single tenant":     {authorizeURL("organizations", "client_id", SingleTenant), "AADSTS50194"},
		"another single":      {authorizeURL("fabrikam.example", "client_id", SingleTenant), "AADSTS700016"},
		"consent for all":     {consentURL("common"), "AADSTS90130"},
		"consent to no scope": {consentURL("contoso.example", "scope", ""), "AADSTS900144"},
	} {
		a := b.browse(c.address)
		if a.status != http.StatusBadRequest || !strings.Contains(a.body, c.want+":") || a.header.Get("Location") != "" {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

// TestErrorsComeBack are those that the client learns of at once.
func TestErrorsComeBack(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct{ address, error, code string }{
		"response type":     {authorizeURL("contoso.example", "response_type", "token"), "unsupported_response_type", "AADSTS70005"},
		"scope":             {authorizeURL("contoso.example", "scope", "openid Everything.Please"), "invalid_scope", "AADSTS70011"},
		"another's scope":   {authorizeURL("contoso.example", "scope", "https://graph.microsoft.us/.default"), "invalid_scope", "AADSTS70011"},
		"plain challenge":   {authorizeURL("contoso.example", "code_challenge_method", "plain"), "invalid_request", "AADSTS50147"},
		"short challenge":   {authorizeURL("contoso.example", "code_challenge", "abc"), "invalid_request", "AADSTS50147"},
		"silent":            {authorizeURL("contoso.example", "prompt", "none"), "login_required", "AADSTS50058"},
		"consent by scopes": {consentURL("contoso.example", "scope", "User.Read"), "invalid_scope", "AADSTS70011"},
	} {
		q := b.browse(c.address).back(t)
		if q.Get("error") != c.error || !strings.HasPrefix(q.Get("error_description"), c.code+": ") ||
			!strings.Contains(q.Get("error_description"), "Trace ID: ") || q.Get("state") != "s t&te" || q.Has("code") {
			t.Errorf("%s: %v", name, q)
		}
	}
}

func TestDeviceCode(t *testing.T) {
	b := newBench(t)
	start := func() map[string]any {
		return b.send(http.MethodPost, login+"contoso.example/oauth2/v2.0/devicecode", "client_id="+Verifier+"&scope=openid+Application.Read.All").object(t)
	}
	poll := func(o map[string]any) answered {
		return b.send(http.MethodPost, login+"contoso.example/oauth2/v2.0/token",
			"client_id="+Verifier+"&grant_type="+deviceGrant+"&device_code="+o["device_code"].(string))
	}
	at := login + "common/oauth2/deviceauth"
	o := start()
	if o["verification_uri"] != at || o["interval"] != 5.0 || o["expires_in"] != 900.0 {
		t.Errorf("the device code: %v", o)
	}
	if a := poll(o); a.status != http.StatusBadRequest || a.object(t)["error"] != "authorization_pending" {
		t.Errorf("while it waits: %s", a.body)
	}
	if a := b.send(http.MethodPost, at, "user_code=XXXXXXXXX"); !strings.Contains(a.body, "did not work") {
		t.Errorf("a wrong code: %s", a.body)
	}
	page := b.send(http.MethodPost, at, "user_code="+strings.ToLower(o["user_code"].(string)))
	page = b.click(page, at, "admin@contoso.example")
	b.click(page, at, "accept")
	if a := poll(o); a.object(t)["id_token"] == nil {
		t.Errorf("after the sign-in: %s", a.body)
	}
	if a := poll(o); !strings.Contains(a.body, "AADSTS54005") {
		t.Errorf("the second time: %s", a.body)
	}
	o = start()
	page = b.click(b.send(http.MethodPost, at, "user_code="+o["user_code"].(string)), at, "apps@contoso.example")
	b.click(page, at, "cancel")
	if a := poll(o); a.object(t)["error"] != "authorization_declined" {
		t.Errorf("declined: %s", a.body)
	}
	o = start()
	page = b.click(b.send(http.MethodPost, at, "user_code="+o["user_code"].(string)), at, "user@contoso.example")
	if !strings.Contains(page.body, "AADSTS90094") {
		t.Errorf("somebody who may not: %s", page.body)
	}
	b.clock.move(deviceLife)
	if a := poll(o); a.object(t)["error"] != "expired_token" {
		t.Errorf("too late: %s", a.body)
	}
	if a := b.send(http.MethodPost, login+"common/oauth2/v2.0/devicecode", "client_id="+Verifier+"&scope=openid"); !strings.Contains(a.body, "AADSTS9001023") {
		t.Errorf("without a tenant: %s", a.body)
	}
}

func TestHosts(t *testing.T) {
	b := newBench(t)
	hosts := b.Hosts()
	for _, want := range []string{
		"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn",
		"graph.microsoft.com", "dod-graph.microsoft.us", "graph.svc.sovcloud.de",
	} {
		if !slices.Contains(hosts, want) {
			t.Errorf("%s is not among %v", want, hosts)
		}
	}
	for address, want := range map[string]int{
		"http://login.microsoftonline.com.localhost:8080/contoso.example/v2.0/.well-known/openid-configuration": 200,
		"https://login.microsoftonline.de/contoso.example/v2.0/.well-known/openid-configuration":                421,
		login + "contoso.example/nothing": 404,
		login:                             404,
	} {
		if a := b.send(http.MethodGet, address, ""); a.status != want {
			t.Errorf("%s: %d", address, a.status)
		}
	}
	if a := b.send(http.MethodPut, login+"contoso.example/oauth2/v2.0/authorize", ""); a.status != http.StatusMethodNotAllowed {
		t.Errorf("PUT: %d", a.status)
	}
}
