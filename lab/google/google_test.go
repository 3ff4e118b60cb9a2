package google

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// bench is a Google with a clock that the test moves.
type bench struct {
	*Google
	t    *testing.T
	time time.Time
}

func newBench(t *testing.T, faults ...string) *bench {
	t.Helper()
	b := &bench{t: t, time: time.Date(2026, 11, 24, 14, 2, 0, 0, time.UTC)}
	b.Google = New(Options{Now: func() time.Time { return b.time }})
	for _, f := range faults {
		if err := b.Set(f, true); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func (b *bench) send(r *http.Request) (int, string) {
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func (b *bench) post(address string, form url.Values) (int, string) {
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(r)
}

func (b *bench) get(address, token string) (int, string) {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return b.send(r)
}

// claims are those of a good assertion, with changes. A nil takes one away.
func (b *bench) claims(changes map[string]any) map[string]any {
	c := map[string]any{
		"iss": Account, "sub": Mailbox, "aud": tokenAddress, "scope": MailScope,
		"iat": b.time.Unix(), "exp": b.time.Add(time.Hour).Unix(),
	}
	maps.Copy(c, changes)
	maps.DeleteFunc(c, func(_ string, v any) bool { return v == nil })
	return c
}

func sign(key *rsa.PrivateKey, head, claims map[string]any) string {
	encode := func(v any) string {
		text, _ := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(text)
	}
	text := encode(head) + "." + encode(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func (b *bench) redeem(assertion string) (status int, answer map[string]any) {
	status, body := b.post(tokenAddress, url.Values{"grant_type": {grantType}, "assertion": {assertion}})
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		b.t.Fatalf("%d %s", status, body)
	}
	return status, answer
}

// assertion is a good one, with changes.
func (b *bench) assertion(changes map[string]any) string {
	a := b.find(Account)
	return sign(a.key, map[string]any{"alg": "RS256", "typ": "JWT", "kid": a.keyID}, b.claims(changes))
}

func (b *bench) access(changes map[string]any) string {
	b.t.Helper()
	_, answer := b.redeem(b.assertion(changes))
	token, _ := answer["access_token"].(string)
	if token == "" {
		b.t.Fatalf("no token: %v", answer)
	}
	return token
}

func TestTheGoodWay(t *testing.T) {
	b := newBench(t)
	status, answer := b.redeem(b.assertion(nil))
	if status != http.StatusOK || answer["token_type"] != "Bearer" || answer["expires_in"] != 3599.0 {
		t.Fatalf("%d %v", status, answer)
	}
	token := answer["access_token"].(string)
	if status, body := b.get("https://gmail.googleapis.com/gmail/v1/users/me/profile", token); status != http.StatusOK ||
		!strings.Contains(body, `"emailAddress": "`+Mailbox+`"`) {
		t.Errorf("the profile: %d %s", status, body)
	}
	bare := httptest.NewRequest(http.MethodGet, "https://gmail.googleapis.com/gmail/v1/users/me/profile", nil)
	bare.Header.Set("Authorization", token)
	if status, body := b.send(bare); status != http.StatusUnauthorized {
		t.Errorf("a token that is not said to be one: %d %s", status, body)
	}
	if status, body := b.get("https://admin.googleapis.com/admin/directory/v1/customers/my_customer", token); status != http.StatusForbidden ||
		!strings.Contains(body, "insufficient") {
		t.Errorf("the directory with a mail scope: %d %s", status, body)
	}
	admin := b.access(map[string]any{"sub": Admin, "scope": CustomerScope})
	if status, body := b.get("https://admin.googleapis.com/admin/directory/v1/customers/my_customer", admin); status != http.StatusOK ||
		!strings.Contains(body, `"id": "`+CustomerID+`"`) {
		t.Errorf("the customer: %d %s", status, body)
	}
	b.time = b.time.Add(time.Hour + time.Second)
	if status, _ := b.get("https://gmail.googleapis.com/gmail/v1/users/me/profile", token); status != http.StatusUnauthorized {
		t.Errorf("a token that has expired: %d", status)
	}
}

func TestAssertions(t *testing.T) {
	b := newBench(t)
	a, other := b.find(Account), b.find(NewAccount)
	head := map[string]any{"alg": "RS256", "kid": a.keyID}
	now := b.time.Unix()
	for name, c := range map[string]struct {
		assertion string
		want      trouble
	}{
		"no JWT":           {"x.y", malformed},
		"not signed":       {sign(a.key, map[string]any{"alg": "none"}, b.claims(nil)), malformed},
		"another key":      {sign(other.key, head, b.claims(nil)), badSignature},
		"another key's id": {sign(a.key, map[string]any{"alg": "RS256", "kid": other.keyID}, b.claims(nil)), badSignature},
		"another issuer":   {b.assertion(map[string]any{"iss": "x@y.iam.gserviceaccount.com"}), noVerifier},
		"another audience": {b.assertion(map[string]any{"aud": "https://evil.example/token"}), wrongAudience},
		"too long":         {b.assertion(map[string]any{"exp": now + 4000}), notShortLived},
		"over":             {b.assertion(map[string]any{"iat": now - 7200, "exp": now - 3600}), notShortLived},
		"early":            {b.assertion(map[string]any{"iat": now + 600, "exp": now + 1200}), notShortLived},
		"backwards":        {b.assertion(map[string]any{"iat": now, "exp": now - 1}), notShortLived},
		"no scope":         {b.assertion(map[string]any{"scope": nil}), badScope},
		"missing slash":    {b.assertion(map[string]any{"scope": "https://mail.google.com"}), badScope},
		"with a comma":     {b.assertion(map[string]any{"scope": MailScope + "," + CustomerScope}), badScope},
		"no address":       {b.assertion(map[string]any{"sub": "anna"}), impersonationInvalid},
		"nobody":           {b.assertion(map[string]any{"sub": "nobody@" + Domain}), unknownUser},
		"a group":          {b.assertion(map[string]any{"sub": Group}), notValidUser},
		"a consumer":       {b.assertion(map[string]any{"sub": "anna@gmail.com"}), notDelegated},
		"another customer": {b.assertion(map[string]any{"sub": "admin@fabrikam.example"}), notDelegated},
		"another scope":    {b.assertion(map[string]any{"scope": scopes()[2]}), clientUnauthorized},
		"one scope more":   {b.assertion(map[string]any{"scope": MailScope + " " + scopes()[2]}), accessDenied},
		"not delegated": {
			sign(other.key, map[string]any{"alg": "RS256", "kid": other.keyID}, b.claims(map[string]any{"iss": NewAccount})), notDelegated,
		},
	} {
		status, answer := b.redeem(c.assertion)
		if status != c.want.status() || answer["error"] != c.want.code || answer["error_description"] != c.want.description {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	if _, answer := b.redeem(b.assertion(map[string]any{"sub": Alias})); answer["access_token"] == nil {
		t.Errorf("an alias: %v", answer)
	}
	if _, answer := b.redeem(b.assertion(map[string]any{"sub": nil})); answer["access_token"] == nil {
		t.Errorf("the account itself: %v", answer)
	}
	for form, want := range map[string]string{"": "invalid_request", "grant_type=password": "unsupported_grant_type"} {
		values, _ := url.ParseQuery(form)
		if status, body := b.post(tokenAddress, values); status != http.StatusBadRequest || !strings.Contains(body, want) {
			t.Errorf("%q: %d %s", form, status, body)
		}
	}
}

// TestTheDelegationPage follows the link that comes filled in, authorises, and
// waits until the token service knows.
func TestTheDelegationPage(t *testing.T) {
	const address = "https://admin.google.com/ac/owl/domainwidedelegation"
	b := newBench(t, "google-propagation-slow", "google-second-approval")
	client := ClientID(NewAccount)
	status, body := b.get(address+"?overwriteClientId=true&clientIdToAdd="+client+"&clientScopeToAdd="+url.QueryEscape(MailScope), "")
	if status != http.StatusOK || !strings.Contains(body, `value="`+client+`"`) || !strings.Contains(body, `value="`+MailScope+`"`) || !strings.Contains(body, "checked") {
		t.Fatalf("%d %s", status, body)
	}
	if status, body := b.get("https://admin.google.com/ac/accountsettings/profile", ""); status != http.StatusOK || !strings.Contains(body, CustomerID) {
		t.Errorf("the profile: %d %s", status, body)
	}
	for wrong, form := range map[string]url.Values{
		"is not supported":   {"client": {client}, "scopes": {"https://mail.google.com"}},
		"stands there twice": {"client": {client}, "scopes": {MailScope + "," + MailScope}},
		"is not registered":  {"client": {"123456789012345678901"}, "scopes": {MailScope}},
		"already exists":     {"client": {ClientID(Account)}, "scopes": {MailScope}},
	} {
		form.Set("action", "authorize")
		if status, body := b.post(address, form); status != http.StatusBadRequest || !strings.Contains(body, wrong) {
			t.Errorf("%s: %d %s", wrong, status, body)
		}
	}
	a := b.find(NewAccount)
	try := func() any {
		c := b.claims(map[string]any{"iss": NewAccount})
		_, answer := b.redeem(sign(a.key, map[string]any{"alg": "RS256", "kid": a.keyID}, c))
		return answer["error"]
	}
	b.post(address, url.Values{"action": {"authorize"}, "client": {client}, "scopes": {MailScope}})
	if _, body := b.get(address, ""); !strings.Contains(body, "Waiting for approval") || try() != "unauthorized_client" || b.Authorised(client) != nil {
		t.Error("a second administrator was not waited for")
	}
	b.post(address, url.Values{"action": {"approve"}, "client": {client}})
	if len(b.Authorised(client)) != 1 || try() != "unauthorized_client" {
		t.Error("what was authorised is known at once")
	}
	b.time = b.time.Add(slowPropagation)
	if got := try(); got != nil {
		t.Errorf("after the wait: %v", got)
	}
	b.post(address, url.Values{"action": {"delete"}, "client": {client}})
	if got := try(); got != "unauthorized_client" {
		t.Errorf("after it was deleted: %v", got)
	}
}

// TestEveryFault switches each on and finds the sign that its explanation names.
func TestEveryFault(t *testing.T) {
	signs := map[string]string{
		"google-clock-skew": "short-lived token", "google-scope-missing": "customer: unauthorized_client", "google-propagation-slow": "added: unauthorized_client",
		"google-second-approval": "added: unauthorized_client", "google-control-failed": "nobody: token", "google-token-html": "html",
		"google-token-refused": "gmail: 401", "google-gmail-disabled": "accessNotConfigured", "google-gmail-off": "Mail service not enabled",
		"google-mailbox-not-set-up": "Precondition check failed.", "google-address-differs": "a.ward@", "google-throttled": "gmail: 429",
		"google-gmail-unavailable": "gmail: 503", "google-directory-disabled": "directory: 403 accessNotConfigured",
		"google-not-admin": "Not Authorized", "google-customer-differs": "C012abc34",
	}
	for _, trouble := range switchable() {
		signs[trouble.fault] = "mail: " + trouble.code + " " + trouble.description
	}
	healthy := newBench(t).transcript()
	for _, f := range Faults() {
		if f.Title == "" || len(f.Explanation) < 20 || !strings.HasPrefix(f.Name, "google-") {
			t.Errorf("%+v", f)
		}
		sign := signs[f.Name]
		if sign == "" {
			t.Errorf("no sign of %s is known", f.Name)
			continue
		}
		if seen := newBench(t, f.Name).transcript(); !strings.Contains(seen, sign) || strings.Contains(healthy, sign) {
			t.Errorf("%s: %q is not in\n%s\nor in a healthy\n%s", f.Name, sign, seen, healthy)
		}
	}
	b := newBench(t)
	if b.Set("nothing", true) == nil || len(b.Active()) != 0 {
		t.Error("a fault is known that does not exist")
	}
}

// transcript is what a client sees of a whole way through.
func (b *bench) transcript() string {
	var s strings.Builder
	try := func(label string, assertion string) string {
		_, body := b.post(tokenAddress, url.Values{"grant_type": {grantType}, "assertion": {assertion}})
		var answer struct {
			Error       string `json:"error"`
			Description string `json:"error_description"`
			Token       string `json:"access_token"`
		}
		switch {
		case json.Unmarshal([]byte(body), &answer) != nil:
			s.WriteString(label + ": html\n")
		case answer.Error != "":
			s.WriteString(label + ": " + answer.Error + " " + answer.Description + "\n")
		default:
			s.WriteString(label + ": token\n")
		}
		return answer.Token
	}
	mail := try("mail", b.assertion(nil))
	customer := try("customer", b.assertion(map[string]any{"sub": Admin, "scope": CustomerScope}))
	try("nobody", b.assertion(map[string]any{"sub": "nobody@" + Domain}))
	b.post("https://admin.google.com/ac/owl/domainwidedelegation", url.Values{"action": {"authorize"}, "client": {ClientID(NewAccount)}, "scopes": {MailScope}})
	a := b.find(NewAccount)
	try("added", sign(a.key, map[string]any{"alg": "RS256", "kid": a.keyID}, b.claims(map[string]any{"iss": NewAccount})))
	for _, call := range []struct{ label, address, token string }{
		{"gmail", "https://gmail.googleapis.com/gmail/v1/users/me/profile", mail},
		{"directory", "https://admin.googleapis.com/admin/directory/v1/customers/my_customer", customer},
	} {
		status, body := b.get(call.address, call.token)
		reason := ""
		if strings.Contains(body, "accessNotConfigured") {
			reason = " accessNotConfigured"
		}
		s.WriteString(call.label + ": " + http.StatusText(status) + "\n" + call.label + ": " + strconv.Itoa(status) + reason + "\n" + body + "\n")
	}
	return s.String()
}

// FuzzServe sends what nobody would send: an answer comes, and no token.
func FuzzServe(f *testing.F) {
	g := New(Options{})
	f.Add("oauth2.googleapis.com", "/token", "grant_type="+url.QueryEscape(grantType)+"&assertion=a.b.c")
	f.Add("admin.google.com", "/ac/owl/domainwidedelegation", "action=authorize&client=%00&scopes=,")
	f.Add("gmail.googleapis.com", "/gmail/v1/users//profile", "")
	f.Fuzz(func(t *testing.T, host, path, body string) {
		r := httptest.NewRequest(http.MethodPost, "https://x/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Host, r.URL.Path = host, path
		w := httptest.NewRecorder()
		g.ServeHTTP(w, r)
		if strings.Contains(w.Body.String(), "access_token") {
			t.Errorf("%s%s with %q gives a token", host, path, body)
		}
	})
}
