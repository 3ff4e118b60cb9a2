package exchange

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/check"
	"fairlead/providers"
	"fairlead/providers/exchange/chain/chaintest"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/wire"
)

// bubble runs a test in a world with one healthy server.
func bubble(t *testing.T, handle func(*http.Request) string, test func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		w.servers[here] = https(w.good(), handle)
		test(t, w)
	})
}

func TestDeclarations(t *testing.T) {
	full := &test{
		target: Target{URL: online, SignIn: testAccount, Mailbox: testMailbox},
		reply:  &ews.Answer{Code: "ErrorServerBusy"}, open: &wire.Answer{Header: http.Header{}}, build: "15.2.1748.10",
	}
	for _, mode := range []Mode{Strict, Relaxed} {
		for _, sample := range []*test{full, {target: Target{URL: online}}} {
			if err := check.Validate(checks(Target{Mode: mode, Options: providers.TestOptions{Deep: true}}), sample); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestTexts looks at every remedy as an administrator will see it.
func TestTexts(t *testing.T) {
	for _, c := range checks(Target{Options: providers.TestOptions{Deep: true}}) {
		for _, cause := range c.Causes {
			if strings.Count(cause.Remedy, "```")%2 != 0 {
				t.Errorf("%s: a block of commands is not closed", cause.Code)
			}
			for _, text := range append(cause.Likely, cause.Title, cause.Remedy, cause.Look) {
				if strings.Contains(text, "!") || strings.Contains(text, "  \n") || strings.Contains(text, "\t") {
					t.Errorf("%s: %q", cause.Code, text)
				}
			}
			if len(cause.Likely) == 0 {
				t.Errorf("%s: nothing is said about why", cause.Code)
			}
		}
	}
}

// TestRoundTrips proves the budget: TCP, TLS, one call without a sign-in, one
// with it.
func TestRoundTrips(t *testing.T) {
	bubble(t, exchangeServer(opened), func(t *testing.T, w *world) {
		w.trip = 100 * time.Millisecond
		report := w.run()
		if report.Verdict() != check.Pass {
			t.Fatalf("%s: %q", report.Headline(), codes(report))
		}
		if trips := float64(report.Took) / float64(w.trip); trips != 4 {
			t.Errorf("the test took %.2f round trips", trips)
		}
	})
}

// TestOneSignIn: one request of a healthy test carries the sign-in. Two more
// connections are made to see who answers, and carry none.
func TestOneSignIn(t *testing.T) {
	var signIns int
	bubble(t, exchangeServer(func(r *http.Request) string {
		signIns++
		if anchor := r.Header.Get("X-AnchorMailbox"); anchor != testMailbox {
			t.Errorf("the anchor is %q", anchor)
		}
		return opened(r)
	}), func(t *testing.T, w *world) {
		w.run()
		if signIns != 1 || len(w.dials) != 1+repeats {
			t.Errorf("%d sign-ins over %d connections", signIns, len(w.dials))
		}
	})
}

// TestStop: Run returns at once, whatever a server does.
func TestStop(t *testing.T) {
	bubble(t, opened, func(t *testing.T, w *world) {
		w.servers[here] = func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		report := Test(w.network(), w.target()).Run(ctx, nil)
		if took := time.Since(start); took != time.Second {
			t.Errorf("stopping took %v", took-time.Second)
		}
		if report.Verdict() == check.Fail || report.Complete() {
			t.Errorf("%s: %q", report.Headline(), codes(report))
		}
	})
}

// TestModes: Relaxed forgives what is about trust, and nothing else.
func TestModes(t *testing.T) {
	yesterday := func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-day) }
	other := func(c *x509.Certificate) { c.DNSNames = []string{"www.contoso.com"} }
	for _, test := range []struct {
		name            string
		cert            func(w *world) tls.Certificate
		code            string
		strict, relaxed check.Verdict
	}{
		{"in order", func(w *world) tls.Certificate { return w.good() }, "", check.Pass, check.Pass},
		{
			"self-signed", func(w *world) tls.Certificate { return (*chaintest.Authority)(nil).Issue(w.t, time.Now()) },
			"certificate-self-signed", check.Fail, check.Warn,
		},
		{
			"a company's", func(w *world) tls.Certificate { return w.company.Issue(w.t, time.Now()) },
			"certificate-private-ca", check.Fail, check.Warn,
		},
		{"incomplete", func(w *world) tls.Certificate {
			c := chaintest.NewAuthority(w.t, "Issuing", w.public, time.Now()).Issue(w.t, time.Now())
			c.Certificate = c.Certificate[:1]
			return c
		}, "certificate-chain-incomplete", check.Fail, check.Warn},
		{"unknown", func(w *world) tls.Certificate {
			stranger := chaintest.NewAuthority(w.t, "Stranger", nil, time.Now())
			return chaintest.NewAuthority(w.t, "Stranger Issuing", stranger, time.Now()).Issue(w.t, time.Now())
		}, "certificate-untrusted", check.Fail, check.Warn},
		{"expired", func(w *world) tls.Certificate { return w.good(yesterday) }, "certificate-expired", check.Fail, check.Fail},
		{
			"another name", func(w *world) tls.Certificate { return w.good(other) },
			"certificate-name-mismatch", check.Fail, check.Fail,
		},
		{"self-signed and expired", func(w *world) tls.Certificate {
			return (*chaintest.Authority)(nil).Issue(w.t, time.Now(), yesterday)
		}, "certificate-expired", check.Fail, check.Fail},
		{"inspected", func(w *world) tls.Certificate {
			return chaintest.NewAuthority(w.t, "Contoso TLS Inspection", nil, time.Now()).Issue(w.t, time.Now())
		}, "tls-inspected", check.Fail, check.Fail},
	} {
		for mode, want := range map[Mode]check.Verdict{Strict: test.strict, Relaxed: test.relaxed} {
			t.Run(test.name+" "+string(mode), func(t *testing.T) {
				bubble(t, nil, func(t *testing.T, w *world) {
					signedIn := false
					w.servers[here] = https(test.cert(w), exchangeServer(func(r *http.Request) string {
						signedIn = true
						return opened(r)
					}))
					report := w.run(func(t *Target) { t.Mode = mode })
					if got := report.Verdict(); got != want || strings.Join(codes(report), " ") != test.code && want != check.Fail {
						t.Errorf("%s, %q", report.Headline(), codes(report))
					}
					if test.code != "" && report.Worst().Cause() != test.code {
						t.Errorf("the cause is %q, want %q", report.Worst().Cause(), test.code)
					}
					if signedIn != (want != check.Fail) {
						t.Errorf("the password was sent: %v", signedIn)
					}
					if want == check.Warn && !strings.Contains(result(report, "certificate").Diagnoses[0].Remedy, "Strict would refuse") {
						t.Error("it is not said what Strict would do")
					}
				})
			})
		}
	}
}

// result returns the outcome of one check.
func result(r check.Report, id string) check.Result {
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	return check.Result{}
}

// TestNewConnection is about a server that closes after each answer: the
// sign-in goes over a new connection if its certificate is in order too.
func TestNewConnection(t *testing.T) {
	closing := func(answer string) string { return strings.Replace(answer, "\r\n", "\r\nConnection: close\r\n", 1) }
	for _, test := range []struct {
		name   string
		second func(w *world) tls.Certificate // nil for the same again
		code   string
	}{
		{"the same certificate", nil, ""},
		{"another one in order", func(w *world) tls.Certificate { return w.good() }, ""},
		{"one that is not", func(w *world) tls.Certificate { return w.company.Issue(w.t, time.Now()) }, "certificate-untrusted"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, nil, func(t *testing.T, w *world) {
				first, signIns := w.good(), 0
				second := first
				if test.second != nil {
					second = test.second(w)
				}
				var answered atomic.Bool
				handle := func(r *http.Request) string {
					if !hasSignIn(r) {
						answered.Store(true)
						return closing(challenge401)
					}
					signIns++
					return closing(opened(r))
				}
				w.servers[here] = func(c net.Conn) {
					cert := first
					if answered.Load() {
						cert = second
					}
					https(cert, handle)(c)
				}
				report := w.run()
				// The connections that look for a balancer are opened meanwhile: they may meet one
				// certificate or both, and tell of it.
				got := slices.DeleteFunc(codes(report), func(code string) bool {
					return test.second != nil && (code == "certificates-differ" || code == "some-connections-fail")
				})
				if got := strings.Join(got, " "); got != test.code {
					t.Errorf("%s: %q", report.Headline(), got)
				}
				if want := map[bool]int{true: 1, false: 0}[test.code == ""]; signIns != want || len(w.dials) != 2+repeats {
					t.Errorf("the password was sent %d times, over %d connections", signIns, len(w.dials))
				}
			})
		})
	}
}

