package oauth

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"fairlead/network"
)

// proxy is a proxy that tunnels everything to one server, or wants a sign-in.
func proxy(t *testing.T, to string, wantsSignIn bool) (address string, asked func() string) {
	t.Helper()
	target := make(chan string, 8)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		target <- r.Method + " " + r.Host
		if wantsSignIn {
			w.Header().Set("Proxy-Authenticate", "Negotiate")
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		out, err := net.Dial("tcp", to)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		in, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(in, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(out, in); out.Close() }()
		_, _ = io.Copy(in, out)
		in.Close()
	}))
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://"), func() string { return <-target }
}

func TestCallsGoThroughTheProxy(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}")
	}))
	t.Cleanup(server.Close)

	n := network.System()
	n.Trust(server.Certificate())
	n.Lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
		if host != "127.0.0.1" { // the name is the proxy's business
			t.Errorf("%s was looked up here", host)
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}
	address, asked := proxy(t, strings.TrimPrefix(server.URL, "https://"), false)
	var err error
	if n.Proxy, err = network.NewProxy(address, func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	if _, err := get(t.Context(), NewWeb(n), "https://example.com/"); err != nil {
		t.Fatal(err)
	}
	if got := asked(); got != "CONNECT example.com:443" {
		t.Errorf("the proxy was asked for %q", got)
	}

	address, _ = proxy(t, "", true)
	if n.Proxy, err = network.NewProxy("", func(name string) string {
		return map[string]string{"HTTPS_PROXY": "http://ana:hidden@" + address}[name]
	}); err != nil {
		t.Fatal(err)
	}
	_, err = get(t.Context(), NewWeb(n), "https://example.com/")
	if KindOf(err) != Unreachable {
		t.Fatalf("got %v", err)
	}
	text := err.Error()
	for inner := err; inner != nil; {
		u, ok := inner.(interface{ Unwrap() error })
		if !ok {
			break
		}
		inner = u.Unwrap()
		if inner != nil {
			text += "\n" + inner.Error()
		}
	}
	if !strings.Contains(text, "the environment names") || !strings.Contains(text, address) || strings.Contains(text, "hidden") {
		t.Errorf("it says %q", text)
	}
}
