package exchange

import (
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fairlead/check"
)

// TestSomeConnectionsFail: a server behind the one address that is not in order is
// reported, though the test itself came to another one.
func TestSomeConnectionsFail(t *testing.T) {
	for _, test := range []struct {
		name             string
		other            func(w *world) func(net.Conn)
		evidence, likely string
	}{
		{
			"a certificate not in order",
			func(w *world) func(net.Conn) { return https(w.company.Issue(w.t, time.Now()), exchangeServer(opened)) },
			"company authority, name matches", "shows a certificate that is not in order: company authority",
		},
		{
			"down", func(*world) func(net.Conn) { return func(c net.Conn) { _ = c.Close() } },
			"TLS handshake", "is down",
		},
		{
			"closing", func(w *world) func(net.Conn) { return serve(w.good(), func(net.Conn) {}) },
			"closed without an answer", "is down",
		},
		{
			"silent", func(w *world) func(net.Conn) {
				return serve(w.good(), func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
			},
			"no answer in time", "is down",
		},
	} {
		for _, depth := range []bool{false, true} {
			t.Run(test.name+map[bool]string{true: " in depth"}[depth], func(t *testing.T) {
				bubble(t, nil, func(t *testing.T, w *world) {
					good, other := https(w.good(), exchangeServer(opened)), test.other(w)
					var came atomic.Int32
					w.trip = time.Millisecond // so that the first one is here before the others
					w.servers[here] = func(c net.Conn) {
						third := came.Add(1) == 3
						time.Sleep(2 * w.trip) // those that are made again are here before the test goes on
						if third {
							other(c)
							return
						}
						good(c)
					}
					report := w.run(func(t *Target) { t.Options.Deep = depth })
					got := result(report, "balancer")
					if got.Cause() != "some-connections-fail" || got.Verdict != check.Warn || report.Verdict() != check.Warn {
						t.Fatalf("%q: %s", codes(report), report.Headline())
					}
					if !strings.HasPrefix(got.Summary, "1 of ") || !strings.Contains(got.Evidence, test.evidence) ||
						!strings.Contains(strings.Join(got.Diagnoses[0].Likely, " "), test.likely) {
						t.Errorf("%s\n%s\n%q", got.Summary, got.Evidence, got.Diagnoses[0].Likely)
					}
				})
			})
		}
	}
}

// TestSignedInElsewhere: that only the calls with a sign-in meet another server
// is seen at the sign-in alone, and is said there in depth too, where NTLM is
// skipped for it.
func TestSignedInElsewhere(t *testing.T) {
	for _, depth := range []bool{false, true} {
		bubble(t, exchangeServer(func(r *http.Request) string {
			return strings.Replace(opened(r), "X-FEServer: EX01", "X-FEServer: EX02", 1)
		}), func(t *testing.T, w *world) {
			report := w.run(func(t *Target) { t.Options.Deep = depth })
			got := result(report, "sign-in")
			if !slices.Equal(codes(report), []string{"front-end-changes-on-connection"}) || got.Verdict != check.Warn {
				t.Fatalf("in depth %v: %q at %s", depth, codes(report), report.Headline())
			}
			if likely := got.Diagnoses[0].Likely[0]; !strings.HasSuffix(likely, "first EX01 answered, then EX02") {
				t.Errorf("in depth %v: %s", depth, likely)
			}
			if depth && result(report, "ntlm").Verdict != check.Skip {
				t.Errorf("NTLM: %s", result(report, "ntlm").Summary)
			}
		})
	}
}

// TestAllConnectionsFail: where nobody answers, that is the server's affair and
// not that of some connections.
func TestAllConnectionsFail(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		w.servers[here] = serve(w.good(), func(net.Conn) {})
		if got := codes(w.run()); !slices.Equal(got, []string{"connection-reset"}) {
			t.Errorf("%q", got)
		}
	})
}
