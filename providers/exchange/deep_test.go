package exchange

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
)

func deep(t *Target) { t.Options.Deep = true }

// TestOneRefusalInDepth: whatever refuses the password after it was accepted
// once, it is sent no further time.
func TestOneRefusalInDepth(t *testing.T) {
	for _, test := range []struct {
		name, refusal, code string
	}{
		{"by a server", challenge401, "sign-in-refused"},
		{"by the mailbox server", strings.Replace(challenge401, "X-FEServer: EX01", "X-BEServer: EX02", 1), "legacy-auth-blocked"},
		{"by a gateway's page", reply(302, "Location: /my.policy\r\n", ""), "forms-login"},
		{"by a gateway", reply(403, "", ""), "sign-in-refused"},
		{"by a cut", "", "connection-reset"},
		{"and echoed", reply(401, "X-DiagInfo: "+testSecret+"\r\nWWW-Authenticate: Basic realm=\""+testSecret+"\"\r\n", testSecret), "sign-in-refused"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var sent atomic.Int32
			bubble(t, exchangeServer(func(r *http.Request) string {
				if sent.Add(1) == 1 {
					return opened(r)
				}
				return test.refusal
			}), func(t *testing.T, w *world) {
				report := w.run(deep)
				if got := codes(report); !slices.Equal(got, []string{test.code}) {
					t.Errorf("%q: %s", got, report.Headline())
				}
				if sent.Load() != 2 {
					t.Errorf("the password was sent %d times", sent.Load())
				}
				for _, id := range []string{"password", "ntlm"} {
					if got := result(report, id); got.Verdict != check.Skip {
						t.Errorf("%s: %s, %s", id, got.Verdict, got.Summary)
					}
				}
				for _, c := range report.Checks {
					if strings.Contains(c.Evidence+c.Summary, strings.TrimSpace(testSecret)) {
						t.Errorf("%s shows the password", c.ID)
					}
				}
			})
		})
	}
}

// TestOtherServerInDepth: a further connection whose certificate is not in order
// gets no password.
func TestOtherServerInDepth(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		good, other := w.good(), w.company.Issue(t, time.Now())
		var sent atomic.Int32
		handle := exchangeServer(func(r *http.Request) string {
			sent.Add(1)
			return opened(r)
		})
		w.servers[here] = func(c net.Conn) {
			cert := good
			if sent.Load() > 0 {
				cert = other
			}
			https(cert, handle)(c)
		}
		report := w.run(deep)
		if got := result(report, "own-mailbox").Cause(); got != "certificate-untrusted" {
			t.Errorf("%q: %s", codes(report), report.Headline())
		}
		if sent.Load() != 1 {
			t.Errorf("the password was sent %d times", sent.Load())
		}
	})
}

// TestPasswordEnds reads the day on which the password ends.
func TestPasswordEnds(t *testing.T) {
	for _, test := range []struct {
		name, date, code, fact string
		verdict                check.Verdict
	}{
		{"far", "2000-06-01T00:00:00Z", "", "2000-06-01", check.Pass}, // a bubble's clock starts in 2000
		{"near", "2000-01-09T12:00:00Z", "password-expires-soon", "2000-01-09", check.Warn},
		{"over", "1999-12-31T12:00:00Z", "password-expired", "1999-12-31", check.Warn},
		{"never", "9999-12-31T23:59:59Z", "", "never", check.Pass},
		{"not told", "", "", "", check.Skip},
		{"noise", "tomorrow", "", "", check.Skip},
	} {
		t.Run(test.name, func(t *testing.T) {
			ends := strings.Replace(strings.Replace(inboxXML, "GetFolderResponse ", "GetPasswordExpirationDateResponse ", 1),
				"</m:GetFolderResponse>", "</m:GetPasswordExpirationDateResponse>", 1)
			ends = ends[:strings.Index(ends, "<m:ResponseMessages>")] + "<m:ResponseCode>NoError</m:ResponseCode>" +
				"<m:PasswordExpirationDate>" + test.date + "</m:PasswordExpirationDate>" +
				ends[strings.Index(ends, "</m:GetPasswordExpirationDateResponse>"):]
			var asked atomic.Int32
			bubble(t, exchangeServer(func(r *http.Request) string {
				if r.ContentLength == int64(len(ews.PasswordExpires(ews.Exchange2013))) {
					asked.Add(1)
					return soap(200, ends)
				}
				return opened(r)
			}), func(t *testing.T, w *world) {
				report := w.run(deep)
				got := result(report, "password")
				if got.Verdict != test.verdict || got.Cause() != test.code || report.Facts["password-expires"] != test.fact {
					t.Errorf("%s, %q, %q: %s", got.Verdict, got.Cause(), report.Facts["password-expires"], got.Summary)
				}
				if asked.Load() != 1 {
					t.Errorf("it was asked for %d times", asked.Load())
				}
			})
		})
	}
}

