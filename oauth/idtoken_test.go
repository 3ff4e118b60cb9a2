package oauth

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

func goodVerifier() verifier {
	return verifier{
		keys:   map[string]signingKey{"k1": {public: &rsaKey().PublicKey, issuer: issuerOf}},
		issuer: issuerOf, audience: appID, nonce: "N", now: time.Now(),
	}
}

func TestVerify(t *testing.T) {
	unix := func(d time.Duration) int64 { return time.Now().Add(d).Unix() }
	for _, test := range []struct {
		name   string
		change map[string]any
		want   Kind
	}{
		{"good", nil, ""},
		{"the audience as a list", map[string]any{"aud": []string{appID}}, ""},
		{"just expired, within the leeway", map[string]any{"exp": unix(-time.Minute)}, ""},
		{"a clock that is a little behind", map[string]any{"nbf": unix(time.Minute), "iat": unix(time.Minute)}, ""},
		{"expired", map[string]any{"exp": unix(-3 * time.Minute)}, Expired},
		{"not yet valid", map[string]any{"nbf": unix(3 * time.Minute)}, Expired},
		{"issued in the future", map[string]any{"iat": unix(3 * time.Minute)}, Expired},
		{"without an end", map[string]any{"exp": nil}, BadToken},
		{"without a beginning", map[string]any{"iat": nil}, BadToken},
		{"an end that is no number", map[string]any{"exp": "never"}, BadToken},
		{"for another application", map[string]any{"aud": "other"}, WrongApp},
		{"for another application as well", map[string]any{"aud": []string{appID, "other"}}, WrongApp},
		{"for nobody", map[string]any{"aud": nil}, WrongApp},
		{"asked for by another application", map[string]any{"azp": "other"}, WrongApp},
		{"another nonce", map[string]any{"nonce": "other"}, BadToken},
		{"no nonce", map[string]any{"nonce": nil}, BadToken},
		{"another issuer", map[string]any{"iss": "https://evil.example/" + tenantID + "/v2.0"}, WrongIssuer},
		{"an issuer without a tenant", map[string]any{"iss": issuerOf}, WrongIssuer},
		{"an issuer with more behind", map[string]any{"iss": strings.Replace(issuerOf, tenantPart, tenantID, 1) + "/"}, WrongIssuer},
		{"a tenant that the issuer does not name", map[string]any{"tid": "11111111-9c1e-4b0a-8f0e-2b6a0d1c9e55"}, WrongIssuer},
		{"no tenant", map[string]any{"tid": nil}, WrongIssuer},
		{"nobody", map[string]any{"sub": nil}, BadToken},
	} {
		t.Run(test.name, func(t *testing.T) {
			token := sign(t, jose.RS256, rsaKey(), "k1", claims("N", test.change))
			identity, err := goodVerifier().verify(token)
			if KindOf(err) != test.want || (err == nil) != (test.want == "") {
				t.Fatalf("got %v, want kind %q", err, test.want)
			}
			if err == nil && (identity.Tenant != tenantID || identity.Account != "anna.berg@contoso.example" || identity.Subject != "subject") {
				t.Errorf("identity %+v", identity)
			}
			if err != nil && identity != (Identity{}) {
				t.Errorf("%+v beside an error", identity)
			}
		})
	}
}

