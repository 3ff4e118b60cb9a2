package lab

import (
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"fairlead/lab/entra"
)

const configurationPath = "/contoso.example/v2.0/.well-known/openid-configuration"

// TestEntraStandsInTheWorld looks Entra's names up, connects, and trusts the
// lab's authority, as a client in the lab's network does.
func TestEntraStandsInTheWorld(t *testing.T) {
	l := start(t, Options{})
	for _, host := range l.Entra().Hosts() {
		response, body := newClient(t, l, noAddr).must(get("https://" + host + configurationPath))
		if host == "login.microsoftonline.com" && (response.StatusCode != http.StatusOK || !strings.Contains(body, `"msgraph_host":"graph.microsoft.com"`)) {
			t.Errorf("%s: %s %s", host, response.Status, body)
		}
	}
	if conn, err := l.Network().Dial(t.Context(), netip.MustParseAddrPort("198.51.100.20:80")); err == nil {
		_ = conn.Close()
		t.Error("Entra answers on port 80")
	}
}

func TestEntraForABrowser(t *testing.T) {
	l := start(t, Options{})
	address := l.BrowserURL("https://login.microsoftonline.us/gcc-high.contoso.example/v2.0/adminconsent?client_id=x")
	host, rest, _ := strings.Cut(strings.TrimPrefix(address, "http://"), ":")
	if host != "login.microsoftonline.us.localhost" || !strings.HasSuffix(rest, "/v2.0/adminconsent?client_id=x") {
		t.Fatalf("a browser would be led to %s", address)
	}
	for _, other := range []string{"https://example.com/", "http://login.microsoftonline.us/", "https://graph.evil.example/", "%"} {
		if got := l.BrowserURL(other); got != other {
			t.Errorf("%s becomes %s", other, got)
		}
	}
	port, _, _ := strings.Cut(rest, "/")
	request := get("http://127.0.0.1:" + port + "/gcc-high.contoso.example/v2.0/adminconsent?client_id=x")
	request.Host = "login.microsoftonline.us.localhost:" + port // whatever a resolver thinks of localhost
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || !strings.Contains(string(body), "LAB") || !strings.Contains(string(body), "AADSTS700016") {
		t.Errorf("%v %s", err, body)
	}
}

func TestFaultsOfEntra(t *testing.T) {
	const fault = "aadsts-90002"
	l := start(t, Options{Faults: []string{fault, "slow"}})
	if got := l.Active(); !slices.Equal(got, []string{fault, "slow"}) {
		t.Errorf("active are %v", got)
	}
	_, body := newClient(t, l, noAddr).must(get("https://login.microsoftonline.com" + configurationPath))
	if !strings.Contains(body, "AADSTS90002") {
		t.Errorf("the fault does not show: %s", body)
	}
	if err := l.Set(fault, false); err != nil {
		t.Fatal(err)
	}
	if _, body := newClient(t, l, noAddr).must(get("https://login.microsoftonline.com" + configurationPath)); strings.Contains(body, "AADSTS") {
		t.Errorf("the fault does not end: %s", body)
	}
	for _, f := range EntraFaults() {
		if slices.ContainsFunc(Faults(), func(o Fault) bool { return o.Name == f.Name }) {
			t.Errorf("%s is the name of two faults", f.Name)
		}
	}
	if len(EntraFaults()) != len(entra.Faults()) {
		t.Error("faults are missing")
	}
	if err := l.Set("aadsts-9002", true); err == nil || !strings.Contains(err.Error(), fault) {
		t.Errorf("a mistyped name: %v", err)
	}
}

// TestGoogleStandsInTheWorld connects to Google's names, asks the token service
// for nothing, and switches a fault on.
func TestGoogleStandsInTheWorld(t *testing.T) {
	l := start(t, Options{Faults: []string{"google-token-html"}})
	for _, host := range l.Google().Hosts() {
		if response, body := newClient(t, l, noAddr).must(get("https://" + host + "/nothing")); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s %s", host, response.Status, body)
		}
	}
	if got := l.Active(); !slices.Equal(got, []string{"google-token-html"}) {
		t.Errorf("active are %v", got)
	}
	if address := l.BrowserURL("https://admin.google.com/ac/owl/domainwidedelegation?x=1"); !strings.HasPrefix(address, "http://admin.google.com.localhost:") {
		t.Errorf("a browser would be led to %s", address)
	}
	if err := l.Set("google-token-htm", true); err == nil || !strings.Contains(err.Error(), "google-token-html") {
		t.Errorf("a mistyped name: %v", err)
	}
}