// TestOwnMailbox reads what the server says of the account's own mailbox.
func TestOwnMailbox(t *testing.T) {
	for said, want := range map[string]string{
		"ErrorMissingEmailAddress": "account-without-mailbox", "ErrorMailboxStoreUnavailable": "own-mailbox-shut",
		"ErrorAccessDenied": "access-policy-denied",
	} {
		t.Run(said, func(t *testing.T) {
			bubble(t, exchangeServer(func(r *http.Request) string {
				if r.ContentLength == int64(len(ews.GetOwnInbox(ews.Exchange2013))) {
					return soapFault(said)
				}
				return opened(r)
			}), func(t *testing.T, w *world) {
				if got := result(w.run(deep), "own-mailbox"); got.Verdict != check.Warn || got.Cause() != want {
					t.Errorf("%s, %q: %s", got.Verdict, got.Cause(), got.Summary)
				}
			})
		})
	}
}

// TestOldTLS: what could not be asked is not said to be refused.
func TestOldTLS(t *testing.T) {
	gone := func() (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED} }
	cut := func() (net.Conn, error) {
		near, far := pipe(0)
		return near, far.Close()
	}
	mute := func() (net.Conn, error) {
		near, _ := pipe(0)
		return near, nil
	}
	for _, row := range []struct {
		name    string
		dials   []func() (net.Conn, error) // what becomes of the two connections; nil for the healthy server
		verdict check.Verdict
		summary string
	}{
		{"refused by an alert", nil, check.Pass, "TLS 1.0 and 1.1 are refused"},
		{"refused by an end", []func() (net.Conn, error){cut, cut}, check.Pass, "TLS 1.0 and 1.1 are refused"},
		{"not connected", []func() (net.Conn, error){gone, gone}, check.Skip, "could not be asked"},
		{"not answered", []func() (net.Conn, error){mute, mute}, check.Skip, "could not be asked"},
		{"half", []func() (net.Conn, error){mute, cut}, check.Pass, "is refused, the other one could not be asked for"},
	} {
		t.Run(row.name, func(t *testing.T) {
			bubble(t, exchangeServer(opened), func(t *testing.T, w *world) {
				n, dials := w.network(), row.dials
				var mutex sync.Mutex
				n.Dial = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
					mutex.Lock()
					defer mutex.Unlock()
					if len(dials) == 0 {
						return w.dial(ctx, to)
					}
					next := dials[0]
					dials = dials[1:]
					return next()
				}
				s := &test{net: n, target: w.target(), address: netip.AddrPortFrom(here, 443)}
				report := check.NewSuite(s, []check.Check[*test]{{ID: "old-tls", Title: "Old TLS", Ask: oldTLSCheck.Ask}}, check.Options[*test]{}).Run(t.Context(), nil)
				if got := report.Checks[0]; got.Verdict != row.verdict || !strings.HasSuffix(got.Summary, row.summary) {
					t.Errorf("%s, %s\n%s", got.Verdict, got.Summary, got.Evidence)
				}
			})
		})
	}
}

