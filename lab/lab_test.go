package lab

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var noAddr netip.Addr

func addrOf(addr string) netip.AddrPort { return netip.AddrPortFrom(netip.MustParseAddr(addr), 443) }

// TestNetworkIsClosed asks the lab's network for the outside world.
func TestNetworkIsClosed(t *testing.T) {
	n := start(t, Options{}).Network()
	if !n.Lab {
		t.Error("the network does not say that it is a lab's")
	}
	for _, host := range []string{"example.com", "localhost", "contoso.example.evil", "outlook.office365.com", ""} {
		_, err := n.Lookup(context.Background(), host)
		if dns, ok := errors.AsType[*net.DNSError](err); !ok || !dns.IsNotFound {
			t.Errorf("lookup of %q: %v, want a name that does not exist", host, err)
		}
	}
	for _, host := range []string{"mail.contoso.example", "MAIL.Contoso.Example.", "autodiscover.contoso.example", "contoso.example"} {
		if found, err := n.Lookup(context.Background(), host); err != nil || len(found) != 2 {
			t.Errorf("lookup of %q: %v, %v, want two addresses", host, found, err)
		}
	}
	for _, address := range []string{"127.0.0.1:443", "198.51.100.1:443", "203.0.113.7:81", "[::1]:443", "203.0.113.9:443"} {
		_, err := n.Dial(context.Background(), netip.MustParseAddrPort(address))
		if !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("dial %s: %v, want refused", address, err)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := n.Dial(ended, addrOf("203.0.113.7")); err == nil {
		t.Error("dialled although the context had ended")
	}
	if _, err := n.Lookup(ended, mailHost); err == nil {
		t.Error("looked up although the context had ended")
	}
	conn, err := n.Dial(context.Background(), addrOf("203.0.113.7"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := conn.RemoteAddr().String(); got != "203.0.113.7:443" {
		t.Errorf("connected to %s", got)
	}
}

// TestSetTakesEffectAtOnce switches faults under a client that stays.
func TestSetTakesEffectAtOnce(t *testing.T) {
	l := start(t, Options{})
	c := newClient(t, l, noAddr)
	status := func() int {
		t.Helper()
		response, _ := c.must(post(l.URL(), request(version2013, convertIDBody)))
		return response.StatusCode
	}
	set := func(name string, on bool) {
		t.Helper()
		if err := l.Set(name, on); err != nil {
			t.Fatal(err)
		}
	}
	if got := status(); got != http.StatusUnauthorized {
		t.Fatalf("status %d", got)
	}
	set("forms-login", true)
	set("certificate-expired", true)
	if got := status(); got != http.StatusFound { // on the connection that stood before
		t.Errorf("with forms-login: status %d, want 302", got)
	}
	c.http.CloseIdleConnections()
	_, _, err := c.do(get(l.URL()))
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); !ok || invalid.Reason != x509.Expired {
		t.Errorf("with certificate-expired: %v, want an expired certificate", err)
	}
	if got, want := l.Active(), []string{"certificate-expired", "forms-login"}; !slices.Equal(got, want) {
		t.Errorf("active: %v, want %v", got, want)
	}
	set("forms-login", false)
	set("certificate-expired", false)
	if got := status(); got != http.StatusUnauthorized {
		t.Errorf("healthy again: status %d, want 401", got)
	}
	if got := l.Active(); len(got) != 0 {
		t.Errorf("active: %v, want none", got)
	}
}

func TestSetUnknown(t *testing.T) {
	l := start(t, Options{})
	for name, want := range map[string]string{
		"certificate-expird": "certificate-expired",
		"impersonation":      "impersonation-denied",
		"Basic-Not-Offered":  "basic-not-offered",
		"sing-in-refused":    "sign-in-refused",
		"":                   "lists of those that there are",
		"quite another word": "lists of those that there are",
	} {
		if err := l.Set(name, true); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %q", name, err, want)
		}
	}
	if _, err := Start(context.Background(), Options{Faults: []string{"nonsense"}}); err == nil {
		t.Error("started with a fault that does not exist")
	}
}

func TestFaultsAreSortedAndTold(t *testing.T) {
	list := Faults()
	if !slices.IsSortedFunc(list, func(a, b Fault) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("not sorted")
	}
	for i, f := range list {
		if f.Title == "" || !strings.HasSuffix(f.Explanation, ".") {
			t.Errorf("%s: title %q, explanation %q", f.Name, f.Title, f.Explanation)
		}
		if i > 0 && f.Name == list[i-1].Name {
			t.Errorf("%s is declared twice", f.Name)
		}
	}
}

// TestCombined switches every pair of faults on: the lab must be able to build
// each such world.
func TestCombined(t *testing.T) {
	l := start(t, Options{})
	var cheap []string // without those that make RSA keys, which takes long
	for _, f := range Faults() {
		if f.Name != "certificate-weak-key" && f.Name != "tls-handshake-failed" {
			cheap = append(cheap, f.Name)
		}
	}
	for i, a := range cheap {
		for _, b := range cheap[i+1:] {
			if _, err := l.build(map[string]bool{a: true, b: true}); err != nil {
				t.Errorf("%s and %s: %v", a, b, err)
			}
		}
	}
}

// TestClose ends a lab with connections in every state and looks for what it
// has left running.
func TestClose(t *testing.T) {
	for _, delay := range []time.Duration{0, time.Millisecond} {
		ctx, cancel := context.WithCancel(context.Background())
		l, err := Start(ctx, Options{Delay: delay})
		if err != nil {
			t.Fatal(err)
		}
		entered := make(chan struct{})
		world := l.healthy()
		world.tls = l.world.Load().tls
		world.sites[netip.MustParseAddr("203.0.113.8")] = site{silent: true}
		world.after = []step{func(v *visit) bool {
			close(entered)
			<-v.Context().Done()
			return true
		}}
		l.world.Store(world)

		address := l.doors[0].Addr().String()
		silent, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
		newClient(t, l, noAddr).must(post(l.URL(), request(version2013, convertIDBody))) // stays idle
		waiting, unreachable := make(chan error, 1), make(chan error, 1)
		go func() {
			_, _, err := newClient(t, l, noAddr).do(signed(post(l.URL(), request(version2013, convertIDBody))))
			waiting <- err
		}()
		go func() {
			_, err := l.Network().Dial(context.Background(), addrOf("203.0.113.8"))
			unreachable <- err
		}()
		<-entered
		cancel()
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if err := l.Close(); err != nil {
			t.Errorf("second close: %v", err)
		}
		if err := <-waiting; err == nil {
			t.Error("a request was answered by a closed lab")
		}
		if err := <-unreachable; err == nil {
			t.Error("a dial succeeded in a closed lab")
		}
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			t.Error("a closed lab still listens")
		}
		if left := leftRunning(10 * time.Second); left != "" {
			t.Errorf("delay %v: still running:\n%s", delay, left)
		}
	}
}

// leftRunning returns the stacks of all goroutines if some belong to a lab.
// Those that have told Close of their end may need a moment to leave their last
// function.
func leftRunning(patience time.Duration) string {
	for deadline := time.Now().Add(patience); ; runtime.Gosched() {
		var stacks bytes.Buffer
		_ = pprof.Lookup("goroutine").WriteTo(&stacks, 2)
		left := slices.ContainsFunc(
			[]string{"lab.(*Lab).serve", "lab.(*lagging)", "lab.(*door)", "http.(*conn).serve"},
			func(part string) bool { return strings.Contains(stacks.String(), part) })
		if !left {
			return ""
		}
		if time.Now().After(deadline) {
			return stacks.String()
		}
	}
}

// TestLoopback uses the lab as a real client does: by the loopback address and
// the authority's file.
func TestLoopback(t *testing.T) {
	l := start(t, Options{})
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(l.CAPEM()) {
		t.Fatal("no certificate in the PEM")
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Do(signed(get(l.LoopbackURL())))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("status %s", response.Status)
	}
}
