package exchange

import (
	"bufio"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/providers/exchange/chain/chaintest"
)

// TestLabIssuers: with leave to fetch, an incomplete chain is told apart from an
// unknown root for certain; without it, what is only likely says so.
func TestLabIssuers(t *testing.T) {
	for _, test := range []struct {
		fault  string
		fetch  bool
		title  string
		likely string
		hint   bool // that it could be made certain
	}{
		{"certificate-chain-incomplete", false, "The server probably leaves out", "looks the same from here", true},
		{"certificate-chain-incomplete", true, "The server leaves out", "could be fetched", false},
		{"certificate-untrusted", false, "The certificate is from an authority", "leaves out a certificate", false},
		{"certificate-untrusted", true, "The certificate is from an authority", "its own certificate was fetched", false},
	} {
		l := startLab(t, test.fault)
		target := labTarget(l)
		target.Options.FetchIssuers = test.fetch
		report := Test(l.Network(), target).Run(t.Context(), nil)
		if got := codes(report); !slices.Equal(got, []string{test.fault}) {
			t.Errorf("%s: %q", test.fault, got)
			continue
		}
		d := result(report, "certificate").Diagnoses[0]
		if !strings.HasPrefix(d.Title, test.title) || !strings.Contains(strings.Join(d.Likely, "\n"), test.likely) {
			t.Errorf("%s, fetching %v: %q, %q", test.fault, test.fetch, d.Title, d.Likely)
		}
		if strings.Contains(d.Remedy, "--fetch-issuers") != test.hint {
			t.Errorf("%s, fetching %v: %s", test.fault, test.fetch, d.Remedy)
		}
	}
}

// TestFetchIssuer: a certificate's address leads nowhere without leave, and with
// leave into no private network.
func TestFetchIssuer(t *testing.T) {
	shelf := netip.MustParseAddr("203.0.113.80")
	mute := netip.MustParseAddr("203.0.113.81")
	inside := netip.MustParseAddr("10.0.0.80")
	at := func(addresses ...netip.Addr) []netip.Addr { return addresses }
	for _, test := range []struct {
		name      string
		addresses []netip.Addr
		say       func(cert []byte) string
		leave     bool
		dialled   bool
		sure      bool
	}{
		{"without leave", at(shelf), found, false, false, false},
		{"with leave", at(shelf), found, true, true, true},
		{"inside", at(inside), found, true, false, false},
		{"inside by another form", at(netip.AddrFrom16(inside.As16())), found, true, false, false},
		{"inside and outside", at(inside, shelf), found, true, true, true},
		{"past a silent address", at(mute, shelf), found, true, true, true},
		{"not there", at(shelf), func([]byte) string { return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" }, true, true, false},
		{"elsewhere", at(shelf), func([]byte) string {
			return "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.80/\r\nContent-Length: 0\r\n\r\n"
		}, true, true, false},
		{"endless", at(shelf), func([]byte) string { return "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", 2*maxIssuer) }, true, true, false},
		{"noise", at(shelf), func([]byte) string { return "noise\r\n\r\n" }, true, true, false},
		{"silence", at(shelf), nil, true, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, nil, func(t *testing.T, w *world) {
				issuing := chaintest.NewAuthority(t, "Issuing", w.public, time.Now())
				cert := issuing.Issue(t, time.Now(), func(c *x509.Certificate) {
					c.IssuingCertificateURL = []string{"http://pki.contoso.com/issuing.crt"}
				})
				cert.Certificate = cert.Certificate[:1]
				w.servers[here] = https(cert, exchangeServer(opened))
				w.names["pki.contoso.com"] = test.addresses
				w.servers[mute], w.servers[inside] = nil, nil
				w.servers[test.addresses[len(test.addresses)-1]] = shelves(func() string {
					if test.say == nil {
						time.Sleep(time.Minute)
						return ""
					}
					return test.say(issuing.Cert.Raw)
				})
				report := w.run(func(target *Target) { target.Options.FetchIssuers = test.leave })
				if got := codes(report); !slices.Equal(got, []string{"certificate-chain-incomplete"}) {
					t.Errorf("%q: %s", got, report.Headline())
				}
				d := result(report, "certificate").Diagnoses[0]
				if strings.Contains(d.Remedy, "--fetch-issuers") == test.leave {
					t.Errorf("with leave to fetch %v: %s", test.leave, d.Remedy)
				}
				if likely := strings.Join(d.Likely, " "); strings.Contains(likely, "could be fetched") != test.sure {
					t.Errorf("sure %v: %s", test.sure, likely)
				}
				for _, to := range w.dials {
					if private(to.Addr().Unmap()) {
						t.Errorf("%s was dialled", to)
					}
				}
				dialled := slices.ContainsFunc(w.dials, func(to netip.AddrPort) bool { return to.Port() == 80 })
				sure := strings.HasPrefix(d.Title, "The server leaves out")
				if dialled != test.dialled || sure != test.sure {
					t.Errorf("dialled %v, sure %v\n%s", dialled, sure, result(report, "certificate").Evidence)
				}
				if report.Verdict() != check.Fail || report.Took > waitIssuers+time.Second {
					t.Errorf("%s after %v", report.Headline(), report.Took)
				}
			})
		})
	}
}

func found(cert []byte) string {
	return reply(200, "Content-Type: application/pkix-cert\r\n", string(cert))
}

// shelves is a web server without TLS.
func shelves(say func() string) func(net.Conn) {
	return func(c net.Conn) {
		defer c.Close()
		if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
			_, _ = io.WriteString(c, say())
		}
	}
}
