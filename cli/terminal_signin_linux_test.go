package cli

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/lab/entra"
	"fairlead/secret"
	"fairlead/workspace"
)

// consented makes a connector to the lab's tenant, where an administrator has
// granted what it needs.
func consented(t *testing.T, name string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	w, err := workspace.Open(t.Context(), workspace.Options{Lab: true, Dir: dir, Keyring: keyring.Memory()})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // the registry is opened again
	tenant, application := entra.Tenants()[0], entra.ServiceApplication("directory-synchronization")
	page := w.Lab.BrowserURL("https://login.microsoftonline.com/" + tenant.ID() + "/adminconsent?client_id=" + application)
	if err := (lab.Visitor{Account: entra.Admin + "@" + tenant.Domain}).Open(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	c := connectors.Connector{
		Name: name, Provider: "microsoft365", Tenant: tenant.ID(), Services: []string{"directory-synchronization"},
		Settings: map[string]string{
			"tenant": tenant.ID(), "domain": tenant.Domain, "cloud": tenant.Cloud, "service": "directory-synchronization",
			"application": application, "verifier": entra.Verifier, "granted-by": "service",
		},
	}
	if _, err := w.Keeper.Register(t.Context(), c, secret.Secret{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestSignInAtATerminal tests a connector again over SSH, in a process that was
// not there when consent was given: the link is opened elsewhere, and the address
// at the end is pasted.
func TestSignInAtATerminal(t *testing.T) {
	const name = "Directory, Contoso"
	dir := consented(t, name)
	t.Setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
	x := start(t, "test", name, "--lab", "--data", dir)
	x.expect("No browser here?")
	x.expect("left > ")
	x.send(signInAt(t, x.link()) + "\n")
	x.expect("Taken.")
	x.expect("pass  Permissions")
	x.end(0)

	x = start(t, "test", name, "--lab", "--data", dir)
	x.expect("left > ")
	x.send("\x03")
	x.expect("skip  Sign-in of an administrator")
	x.end(3)
}

// link is the address that was shown.
func (x *terminal) link() string {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	link := regexp.MustCompile(`http://\S+/oauth2/v2\.0/authorize\?\S+`).FindString(x.shown)
	if link == "" {
		x.t.Fatalf("no link to sign in at was shown:\n%s", x.shown)
	}
	return link
}

// signInAt signs an administrator in at a page of the lab, in a browser on another
// computer, and returns the address that it cannot open.
func signInAt(t *testing.T, page string) string {
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
	form := url.Values{"account": {entra.Admin + "@" + entra.Tenants()[0].Domain}, "action": {"accept"}}
	resp, err := browser.PostForm(page, form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.Header.Get("Location")
}
