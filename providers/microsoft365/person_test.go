package microsoft365

import (
	"context"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// person is somebody at a browser: opens what is asked for, picks an account,
// presses a button on each page, and stops where there is none.
type person struct {
	t       *testing.T
	account string   // to sign in with
	presses []string // the buttons to press where a page has them, in order of liking
	absent  bool     // opens nothing
	web     *http.Client

	mu     sync.Mutex
	opened []string    // addresses that were asked for
	pages  []string    // bodies, the last one last
	ended  chan string // the page where it stopped
	going  sync.WaitGroup
}

func newPerson(t *testing.T, account string, presses ...string) *person {
	p := &person{t: t, account: account, presses: presses, ended: make(chan string, 1000)}
	p.web = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			return new(net.Dialer).DialContext(ctx, "tcp4", "127.0.0.1:"+port)
		},
	}}
	t.Cleanup(p.going.Wait)
	return p
}

// Open implements oauth.Browser: the pages are walked while the program waits.
func (p *person) Open(_ context.Context, address string) error {
	p.mu.Lock()
	p.opened = append(p.opened, address)
	p.mu.Unlock()
	if !p.absent {
		p.going.Go(func() { p.ended <- p.walk(address) })
	}
	return nil
}

var (
	buttonForm = regexp.MustCompile(`<button[^>]* name="(\w+)" value="([^"]*)"`)
	hiddenForm = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)
)

// walk goes from page to page and returns the address where it ended; an error
// of the connection is one too: a page that nobody serves.
func (p *person) walk(address string) string {
	resp, err := p.web.Get(address)
	for range 8 {
		if err != nil {
			e, ok := err.(*url.Error)
			if !ok {
				return ""
			}
			return e.URL
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		p.mu.Lock()
		p.pages = append(p.pages, string(body))
		p.mu.Unlock()
		form := p.fill(string(body))
		if form == nil {
			return resp.Request.URL.String()
		}
		resp, err = p.web.PostForm(resp.Request.URL.String(), form)
	}
	return ""
}

// fill returns the form with the button that the person presses, or nil.
func (p *person) fill(body string) url.Values {
	form := url.Values{}
	for _, m := range hiddenForm.FindAllStringSubmatch(body, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	for _, want := range append([]string{p.account}, p.presses...) {
		for _, m := range buttonForm.FindAllStringSubmatch(body, -1) {
			if html.UnescapeString(m[2]) == want && !(want == p.account && form.Has("account")) {
				form.Set(m[1], want)
				return form
			}
		}
	}
	return nil
}

// last is the text of the last page.
func (p *person) last() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.pages) == 0 {
		return ""
	}
	return html.UnescapeString(p.pages[len(p.pages)-1])
}

func (p *person) addresses() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.opened, "\n")
}

// typeCode types a code at the page for devices and goes on.
func (p *person) typeCode(address, code string) {
	resp, err := p.web.PostForm(address, url.Values{"user_code": {code}})
	for range 4 {
		if err != nil {
			return
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		form := p.fill(string(body))
		if form == nil {
			return
		}
		resp, err = p.web.PostForm(address, form)
	}
}
