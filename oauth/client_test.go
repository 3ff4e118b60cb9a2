package oauth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"fairlead/network"
	"fairlead/secret"
)

func TestDiscover(t *testing.T) {
	for _, test := range []struct {
		name   string
		place  Place
		change map[string]any
		want   Kind
		tenant string
	}{
		{"one tenant of Entra", Place{Base: base, Issuer: issuerOf}, nil, "", tenantID},
		{"many tenants of Entra", Place{Base: base, Issuer: issuerOf}, map[string]any{"issuer": issuerOf}, "", ""},
		{"an issuer that is its address", Place{Base: base}, map[string]any{"issuer": base}, "", ""},
		{"endpoints on a host that was named", Place{Base: base, Issuer: issuerOf, Hosts: []string{"oauth2.example"}}, map[string]any{"token_endpoint": "https://oauth2.example/token"}, "", tenantID},
		{"no device endpoint", Place{Base: base, Issuer: issuerOf}, map[string]any{"device_authorization_endpoint": ""}, "", tenantID},
		{"another issuer", Place{Base: base}, nil, WrongIssuer, ""},
		{"no issuer", Place{Base: base}, map[string]any{"issuer": ""}, WrongIssuer, ""},
		{"another cloud's issuer", Place{Base: base, Issuer: "https://login.us.example/{tenantid}/v2.0"}, nil, WrongIssuer, ""},
		{"a token endpoint elsewhere", Place{Base: base, Issuer: issuerOf}, map[string]any{"token_endpoint": "https://evil.example/token"}, WrongIssuer, ""},
		{"a token endpoint on another port", Place{Base: base, Issuer: issuerOf}, map[string]any{"token_endpoint": "https://" + host + ":444/token"}, WrongIssuer, ""},
		{"a token endpoint without TLS", Place{Base: base, Issuer: issuerOf}, map[string]any{"token_endpoint": "http://" + host + "/token"}, WrongIssuer, ""},
		{"a host that looks the same", Place{Base: base, Issuer: issuerOf}, map[string]any{"jwks_uri": "https://" + host + "@evil.example/keys"}, WrongIssuer, ""},
		{"a host with more behind", Place{Base: base, Issuer: issuerOf}, map[string]any{"authorization_endpoint": "https://" + host + ".evil.example/"}, WrongIssuer, ""},
		{"no keys", Place{Base: base, Issuer: issuerOf}, map[string]any{"jwks_uri": ""}, WrongIssuer, ""},
		{"a device endpoint elsewhere", Place{Base: base, Issuer: issuerOf}, map[string]any{"device_authorization_endpoint": "https://evil.example"}, WrongIssuer, ""},
		{"a number for an issuer", Place{Base: base, Issuer: issuerOf}, map[string]any{"issuer": 3}, BadReply, ""},
		{"more than it should say", Place{Base: base, Issuer: issuerOf}, map[string]any{"x": strings.Repeat("x", maxReply)}, BadReply, ""},
		{"an address without TLS", Place{Base: "http://" + host}, nil, BadReply, ""},
		{"a host that does not exist", Place{Base: "https://nowhere.example"}, nil, Unreachable, ""},
		{"an IP address, for which no name is checked", Place{Base: "https://192.0.2.1/contoso/v2.0", Issuer: issuerOf}, nil, Unreachable, ""},
		{"a tenant that does not exist", Place{Base: "https://" + host + "/nobody/v2.0"}, nil, Refused, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newService()
			for name, value := range test.change {
				s.configuration[name] = value
			}
			n, stop := world(s)
			defer stop()
			a, err := Discover(t.Context(), n, test.place)
			if KindOf(err) != test.want || (err == nil) != (test.want == "") {
				t.Fatalf("got %v, want kind %q", err, test.want)
			}
			if err == nil && (a.Tenant != test.tenant || a.Graph != "graph.example") {
				t.Errorf("got %+v", a)
			}
			if e, ok := errors.AsType[*Error](err); ok && test.want == Refused && (e.Code != "invalid_tenant" || !strings.Contains(e.Description, "AADSTS90002")) {
				t.Errorf("got %+v", e)
			}
		})
	}
}

