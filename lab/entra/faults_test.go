package entra

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestEveryNumber switches on each of Entra's errors and finds it where its
// explanation says.
func TestEveryNumber(t *testing.T) {
	for _, trouble := range troubles() {
		if trouble.shows == onlyEarned {
			continue
		}
		t.Run(trouble.code, func(t *testing.T) {
			b := newBench(t, "aadsts-"+trouble.code)
			address, want := authorizeURL("contoso.example"), "AADSTS"+trouble.code+": "
			switch trouble.shows {
			case atTenant:
				a := b.send(http.MethodGet, login+"contoso.example/v2.0/.well-known/openid-configuration", "")
				if o := a.object(t); o["error"] != trouble.oauth || !strings.HasPrefix(o["error_description"].(string), want) {
					t.Errorf("%d %s", a.status, a.body)
				}
			case atStart, atSignIn:
				for _, address := range []string{address, consentURL("contoso.example")} {
					page := b.browse(address)
					if trouble.shows == atSignIn {
						page = b.click(page, address, "admin@contoso.example")
					}
					if page.status != http.StatusBadRequest || !strings.Contains(page.body, want) {
						t.Errorf("%d %s", page.status, page.body)
					}
				}
			case atConsent:
				q := b.browse(address, "admin@contoso.example", "back").back(t)
				if q.Get("error") != trouble.oauth || !strings.HasPrefix(q.Get("error_description"), want) {
					t.Errorf("%v", q)
				}
			case atReturn:
				q := b.browse(address, "admin@contoso.example", "accept").back(t)
				if q.Get("error") != trouble.oauth || !strings.HasPrefix(q.Get("error_description"), want) || b.Granted("contoso.example", Verifier) != nil {
					t.Errorf("%v", q)
				}
			case atToken:
				code := b.browse(address, "admin@contoso.example", "accept").back(t).Get("code")
				refused(t, b.redeem("contoso.example", code), trouble)
			case atDevice:
				refused(t, b.send(http.MethodPost, login+"contoso.example/oauth2/v2.0/token",
					"client_id="+Verifier+"&grant_type="+deviceGrant+"&device_code=x"), trouble)
			}
		})
	}
}

