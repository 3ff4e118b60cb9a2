package exchange

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
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