// TestDoubt is about answers that leave open whether the sign-in or the way to
// the mailbox is at fault: a second call tells, and never follows a 401.
func TestDoubt(t *testing.T) {
	forbidden := reply(403, "", "")
	for _, test := range []struct {
		name           string
		mailbox, plain string // the answers to the call for the mailbox and to the one without
		codes          string
		calls          int
	}{
		{"refused", challenge401, opened(nil), "sign-in-refused", 1},
		{"refused with a fault in it", strings.Replace(soapFault("ErrorAccessDenied"), "500 Internal Server Error", "401 Unauthorized", 1), opened(nil), "sign-in-refused", 1},
		// A gateway may refuse a password in these ways: it is not sent again.
		{"forbidden", forbidden, challenge401, "access-policy-denied", 1},
		{"a redirect to a login page", reply(302, "Location: /logon\r\n", ""), challenge401, "body-altered", 1},
		{"a server that is gone", reply(503, "", ""), soapFault("ErrorInvalidIdMalformed"), "routing-failed", 2},
		{"an unknown anchor", reply(404, "X-CasErrorCode: UserNotFound\r\n", ""), soapFault("ErrorInvalidIdMalformed"), "unknown-anchor", 2},
		{"a page", reply(200, "Content-Type: text/html\r\n", "<html></html>"), challenge401, "body-altered", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls := 0
			bubble(t, exchangeServer(func(r *http.Request) string {
				calls++
				if r.Header.Get("X-AnchorMailbox") != "" {
					return test.mailbox
				}
				return test.plain
			}), func(t *testing.T, w *world) {
				report := w.run()
				if got := strings.Join(codes(report), " "); got != test.codes || calls != test.calls {
					t.Errorf("after %d calls: %s, %q", calls, report.Headline(), got)
				}
			})
		})
	}
}

