package exchange

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/check"
)

var six = netip.MustParseAddr("2001:db8::7")

// TestNetwork is about names, addresses, ports and TLS.
func TestNetwork(t *testing.T) {
	closes := func(c net.Conn) { _ = c.Close() }
	after := func(say string) func(net.Conn) { // says something once it was greeted
		return func(c net.Conn) {
			_, _ = bufio.NewReader(c).ReadByte()
			_, _ = io.WriteString(c, say)
			_ = c.Close()
		}
	}
	for _, test := range []struct {
		name   string
		change func(w *world)
		codes  string
		at     string // the check that says so
	}{
		{"no name", func(w *world) { clear(w.names) }, "name-not-found", "name"},
		{"a name without addresses", func(w *world) { w.names[testHost] = nil }, "name-not-found", "name"},
		{"a private address", func(w *world) {
			w.at(netip.MustParseAddr("192.168.1.7"), w.servers[here])
		}, "private-address-only", "name"},
		{"a carrier's address", func(w *world) { w.at(netip.MustParseAddr("100.64.1.7"), w.servers[here]) }, "private-address-only", "name"},
		{"a private and a public address", func(w *world) {
			w.names[testHost] = append(w.names[testHost], netip.MustParseAddr("10.0.0.7"))
			w.servers[netip.MustParseAddr("10.0.0.7")] = w.servers[here]
		}, "", ""},

		{"refused", func(w *world) { clear(w.servers) }, "port-refused", "port"},
		{"dropped", func(w *world) { w.servers[here] = nil }, "port-unreachable", "port"},
		{"one of two refused", func(w *world) { w.also(there, w.servers[here]); delete(w.servers, here) }, "one-address-fails", "addresses"},
		{"one of two dropped", func(w *world) { w.also(there, nil) }, "one-address-fails", "addresses"},
		{"one of two with another certificate", func(w *world) {
			w.also(there, https(w.company.Issue(w.t, time.Now()), exchangeServer(opened)))
		}, "one-address-fails", "addresses"},
		{"two certificates in order", func(w *world) { w.also(there, https(w.good(), exchangeServer(opened))) }, "certificates-differ", "addresses"},
		{"one of two without TLS", func(w *world) { w.trip = time.Millisecond; w.also(there, slowly(after("220 hello\r\n"))) }, "one-address-fails", "addresses"},
		{"IPv6 dropped", func(w *world) { w.also(six, nil) }, "ipv6-broken", "addresses"},
		{"one refused, one dropped", func(w *world) { w.also(there, nil); delete(w.servers, here) }, "port-refused port-unreachable", "port"},

		{"plain HTTP", func(w *world) { w.servers[here] = after("HTTP/1.1 400 Bad Request\r\n\r\n") }, "plain-http", "tls"},
		{"a proxy", func(w *world) { w.servers[here] = after("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") }, "proxy-in-the-way", "tls"},
		{"mail", func(w *world) { w.servers[here] = after("220 mail.contoso.com ESMTP\r\n") }, "tls-handshake-failed", "tls"},
		{"an end", func(w *world) { w.servers[here] = closes }, "connection-reset", "tls"},
		{"silence", func(w *world) { w.servers[here] = after("") }, "connection-reset", "tls"},
		{"no answer", func(w *world) { w.servers[here] = func(c net.Conn) { _, _ = io.Copy(io.Discard, c) } }, "no-answer", "tls"},
		{"old TLS", func(w *world) {
			w.tls(func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 })
		}, "tls-too-old", "tls"},
		{"TLS 1.2", func(w *world) { w.tls(func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }) }, "", ""},
		{"a large hello is dropped", func(w *world) { w.servers[here] = dropsLarge(w.servers[here]) }, "connection-reset", "tls"},
		{"a client certificate, TLS 1.2", func(w *world) {
			w.tls(func(c *tls.Config) { c.MaxVersion, c.ClientAuth = tls.VersionTLS12, tls.RequireAnyClientCert })
		}, "client-certificate-required", "tls"},
		{"a client certificate, TLS 1.3", func(w *world) {
			w.tls(func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert })
		}, "client-certificate-required", "endpoint"},
		{"a client certificate if there is one", func(w *world) {
			w.tls(func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert })
		}, "", ""},
		{"expires soon", func(w *world) {
			w.servers[here] = https(w.good(func(c *x509.Certificate) { c.NotAfter = time.Now().Add(9 * day) }), exchangeServer(opened))
		}, "certificate-expires-soon", "certificate-dates"},

		{"a clock behind", func(w *world) { w.servers[here] = https(w.good(), dated(-10*time.Minute)) }, "clock-skew", "clock"},
		{"a clock a little behind", func(w *world) { w.servers[here] = https(w.good(), dated(-4*time.Minute)) }, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, exchangeServer(opened), func(t *testing.T, w *world) {
				test.change(w)
				report := w.run()
				if got := strings.Join(codes(report), " "); got != test.codes {
					t.Errorf("%s: %q, want %q", report.Headline(), got, test.codes)
				}
				if worst := report.Worst(); worst != nil && worst.ID != test.at {
					t.Errorf("it is said at %s, want %s", worst.ID, test.at)
				}
				if report.Took > 20*time.Second {
					t.Errorf("it took %v", report.Took)
				}
			})
		})
	}
}

