//go:build e2e

package e2e

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fairlead/lab"
	"fairlead/lab/entra"
)

// admin is an administrator of the lab's first tenant.
var admin = entra.Admin + "@" + entra.Tenants()[0].Domain

// TestMicrosoft365InTheTerminal walks the road of a computer without a browser: the
// consent page is opened elsewhere, and so is the sign-in that verifies, whose last
// address is pasted.
func TestMicrosoft365InTheTerminal(t *testing.T) {
	term := start(t, "SSH_CONNECTION=192.0.2.1", program(t)+" new --lab")
	term.wait("[ ] Directory Synchronization")
	term.press("Down", "Down", "Space")
	term.wait("[x] Directory Synchronization")
	term.press("Enter")
	term.wait("enter choose")
	term.upTo("› Microsoft 365", "Down")
	term.keep("30-microsoft365-platform")
	term.press("Enter")
	term.wait("› Next")
	term.keep("31-microsoft365-before")
	term.press("Enter")
	term.wait("Domain or tenant id")
	term.write(entra.Tenants()[0].Domain)
	term.press("Enter")
	term.wait("› Next")
	term.keep("32-microsoft365-permissions")
	term.press("Enter")
	term.wait("› No browser here")
	term.keep("33-microsoft365-way")
	term.press("Enter")
	term.wait("Application (client) id")
	term.press("Enter")
	term.wait("The permissions were granted")
	term.keep("34-microsoft365-consent")
	if err := (lab.Visitor{Account: admin}).Open(t.Context(), term.link(`/adminconsent\?`)); err != nil {
		t.Fatal(err)
	}
	term.press("y")
	term.wait("Application to verify with")
	term.write(entra.Verifier)
	term.press("Enter")
	term.wait("› Copy a link, paste the final address")
	term.keep("35-microsoft365-sign-in")
	term.press("Enter")
	term.wait("› Authorize")
	term.press("Enter")
	term.wait("left >")
	term.keep("36-microsoft365-link")
	term.write(signIn(t, term.link(`/oauth2/v2\.0/authorize\?`)))
	term.press("Enter")
	term.wait("› Verify")
	term.press("Enter")
	term.wait("› Next")
	term.keep("37-microsoft365-verified")
	term.press("Enter")
	term.wait("Name")
	answerUpTo(term, "Create")
	term.keep("38-microsoft365-summary")
	term.upTo("› Show as an answers file", "Down")
	term.press("Enter")
	term.wait("› Create connector")
	if all := term.screen(true); !strings.Contains(all, "The same as a command") { // it may have scrolled away
		t.Errorf("the command was not shown:\n%s", all)
	}
	term.keep("39-microsoft365-answers")
	term.press("Enter")
	term.wait("› Done")
	term.press("Enter")
	term.wait("ended with 0")
}

// link is the address on the screen that has a part like this, in one piece.
func (term *terminal) link(part string) string {
	term.t.Helper()
	found := regexp.MustCompile(`http://\S+`+part+`\S+`).FindAllString(term.screen(true, "-J"), -1)
	if len(found) == 0 {
		term.t.Fatalf("no link with %s stands on the screen:\n%s", part, term.screen(true))
	}
	return found[len(found)-1]
}

// upTo presses a key until a text stands on the screen.
func (term *terminal) upTo(text, key string) {
	term.t.Helper()
	for range 20 {
		now := term.still()
		if strings.Contains(now, text) {
			return
		}
		term.press(key)
		term.changed(now)
	}
	term.t.Fatalf("%q was not reached:\n%s", text, term.screen(true))
}

// signIn signs the administrator in at a page of the lab, in a browser on another
// computer, and returns the address that it cannot open.
func signIn(t *testing.T, page string) string {
	t.Helper()
	return visit(t, page, url.Values{"account": {admin}, "action": {"accept"}}).Get("Location")
}

// visit fills in a form of the lab, in a browser on this computer or another.
func visit(t *testing.T, page string, form url.Values) http.Header {
	t.Helper()
	browser := &http.Client{
		Timeout: 20 * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			return new(net.Dialer).DialContext(ctx, "tcp4", "127.0.0.1:"+port)
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := browser.PostForm(page, form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		t.Fatalf("%s: %s", page, resp.Status)
	}
	return resp.Header
}
