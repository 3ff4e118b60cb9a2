//go:build clients

package clients

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fairlead/oauth"
)

const issuer = "https://" + hostName

var words = oauth.Text{
	Language: "en", Title: "Fairlead",
	Done: oauth.Message{Heading: "Signed in.", Next: "Go back to Fairlead."}, Failed: oauth.Message{Heading: "Not signed in."},
	Again: oauth.Message{Heading: "Already answered."}, Old: oauth.Message{Heading: "Another sign-in."},
}

// TestSignIn plays the code flow with oidc-provider: that it works, and each
// way in which it has to fail.
func TestSignIn(t *testing.T) {
	w := start(t)
	authority, err := oauth.Discover(t.Context(), w.network(), oauth.Place{Base: issuer})
	if err != nil {
		t.Fatal(err)
	}
	if !authority.IssuerSent || authority.DeviceEndpoint == "" {
		t.Errorf("got %+v", authority)
	}
	client := oauth.NewClient(w.network(), authority, "fairlead")
	begin := func(t *testing.T, where oauth.Loopback) (*oauth.SignIn, *oauth.Receiver) {
		t.Helper()
		r, err := oauth.Listen(t.Context(), where, words)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		signIn, err := client.Begin(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		return signIn, r
	}
	here := oauth.Loopback{Path: "/callback"}

	for host, localhost := range map[string]bool{"127.0.0.1": false, "localhost": true} {
		t.Run("works on "+host, func(t *testing.T) {
			signIn, r := begin(t, oauth.Loopback{Localhost: localhost, Path: "/callback"})
			if last := newPerson(t, w).signIn(r.Start()); !strings.Contains(last.body, "Signed in.") {
				t.Fatalf("the browser shows %d %s", last.status, last.body)
			}
			answer, err := r.Wait(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			tokens, err := signIn.Finish(t.Context(), answer)
			if err != nil {
				t.Fatal(err)
			}
			if tokens.Identity.Issuer != issuer || tokens.Identity.Subject != "anna.berg" || tokens.Access.IsEmpty() || !tokens.Expiry.After(time.Now()) {
				t.Errorf("got %+v", tokens)
			}
			if _, err := signIn.Finish(t.Context(), answer); oauth.KindOf(err) != oauth.Refused || codeOf(err) != "invalid_grant" {
				t.Errorf("the code a second time: %v", err)
			}
		})
	}
	t.Run("pasted", func(t *testing.T) {
		// The browser is on another computer: its last address leads nowhere.
		r := oauth.Deaf(here)
		signIn, err := client.Begin(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		p := newPerson(t, w)
		var last string
		p.browser.CheckRedirect = func(req *http.Request, _ []*http.Request) error {
			if strings.HasPrefix(req.URL.String(), r.Redirect()) {
				last = req.URL.String()
				return http.ErrUseLastResponse
			}
			return nil
		}
		p.signIn(r.Address())
		if err := r.Paste(last); err != nil {
			t.Fatal(err)
		}
		answer, err := r.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if tokens, err := signIn.Finish(t.Context(), answer); err != nil || tokens.Identity.Subject != "anna.berg" {
			t.Errorf("got %+v, %v", tokens, err)
		}
	})
	t.Run("declined", func(t *testing.T) {
		_, r := begin(t, here)
		if last := newPerson(t, w).decline(r.Start()); !strings.Contains(last.body, "Not signed in.") {
			t.Errorf("the browser shows %s", last.body)
		}
		if _, err := r.Wait(t.Context()); oauth.KindOf(err) != oauth.Declined || codeOf(err) != "access_denied" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("another sign-in's verifier", func(t *testing.T) {
		_, r := begin(t, here)
		other, _ := begin(t, here)
		newPerson(t, w).signIn(r.Start())
		answer, err := r.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Finish(t.Context(), answer); oauth.KindOf(err) != oauth.Refused || codeOf(err) != "invalid_grant" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("without PKCE", func(t *testing.T) {
		r, err := oauth.Listen(t.Context(), here, words)
		if err != nil {
			t.Fatal(err)
		}
		address := authority.AuthorizationEndpoint + "?" + url.Values{
			"client_id": {"fairlead"}, "response_type": {"code"}, "scope": {"openid"}, "redirect_uri": {r.Redirect()}, "state": {r.State()},
		}.Encode()
		if err := r.Begin(address, oauth.Expectation{Issuer: authority.Issuer, IssuerSent: true}); err != nil {
			t.Fatal(err)
		}
		newPerson(t, w).visit(r.Start())
		if _, err := r.Wait(t.Context()); oauth.KindOf(err) != oauth.Refused || codeOf(err) != "invalid_request" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a path that is not registered", func(t *testing.T) {
		_, r := begin(t, oauth.Loopback{Path: "/other", Wait: 2 * time.Second})
		if page := newPerson(t, w).visit(r.Start()); page.status != http.StatusBadRequest {
			t.Errorf("the browser shows %d at %s", page.status, page.address)
		}
		if _, err := r.Wait(t.Context()); oauth.KindOf(err) != oauth.TimedOut {
			t.Errorf("got %v", err)
		}
	})
	t.Run("another issuer expected", func(t *testing.T) {
		if _, err := oauth.Discover(t.Context(), w.network(), oauth.Place{Base: issuer, Issuer: "https://other.example"}); oauth.KindOf(err) != oauth.WrongIssuer {
			t.Errorf("got %v", err)
		}
	})
	t.Run("by code", func(t *testing.T) {
		device, err := client.BeginDevice(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p := newPerson(t, w)
		page := p.submit(p.visit(device.Address), url.Values{"user_code": {device.UserCode}})
		page = p.submit(page, url.Values{"confirm": {"yes"}})
		page = p.submit(page, url.Values{"login": {"anna.berg"}, "password": {"any"}})
		p.submit(page, url.Values{})
		if tokens, err := device.Wait(t.Context()); err != nil || tokens.Identity.Subject != "anna.berg" {
			t.Errorf("got %+v, %v", tokens, err)
		}
	})
}

func codeOf(err error) string {
	if e, ok := errors.AsType[*oauth.Error](err); ok {
		return e.Code
	}
	return ""
}