// at moves the only server to an address.
func (w *world) at(address netip.Addr, server func(net.Conn)) {
	w.names[testHost], w.servers[address] = []netip.Addr{address}, server
}

// also puts a server at one more address of the host.
func (w *world) also(address netip.Addr, server func(net.Conn)) {
	w.names[testHost] = append(w.names[testHost], address)
	w.servers[address] = server
}

// slowly is a server that is slower than others to connect to.
func slowly(server func(net.Conn)) func(net.Conn) {
	return func(c net.Conn) {
		time.Sleep(time.Second)
		server(c)
	}
}

// tls puts a server with other settings of TLS in the place of the healthy one.
func (w *world) tls(change func(*tls.Config)) {
	config := &tls.Config{Certificates: []tls.Certificate{w.good()}}
	change(config)
	w.servers[here] = func(raw net.Conn) {
		defer raw.Close()
		conn := tls.Server(raw, config)
		requests := bufio.NewReader(conn)
		for {
			r, err := http.ReadRequest(requests)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, r.Body)
			say(conn, exchangeServer(opened)(r))
		}
	}
}

// dropsLarge is a firewall that ends a connection whose first bytes are more
// than an old TLS hello.
func dropsLarge(server func(net.Conn)) func(net.Conn) {
	return func(c net.Conn) {
		first := make([]byte, 4096)
		n, err := c.Read(first)
		if err != nil || n > 1000 {
			_ = c.Close()
			return
		}
		server(&prefixed{c, first[:n]})
	}
}

// prefixed is a connection of which some was read already.
type prefixed struct {
	net.Conn
	first []byte
}

func (p *prefixed) Read(b []byte) (int, error) {
	if len(p.first) == 0 {
		return p.Conn.Read(b)
	}
	n := copy(b, p.first)
	p.first = p.first[n:]
	return n, nil
}

// dated is a healthy server whose clock is off.
func dated(off time.Duration) func(*http.Request) string {
	return func(r *http.Request) string {
		date := "\r\nDate: " + time.Now().Add(off).UTC().Format(http.TimeFormat) + "\r\n"
		return strings.Replace(exchangeServer(opened)(r), "\r\n", date, 1)
	}
}

// TestAddressInsteadOfName: an IP address is looked up by nobody.
func TestAddressInsteadOfName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		w.servers[here] = https(w.good(func(c *x509.Certificate) { c.IPAddresses = []net.IP{here.AsSlice()} }), exchangeServer(opened))
		clear(w.names)
		report := w.run(func(target *Target) {
			target.URL, _ = ParseURL("https://" + here.String())
		})
		if report.Verdict() != check.Pass {
			t.Errorf("%s: %q", report.Headline(), codes(report))
		}
	})
}
