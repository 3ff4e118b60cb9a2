package entra

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// bench is an Entra with a browser and a client of OAuth in front of it.
type bench struct {
	t *testing.T
	*Entra
	clock *clock
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newBench(t *testing.T, faults ...string) *bench {
	t.Helper()
	c := &clock{at: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)}
	e, err := New(Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	e.keys = testKeys
	for _, f := range faults {
		if err := e.Set(f, true); err != nil {
			t.Fatal(err)
		}
	}
	return &bench{t, e, c}
}

// testKeys are made once for all tests: an Entra of its own makes its own.
var testKeys = sync.OnceValue(newKeys)

// answered is an answer with its body read.
type answered struct {
	status int
	header http.Header
	body   string
}

func (b *bench) send(method, address, form string, header ...string) answered {
	b.t.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(form))
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") && !strings.Contains(string(body), "LAB") {
		b.t.Errorf("a page without the label LAB: %s", body)
	}
	return answered{w.Code, w.Header(), string(body)}
}

func (a answered) object(t *testing.T) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(a.body), &o); err != nil {
		t.Fatalf("%d is not JSON: %v in %s", a.status, err, a.body)
	}
	return o
}

// back are the parameters of a redirect.
func (a answered) back(t *testing.T) url.Values {
	t.Helper()
	to, err := url.Parse(a.header.Get("Location"))
	if err != nil || a.status != http.StatusFound {
		t.Fatalf("%d leads to %q: %s", a.status, a.header.Get("Location"), a.body)
	}
	return to.Query()
}

var (
	button = regexp.MustCompile(`<button[^>]* name="(\w+)" value="([^"]*)"`)
	hidden = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)
)

// click sends the form with the button of this value, with what is hidden in
// it, as a browser does. A button that is not there is a mistake.
func (b *bench) click(page answered, address, value string, more ...string) answered {
	b.t.Helper()
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page.body, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	found := false
	for _, m := range button.FindAllStringSubmatch(page.body, -1) {
		if html.UnescapeString(m[2]) == value {
			form.Set(m[1], value)
			found = true
		}
	}
	if !found {
		b.t.Fatalf("there is no button %q in %s", value, page.body)
	}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return b.send(http.MethodPost, address, form.Encode())
}

// browse opens an address and presses buttons until there are no more.
func (b *bench) browse(address string, buttons ...string) answered {
	b.t.Helper()
	page := b.send(http.MethodGet, address, "")
	for _, value := range buttons {
		page = b.click(page, address, value)
	}
	return page
}

const (
	login    = "https://login.microsoftonline.com/"
	graphAt  = "https://graph.microsoft.com/v1.0/"
	loopback = "http://localhost:50123"
	verifier = "the-verifier-of-this-test-0123456789-0123456789"
	scope    = "openid profile offline_access https://graph.microsoft.com/Application.Read.All"
)

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// authorizeURL is that of a good request, with parameters changed; an empty
// value takes one away.
func authorizeURL(authority string, changes ...string) string {
	q := url.Values{
		"client_id": {Verifier}, "response_type": {"code"}, "redirect_uri": {loopback}, "scope": {scope},
		"state": {"s t&te"}, "nonce": {"n-1"}, "code_challenge": {challengeOf(verifier)}, "code_challenge_method": {"S256"},
	}
	return login + authority + "/oauth2/v2.0/authorize?" + changed(q, changes).Encode()
}

func consentURL(authority string, changes ...string) string {
	q := url.Values{
		"client_id": {Own}, "redirect_uri": {loopback}, "scope": {"https://graph.microsoft.com/.default"}, "state": {"s t&te"},
	}
	return login + authority + "/v2.0/adminconsent?" + changed(q, changes).Encode()
}

func changed(q url.Values, changes []string) url.Values {
	for i := 0; i < len(changes); i += 2 {
		q.Del(changes[i])
		if changes[i+1] != "" {
			q.Set(changes[i], changes[i+1])
		}
	}
	return q
}

// redeem sends a code to the token endpoint.
func (b *bench) redeem(authority, code string, changes ...string) answered {
	b.t.Helper()
	q := url.Values{
		"client_id": {Verifier}, "grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {loopback}, "code_verifier": {verifier},
	}
	return b.send(http.MethodPost, login+authority+"/oauth2/v2.0/token", changed(q, changes).Encode())
}

// signedIn goes all the way and returns the answer with the tokens.
func (b *bench) signedIn() map[string]any {
	b.t.Helper()
	page := b.browse(authorizeURL("contoso.example"), "admin@contoso.example", "accept")
	return b.redeem("contoso.example", page.back(b.t).Get("code")).object(b.t)
}

// ask asks Graph something with a token.
func (b *bench) ask(token any, path string) answered {
	b.t.Helper()
	return b.send(http.MethodGet, graphAt+path, "", "Authorization", "Bearer "+token.(string))
}

// claimsOf are those of a token, unverified.
func claimsOf(t *testing.T, token any) map[string]any {
	t.Helper()
	parts := strings.Split(token.(string), ".")
	body, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var c map[string]any
	if err := json.Unmarshal(body, &c); err != nil {
		t.Fatal(err)
	}
	return c
}