// begin discovers a service and begins a sign-in, without any browser.
func begin(t *testing.T, n *network.Network) (*SignIn, *Receiver) {
	t.Helper()
	a, err := Discover(t.Context(), n, Place{Base: base, Issuer: issuerOf})
	if err != nil {
		t.Fatal(err)
	}
	r := Deaf(Loopback{Localhost: true, Path: "/callback"})
	s, err := NewClient(n, a, appID, "User.Read").Begin(r, map[string]string{"prompt": "select_account"})
	if err != nil {
		t.Fatal(err)
	}
	return s, r
}

func TestSignIn(t *testing.T) {
	s := newService()
	n, stop := world(s)
	defer stop()
	signIn, r := begin(t, n)
	address, err := url.Parse(r.Address())
	if err != nil {
		t.Fatal(err)
	}
	q := address.Query()
	for name, want := range map[string]string{
		"response_type": "code", "client_id": appID, "redirect_uri": r.Redirect(), "state": r.State(), "scope": "openid User.Read",
		"nonce": signIn.nonce, "prompt": "select_account", "code_challenge_method": "S256",
	} {
		if q.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, q.Get(name), want)
		}
	}
	s.token = func(w http.ResponseWriter, req *http.Request) {
		if _, _, basic := req.BasicAuth(); basic {
			t.Error("the client's id went in a header")
		}
		sum := sha256.Sum256([]byte(req.PostForm.Get("code_verifier")))
		if base64.RawURLEncoding.EncodeToString(sum[:]) != q.Get("code_challenge") {
			t.Error("the verifier is not that of the challenge")
		}
		reply(w, http.StatusOK, map[string]any{
			"access_token": canary, "refresh_token": canary, "token_type": "Bearer", "expires_in": 3600, "scope": "User.Read openid",
			"id_token": sign(t, jose.RS256, rsaKey(), "k1", claims(signIn.nonce, nil)),
		})
	}
	tokens, err := signIn.Finish(t.Context(), Answer{Code: secret.New("C")})
	if err != nil {
		t.Fatal(err)
	}
	if sent := s.seen[0]; len(s.seen) != 1 || sent.Get("code") != "C" || sent.Get("redirect_uri") != r.Redirect() || sent.Get("client_id") != appID {
		t.Errorf("sent %v", s.seen)
	}
	if tokens.Access.Reveal() != canary || tokens.Identity.Tenant != tenantID || strings.Join(tokens.Scopes, " ") != "User.Read openid" ||
		time.Until(tokens.Expiry) < 50*time.Minute {
		t.Errorf("got %+v", tokens)
	}
	if shown := fmt.Sprintf("%+v %#v %+v %#v", tokens, tokens, signIn, *signIn); strings.Contains(shown, canary) || strings.Contains(shown, s.seen[0].Get("code_verifier")) {
		t.Errorf("a token shows: %s", shown)
	}
	if tokens.Drop(); !tokens.Access.IsEmpty() {
		t.Error("the token was kept")
	}
}