// TestInTurn: what takes turns needs the same, or a check that is skipped would
// hold up the others for ever.
func TestInTurn(t *testing.T) {
	for _, c := range []check.Check[*test]{impersonationCheck, ownMailboxCheck, passwordCheck, ntlmCheck} {
		if !slices.Equal(c.Needs, []string{"sign-in"}) {
			t.Errorf("%s needs %q", c.ID, c.Needs)
		}
	}
}

// TestDeadlineInDepth: a server that goes silent after the first sign-in holds the
// test up once.
func TestDeadlineInDepth(t *testing.T) {
	var sent atomic.Int32
	bubble(t, exchangeServer(func(r *http.Request) string {
		if sent.Add(1) > 1 {
			time.Sleep(time.Hour)
		}
		return opened(r)
	}), func(t *testing.T, w *world) {
		report := w.run(deep)
		if got := codes(report); !slices.Equal(got, []string{"no-answer"}) {
			t.Errorf("%q: %s", got, report.Headline())
		}
		if sent.Load() != 2 || report.Took > waitAnswer+time.Second {
			t.Errorf("the password was sent %d times, in %v", sent.Load(), report.Took)
		}
	})
}

// TestFurtherConnection: a connection that does not come about after one that did
// is explained, and no password goes anywhere.
func TestFurtherConnection(t *testing.T) {
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	closing := strings.Replace(challenge401, "\r\n", "\r\nConnection: close\r\n", 1)
	for _, test := range []struct {
		name string
		deep bool
		at   []string // the checks that say so
		sent int32
	}{
		{"for the sign-in", false, []string{"sign-in"}, 0},
		{"in depth", true, []string{"own-mailbox", "password", "ntlm"}, 1},
	} {
		for how, fail := range map[string]func() (net.Conn, error){
			"refused": func() (net.Conn, error) { return nil, refused },
			"cut": func() (net.Conn, error) {
				near, far := pipe(0)
				return near, far.Close()
			},
			"silent": func() (net.Conn, error) {
				near, _ := pipe(0)
				return near, nil
			},
		} {
			t.Run(test.name+" "+how, func(t *testing.T) {
				var sent atomic.Int32
				var shut atomic.Bool
				bubble(t, func(r *http.Request) string {
					switch {
					case hasSignIn(r):
						sent.Add(1)
						shut.Store(true)
						return opened(r)
					case test.deep:
						return challenge401
					}
					shut.Store(true)
					return closing
				}, func(t *testing.T, w *world) {
					n, target := w.network(), w.target()
					target.Options.Deep = test.deep
					n.Dial = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
						if shut.Load() {
							return fail()
						}
						return w.dial(ctx, to)
					}
					report := Test(n, target).Run(t.Context(), nil)
					for _, id := range test.at {
						got := result(report, id)
						if got.Cause() != "further-connection-fails" || got.Verdict != check.Fail || len(got.Diagnoses) != 1 || got.Summary != "" {
							t.Errorf("%s: %s, %q: %s\n%s", id, got.Verdict, got.Cause(), got.Summary, got.Evidence)
						}
					}
					if sent.Load() != test.sent {
						t.Errorf("the password was sent %d times", sent.Load())
					}
				})
			})
		}
	}
}

// TestEntryKind: what the address list calls an address is said in words.
func TestEntryKind(t *testing.T) {
	for kind, want := range map[string]string{
		"Mailbox": "", "PublicDL": "a distribution group", "Contact": "a contact", "PublicFolder": "a public folder",
		"OneOff": "", "Unknown": "", "": "", "NextYear": "",
	} {
		if got := (&test{entry: &ews.Entry{Kind: kind}}).EntryKind(); got != want {
			t.Errorf("%s is %q", kind, got)
		}
	}
}