func TestVerifySignature(t *testing.T) {
	good := sign(t, jose.RS256, rsaKey(), "k1", claims("N", nil))
	parts := strings.Split(good, ".")
	public, err := x509.MarshalPKIXPublicKey(rsaKey().Public())
	if err != nil {
		t.Fatal(err)
	}
	encode := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	forged, err := json.Marshal(claims("N", map[string]any{"tid": "11111111-9c1e-4b0a-8f0e-2b6a0d1c9e55"}))
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{
		"another key of the same name":    sign(t, jose.RS256, newRSA(2048), "k1", claims("N", nil)),
		"an unknown key":                  sign(t, jose.RS256, rsaKey(), "k2", claims("N", nil)),
		"a key without a name":            sign(t, jose.RS256, rsaKey(), "", claims("N", nil)),
		"the public key as a shared one":  sign(t, jose.HS256, public, "k1", claims("N", nil)),
		"another algorithm with that key": sign(t, jose.PS256, rsaKey(), "k1", claims("N", nil)),
		"alg=none":                        encode(`{"alg":"none","kid":"k1"}`) + "." + parts[1] + ".",
		"alg=none with a signature":       encode(`{"alg":"none","kid":"k1"}`) + "." + parts[1] + "." + parts[2],
		"other content":                   parts[0] + "." + encode(string(forged)) + "." + parts[2],
		"no signature":                    parts[0] + "." + parts[1] + ".",
		"two parts":                       parts[0] + "." + parts[1],
		"critical headers":                encode(`{"alg":"RS256","kid":"k1","crit":["x"],"x":1}`) + "." + parts[1] + "." + parts[2],
		"empty":                           "",
		"HTML":                            "<html>",
		"more behind the signature":       good + strings.Repeat("A", maxReply),
	} {
		_, err := goodVerifier().verify(token)
		if KindOf(err) != BadToken {
			t.Errorf("%s: got %v", name, err)
		}
		if shown := fmt.Sprint(err) + dump(err); strings.Contains(shown, parts[1]) || strings.Contains(shown, parts[2]) {
			t.Errorf("%s: the token shows: %s", name, shown)
		}
	}
	v := goodVerifier()
	v.keys["k1"] = signingKey{v.keys["k1"].public, "https://consumers.example/v2.0"}
	if _, err := v.verify(good); KindOf(err) != WrongIssuer {
		t.Errorf("another issuer's key: %v", err)
	}
}

func TestParseKeys(t *testing.T) {
	key := func(extra map[string]any) map[string]any {
		raw, err := json.Marshal(jose.JSONWebKey{Key: rsaKey().Public(), KeyID: "k1"})
		if err != nil {
			t.Fatal(err)
		}
		k := map[string]any{}
		if err := json.Unmarshal(raw, &k); err != nil {
			t.Fatal(err)
		}
		for name, value := range extra {
			k[name] = value
		}
		return k
	}
	short, err := json.Marshal(jose.JSONWebKey{Key: newRSA(1024).Public(), KeyID: "k1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		keys []any
		good bool
	}{
		{"one", []any{key(nil)}, true},
		{"one beside others that are passed over", []any{map[string]any{"kty": "EC"}, "x", key(map[string]any{"use": "enc"}), key(nil)}, true},
		{"two of one name", []any{key(nil), key(nil)}, false},
		{"for encryption", []any{key(map[string]any{"use": "enc"})}, false},
		{"for another algorithm", []any{key(map[string]any{"alg": "PS256"})}, false},
		{"without a name", []any{key(map[string]any{"kid": ""})}, false},
		{"too short", []any{json.RawMessage(short)}, false},
		{"symmetric", []any{map[string]any{"kty": "oct", "k": "c2VjcmV0", "kid": "k1"}}, false},
		{"none", nil, false},
	} {
		body, err := json.Marshal(map[string]any{"keys": test.keys})
		if err != nil {
			t.Fatal(err)
		}
		keys, err := parseKeys(body)
		if (err == nil) != test.good || test.good && len(keys) != 1 || !test.good && KindOf(err) != BadReply {
			t.Errorf("%s: %d keys, %v", test.name, len(keys), err)
		}
	}
}

// FuzzIDToken wants that no token passes but the good one.
func FuzzIDToken(f *testing.F) {
	good := sign(f, jose.RS256, rsaKey(), "k1", claims("N", nil))
	for _, seed := range []string{good, good[:len(good)-4], strings.Replace(good, ".", "..", 1), "..", "eyJhbGciOiJub25lIn0.e30.", "{}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		_, err := goodVerifier().verify(token)
		// White space around a token is trimmed; what was signed is the same.
		if err == nil && !strings.HasPrefix(strings.TrimSpace(token), good[:strings.LastIndex(good, ".")]) {
			t.Fatalf("taken: %q", token)
		}
		if err != nil && KindOf(err) == "" {
			t.Fatalf("no kind: %v", err)
		}
	})
}

// FuzzKeys wants that no key of another kind or without a name gets in.
func FuzzKeys(f *testing.F) {
	good, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: rsaKey().Public(), KeyID: "k1"}}})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(good), `{"keys":[{}]}`, `{"keys":[{"kty":"RSA","n":"AQ","e":"AQ","kid":"x"}]}`, `{"keys":3}`, `[]`, `<html>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		keys, err := parseKeys(body)
		if (err == nil) != (len(keys) > 0) {
			t.Fatalf("%d keys, %v", len(keys), err)
		}
		for id, key := range keys {
			if id == "" || key.public.N.BitLen() < minRSA {
				t.Fatalf("taken: %q, %d bits", id, key.public.N.BitLen())
			}
		}
	})
}
