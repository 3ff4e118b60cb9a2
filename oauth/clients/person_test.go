//go:build clients

package clients

import (
	"context"
	"crypto/tls"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// person is somebody at a browser: follows redirects, keeps cookies, and fills
// in the forms of the server's sign-in and consent pages.
type person struct {
	t       *testing.T
	browser *http.Client
}

func newPerson(t *testing.T, w *world) *person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t, &http.Client{Jar: jar, Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: w.roots},
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if strings.HasPrefix(address, hostName+":") {
				address = w.address.String()
			}
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}}}
}

// screen is what the browser shows.
type screen struct {
	address *url.URL
	status  int
	body    string
}

func (p *person) read(resp *http.Response, err error) screen {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return screen{resp.Request.URL, resp.StatusCode, string(body)}
}

func (p *person) visit(address string) screen {
	p.t.Helper()
	return p.read(p.browser.Get(address))
}

var (
	formAction = regexp.MustCompile(`<form[^>]* action="([^"]+)"`)
	hidden     = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
	abortLink  = regexp.MustCompile(`<a href="([^"]*/abort)"`)
)

// submit sends the form on the screen, with these fields filled in.
func (p *person) submit(s screen, fields url.Values) screen {
	p.t.Helper()
	action := formAction.FindStringSubmatch(s.body)
	if action == nil {
		p.t.Fatalf("no form at %s (status %d):\n%s", s.address, s.status, s.body)
	}
	for _, field := range hidden.FindAllStringSubmatch(s.body, -1) {
		fields.Set(field[1], html.UnescapeString(field[2]))
	}
	target, err := s.address.Parse(html.UnescapeString(action[1]))
	if err != nil {
		p.t.Fatal(err)
	}
	return p.read(p.browser.PostForm(target.String(), fields))
}

// signIn signs in and consents, from the first address to the last page.
func (p *person) signIn(address string) screen {
	p.t.Helper()
	page := p.submit(p.visit(address), url.Values{"login": {"anna.berg"}, "password": {"any"}})
	return p.submit(page, url.Values{})
}

// decline goes to the sign-in page and presses Cancel.
func (p *person) decline(address string) screen {
	p.t.Helper()
	page := p.visit(address)
	link := abortLink.FindStringSubmatch(page.body)
	if link == nil {
		p.t.Fatalf("nothing to press at %s:\n%s", page.address, page.body)
	}
	target, err := page.address.Parse(html.UnescapeString(link[1]))
	if err != nil {
		p.t.Fatal(err)
	}
	return p.visit(target.String())
}