// TestWithoutMailbox reads the answer to the simple call.
func TestWithoutMailbox(t *testing.T) {
	for code, want := range map[string]string{
		"ErrorInvalidIdMalformed": "", "ErrorServerBusy": "throttled", "ErrorPasswordExpired": "password-expired",
		"ErrorADUnavailable": "directory-unavailable", "ErrorInternalServerError": "application-error",
		"ErrorAccessDenied": "access-policy-denied", "ErrorInvalidServerVersion": "schema-version-unknown",
		"ErrorSomethingNew": "unexplained",
	} {
		t.Run(code, func(t *testing.T) {
			bubble(t, exchangeServer(func(*http.Request) string { return soapFault(code) }), func(t *testing.T, w *world) {
				report := w.run(func(t *Target) { t.Mailbox = "" })
				if got := strings.Join(codes(report), " "); got != want {
					t.Errorf("%s: %q", report.Headline(), got)
				}
				if got := result(report, "impersonation"); got.Verdict != check.Skip {
					t.Errorf("the mailbox check says %s, %s", got.Verdict, got.Summary)
				}
			})
		})
	}
}

// TestRelaxedTakesNoSecond: where the first certificate was one that anyone can
// make, a new connection must show the same one.
func TestRelaxedTakesNoSecond(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		selfSigned := func() tls.Certificate { return (*chaintest.Authority)(nil).Issue(t, time.Now()) }
		first, second := selfSigned(), selfSigned()
		var answered atomic.Bool
		w.servers[here] = func(c net.Conn) {
			cert := first
			if answered.Load() {
				cert = second
			}
			https(cert, func(r *http.Request) string {
				if r.Header.Get("Authorization") != "" {
					t.Error("the password was sent")
				}
				answered.Store(true)
				return reply(401, "WWW-Authenticate: Basic realm=x\r\nConnection: close\r\n", "")
			})(c)
		}
		report := w.run(func(t *Target) { t.Mode = Relaxed })
		if got := result(report, "sign-in").Cause(); got != "certificate-untrusted" {
			t.Errorf("%s: %q", report.Headline(), codes(report))
		}
	})
}