func refused(t *testing.T, a answered, want trouble) {
	t.Helper()
	o := a.object(t)
	description, _ := o["error_description"].(string)
	if a.status != want.status() || o["error"] != want.oauth || !strings.HasPrefix(description, "AADSTS"+want.code+": ") ||
		fmt.Sprint(o["error_codes"]) == "" || o["trace_id"] == "" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// TestOtherFaults finds the faults without a number, each by a sign that a
// healthy Entra does not show.
func TestOtherFaults(t *testing.T) {
	signs := map[string]string{
		"consent-workflow": "user: Approval required", "grant-incomplete": "granted: [Application.Read.All Mail.ReadWrite]",
		"grant-too-much": "Directory.ReadWrite.All]", "grant-never-arrives": "granted: []",
		"principal-disabled": `"accountEnabled":false`, "principal-missing": "principal: 404", "resource-missing": "exchange: 404",
		"replication-slow": "principal: 404", "graph-forbidden": "principal: 403", "graph-throttled": "principal: 429 5",
		"graph-unavailable": "principal: 503", "graph-html": "principal: 200  <!DOCTYPE",
		"redirect-forged-tenant": "tenant: other", "redirect-wrong-state": "state: other", "redirect-wrong-issuer": "iss: yes",
		"redirect-never": "sign-in: 200", "code-not-known": "AADSTS70000: ",
		"discovery-html": "discovery: <!DOCTYPE", "token-html": "tokens: <!DOCTYPE",
		"id-token-unsigned": "alg none", "id-token-other-key": "key: wrong", "id-token-other-audience": "aud other",
		"id-token-other-issuer": "iss other, tid own", "id-token-other-tenant": "iss other, tid other", "id-token-other-nonce": "nonce other",
		"id-token-expired": "exp -3600", "id-token-early": "nbf 3600", "id-token-missing": "id token: none", "keys-missing": "keys: 503",
	}
	healthy := newBench(t).transcript()
	for _, f := range otherFaults() {
		sign := signs[f.Name]
		if sign == "" {
			t.Errorf("no sign of %s is known", f.Name)
			continue
		}
		seen := newBench(t, f.Name).transcript()
		if !strings.Contains(seen, sign) || strings.Contains(healthy, sign) {
			t.Errorf("%s: %q is not in\n%s\nor in a healthy\n%s", f.Name, sign, seen, healthy)
		}
	}
}

// transcript is what a client sees of a whole way through.
func (b *bench) transcript() string {
	var s strings.Builder
	discovery := b.send(http.MethodGet, login+"contoso.example/v2.0/.well-known/openid-configuration", "")
	fmt.Fprintf(&s, "discovery: %.20s\n", discovery.body)
	fmt.Fprintf(&s, "keys: %d\n", b.send(http.MethodGet, login+"contoso.example/discovery/v2.0/keys", "").status)
	user := b.browse(consentURL("contoso.example"), "user@contoso.example")
	fmt.Fprintf(&s, "user: %s\n", user.body[strings.Index(user.body, "<h1>")+4:strings.Index(user.body, "</h1>")])
	page := b.browse(authorizeURL("contoso.example"), "admin@contoso.example", "accept")
	fmt.Fprintf(&s, "sign-in: %d\n", page.status)
	if page.status != http.StatusFound {
		return s.String()
	}
	q := page.back(b.t)
	fmt.Fprintf(&s, "state: %s, iss: %s\n", same(q.Get("state"), "s t&te"), map[bool]string{true: "yes", false: "no"}[q.Has("iss")])
	answer := b.redeem("contoso.example", q.Get("code"))
	if !strings.HasPrefix(answer.body, "{") || answer.status != http.StatusOK {
		fmt.Fprintf(&s, "tokens: %s\n", answer.body)
		return s.String()
	}
	o := answer.object(b.t)
	b.describeIDToken(&s, o["id_token"])
	consent := consentURL("contoso.example", "scope", "https://graph.microsoft.com/.default")
	after := b.browse(consent, "admin@contoso.example")
	if strings.Contains(after.body, `value="accept"`) {
		after = b.click(after, consent, "accept")
	}
	if after.status == http.StatusFound {
		fmt.Fprintf(&s, "tenant: %s\n", same(after.back(b.t).Get("tenant"), Tenants()[0].ID()))
	}
	fmt.Fprintf(&s, "granted: %v\n", b.Granted("contoso.example", Own))
	principal := b.ask(o["access_token"], "servicePrincipals(appId='"+Own+"')")
	fmt.Fprintf(&s, "principal: %d %s %s\n", principal.status, principal.header.Get("Retry-After"), principal.body)
	exchange := b.ask(o["access_token"], "servicePrincipals(appId='00000002-0000-0ff1-ce00-000000000000')?$select=id")
	fmt.Fprintf(&s, "exchange: %d\n", exchange.status)
	return s.String()
}

func same(got, want any) string {
	if got == want {
		return "own"
	}
	return "other"
}

// describeIDToken says how an id token differs from a good one.
func (b *bench) describeIDToken(s *strings.Builder, token any) {
	if token == nil {
		fmt.Fprintln(s, "id token: none")
		return
	}
	c, now, tid := claimsOf(b.t, token), b.clock.now().Unix(), Tenants()[0].ID()
	_, err := b.keys().verify(token.(string))
	fmt.Fprintf(s, "id token: alg %s, key: %s, aud %s, iss %s, tid %s, nonce %s, exp %d, nbf %d\n",
		map[bool]string{true: "none", false: "RS256"}[strings.HasSuffix(token.(string), ".")],
		map[bool]string{true: "right", false: "wrong"}[err == nil],
		same(c["aud"], Verifier), same(c["iss"], login+tid+"/v2.0"), same(c["tid"], tid), same(c["nonce"], "n-1"),
		int64(c["exp"].(float64))-now, int64(c["nbf"].(float64))-now)
}

func TestFaultsAreExplained(t *testing.T) {
	b := newBench(t)
	for _, f := range Faults() {
		if f.Title == "" || len(f.Explanation) < 20 || strings.ContainsAny(f.Name, " _") {
			t.Errorf("%+v", f)
		}
	}
	if len(Faults()) < 90 || b.Set("nothing", true) == nil || len(b.Active()) != 0 {
		t.Error("faults are missing, or one is known that does not exist")
	}
}