func TestTokenEndpointMisbehaves(t *testing.T) {
	write := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Location", "https://"+host+"/elsewhere")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	const kind = "application/json"
	for _, test := range []struct {
		name  string
		token http.HandlerFunc
		want  Kind
	}{
		{"HTML", write(200, "text/html", "<html>"+canary), BadReply},
		{"HTML that says it is JSON", write(200, kind, "<html>"+canary), BadReply},
		{"HTML with an error", write(502, "text/html", "<html>"+canary), BadReply},
		{"a form, which the library would take", write(200, "application/x-www-form-urlencoded", "access_token="+canary), BadReply},
		{"plain text, which the library would take", write(200, "text/plain", "access_token="+canary), BadReply},
		{"no kind", write(200, "", "{}"), BadReply},
		{"a redirect", write(307, kind, "{}"), BadReply},
		{"an error without a name", write(400, kind, `{"x":"`+canary+`"}`), BadReply},
		{"an error that is no JSON", write(400, kind, canary), BadReply},
		{"no token", write(200, kind, `{"token_type":"Bearer"}`), BadReply},
		{"a token of another kind", write(200, kind, `{"access_token":"`+canary+`","token_type":"mac","id_token":"x"}`), BadReply},
		{"no id token", write(200, kind, `{"access_token":"`+canary+`","token_type":"Bearer"}`), BadReply},
		{"an id token that is a number", write(200, kind, `{"access_token":"`+canary+`","token_type":"Bearer","id_token":3}`), BadReply},
		{"a damaged id token", write(200, kind, `{"access_token":"`+canary+`","token_type":"Bearer","id_token":"`+canary+`"}`), BadToken},
		{"too long", write(200, kind, `{"access_token":"`+strings.Repeat(canary, maxReply/len(canary))+`"}`), BadReply},
		{"too long without saying so", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			for range 2 * maxReply / 1024 {
				_, _ = w.Write([]byte(strings.Repeat(" ", 1024)))
			}
		}, BadReply},
		{"a replayed code, echoed", write(400, kind, `{"error":"invalid_grant","error_description":"AADSTS54005: `+canary+` was redeemed\u0007"}`), Refused},
		{"a refusal with status 200", write(200, kind, `{"error":"invalid_grant"}`), Refused},
		{"declined", write(400, kind, `{"error":"access_denied"}`), Declined},
		{"hung up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Unreachable},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newService()
			s.token = test.token
			n, stop := world(s)
			defer stop()
			signIn, _ := begin(t, n)
			tokens, err := signIn.Finish(t.Context(), Answer{Code: secret.New(canary)})
			if tokens != nil || KindOf(err) != test.want {
				t.Fatalf("got %v, want kind %q", err, test.want)
			}
			if shown := fmt.Sprint(err) + dump(err) + fmt.Sprintf("%#v", errors.Unwrap(err)); strings.Contains(shown, canary) || strings.Contains(shown, "\a") {
				t.Errorf("a secret shows: %s", shown)
			}
			if len(s.seen) != 1 {
				t.Errorf("the code was sent %d times", len(s.seen))
			}
		})
	}
}

func TestSignInOfAnotherTenant(t *testing.T) {
	const other = "11111111-9c1e-4b0a-8f0e-2b6a0d1c9e55"
	s := newService()
	n, stop := world(s)
	defer stop()
	signIn, _ := begin(t, n)
	for _, change := range []map[string]any{
		{"tid": other},
		{"tid": other, "iss": strings.Replace(issuerOf, tenantPart, other, 1)},
	} {
		s.token = func(w http.ResponseWriter, _ *http.Request) {
			reply(w, http.StatusOK, map[string]any{
				"access_token": canary, "token_type": "Bearer", "id_token": sign(t, jose.RS256, rsaKey(), "k1", claims(signIn.nonce, change)),
			})
		}
		if _, err := signIn.Finish(t.Context(), Answer{Code: secret.New("C")}); KindOf(err) != WrongIssuer {
			t.Errorf("%v: got %v", change, err)
		}
	}
}

func TestCancelledAndUntrusted(t *testing.T) {
	n, stop := world(newService())
	defer stop()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Discover(ctx, n, Place{Base: base, Issuer: issuerOf}); KindOf(err) != Cancelled || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	n.SystemRoots, n.PublicRoots = n.PublicRoots, n.SystemRoots
	if _, err := Discover(t.Context(), n, Place{Base: base, Issuer: issuerOf}); err != nil {
		t.Errorf("trusted by this computer alone: %v", err)
	}
	n.SystemRoots = n.PublicRoots
	if _, err := Discover(t.Context(), n, Place{Base: base, Issuer: issuerOf}); KindOf(err) != Unreachable || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("trusted by nobody: %v", err)
	}
}
