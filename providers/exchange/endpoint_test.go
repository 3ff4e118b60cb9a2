package exchange

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fairlead/check"
)

func sentTo(where string) string { return reply(302, "Location: "+where+"\r\n", "") }

func webPage(status int, body string) string {
	return reply(status, "Content-Type: text/html; charset=utf-8\r\n", "<html><body>"+body+"</body></html>")
}

// TestEndpoint is what answers instead of EWS, and what it means.
func TestEndpoint(t *testing.T) {
	const form = `<form action="/logon"><input name=u><input type="password" name=p></form>`
	for _, test := range []struct{ name, answer, path, want, says string }{
		{"Outlook on the web", sentTo("/owa/auth/logon.aspx?url=https://mail.contoso.com/EWS/&reason=0"), "", "forms-login", "Outlook on the web"},
		{"Threat Management Gateway", sentTo("/CookieAuth.dll?GetLogon?curl=Z2FEWS&reason=0&formdir=3"), "", "forms-login", "Threat Management Gateway"},
		{"Unified Access Gateway", sentTo("/InternalSite/InternalError.asp"), "", "forms-login", "Unified Access Gateway"},
		{"F5", sentTo("/my.policy"), "", "forms-login", "F5"},
		{"NetScaler", sentTo("/vpn/index.html"), "", "forms-login", "NetScaler"},
		{"NetScaler, newer", sentTo("/logon/LogonPoint/tmindex.html"), "", "forms-login", "NetScaler"},
		{"ADFS", sentTo("https://sts.contoso.com/adfs/ls/?wa=wsignin1.0"), "", "forms-login", "Federation"},
		{"Entra", sentTo("https://login.microsoftonline.com/common/oauth2/authorize"), "", "forms-login", "Entra"},
		{"back to EWS afterwards", sentTo("/owa/auth/logon.aspx?url=/EWS/Exchange.asmx"), "", "forms-login", "Outlook on the web"},
		{"a page with a form", webPage(200, form), "", "forms-login", "reverse proxy"},
		{"a session that ended", reply(440, "", ""), "", "forms-login", "reverse proxy"},
		{"Outlook at a wrong path", sentTo("/owa/auth/logon.aspx"), "/owa/", "wrong-path", "/owa/"},
		{"a form at a wrong path", webPage(200, form), "/owa", "wrong-path", "/EWS/Exchange.asmx"},
		{"a page at a wrong path", webPage(200, "Welcome"), "/EWS/Services.wsdl", "wrong-path", "Services.wsdl"},
		{"not found", webPage(404, "no"), "", "wrong-path", "Get-WebServicesVirtualDirectory"},
		{"method not allowed", webPage(405, "no"), "", "wrong-path", ""},
		{"EWS elsewhere", sentTo("https://owa.contoso.com/ews/exchange.asmx"), "", "wrong-path", "https://owa.contoso.com/ews/exchange.asmx"},
		{"a page without a form", webPage(200, "Welcome to nginx!"), "", "body-altered", ""},
		{"a tunnel", reply(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n", ""), "", "proxy-in-the-way", ""},
		{"a captive portal", reply(511, "", ""), "", "proxy-in-the-way", ""},
		{"SSL required", webPage(403, "403.4 - Forbidden: SSL is required to view this resource."), "", "https-required", "SSL offloading"},
		{"a client certificate", webPage(403, "403.7 - Forbidden: SSL client certificate is required."), "", "client-certificate-required", ""},
		{"a client certificate, nginx", webPage(400, "<center>No required SSL certificate was sent</center>"), "", "client-certificate-required", ""},
		{"an address that is not let in", webPage(403, "Forbidden"), "", "access-policy-denied", "IP Address and Domain Restrictions"},
		{"a yellow page", webPage(500, "<H1>Server Error in '/EWS' Application.</H1>"), "", "application-error", "Restart-WebAppPool"},
		{"a passing error", sentTo("/ews/genericerrorpage.htm?aspxerrorpath=/ews/exchange.asmx"), "", "application-error", ""},
		{"too long", webPage(400, "HTTP Error 400. The size of the request headers is too long."), "", "header-too-large", ""},
		{"too long, nginx", webPage(400, "<center>Request Header Or Cookie Too Large</center>"), "", "header-too-large", ""},
		{"too long, Apache", webPage(400, "Size of a request header field exceeds server limit."), "", "header-too-large", ""},
		{"too long, elsewhere", reply(431, "", ""), "", "header-too-large", ""},
		{"a bad request", webPage(400, "Bad Request"), "", "body-altered", ""},
		{"too large", webPage(413, "too large"), "", "request-too-large", ""},
		{"unavailable", webPage(503, "Service Unavailable"), "", "service-unavailable", "Start-WebAppPool"},
		{"a bad gateway", webPage(502, "Bad Gateway"), "", "service-unavailable", "load balancer"},
		{"a gateway that waited", reply(504, "", ""), "", "service-unavailable", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(*http.Request) string { return test.answer }, func(t *testing.T, w *world) {
				report := w.run(func(t *Target) {
					if test.path != "" {
						t.URL = &url.URL{Scheme: "https", Host: testHost, Path: test.path}
					}
				})
				worst := report.Worst()
				if worst == nil || worst.ID != "endpoint" || strings.Join(codes(report), " ") != test.want {
					t.Fatalf("%s: %q", report.Headline(), codes(report))
				}
				d := worst.Diagnoses[0]
				if text := strings.Join(d.Likely, "\n") + d.Remedy; !strings.Contains(text, test.says) {
					t.Errorf("%q is not said in %s", test.says, text)
				}
				if !strings.HasPrefix(worst.Evidence, "HTTP ") {
					t.Errorf("the evidence is %q", worst.Evidence)
				}
			})
		})
	}
}

// TestOffers is what the server offers, and what is concluded.
func TestOffers(t *testing.T) {
	for _, test := range []struct{ name, header, summary, code string }{
		{"after set-up", "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n", "offered: Negotiate, NTLM", "basic-not-offered"},
		{"in one line", "WWW-Authenticate: Negotiate, Basic realm=\"a, b\", NTLM\r\n", "offered: Negotiate, Basic, NTLM", ""},
		{"in small letters", "WWW-Authenticate: basic realm=x\r\n", "offered: basic", ""},
		{"modern only", "WWW-Authenticate: Bearer client_id=\"1\", trusted_issuers=\"Basic\"\r\n", "offered: Bearer", "basic-not-offered"},
		{"nothing", "", "offered: nothing", "basic-not-offered"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, func(r *http.Request) string {
				if hasSignIn(r) {
					return opened(r)
				}
				return reply(401, test.header, "")
			}, func(t *testing.T, w *world) {
				report := w.run()
				basic := result(report, "basic")
				if basic.Summary != test.summary || basic.Cause() != test.code {
					t.Errorf("%q, %q", basic.Summary, basic.Cause())
				}
				if skipped := result(report, "sign-in").Verdict == check.Skip; skipped != (test.code != "") {
					t.Errorf("the sign-in was skipped: %v", skipped)
				}
			})
		})
	}
}

// TestMailbox is what EWS answers to the call for the mailbox.
func TestMailbox(t *testing.T) {
	for code, want := range map[string]string{
		"ErrorImpersonateUserDenied": "impersonation-denied", "ErrorImpersonationDenied": "impersonation-denied",
		"ErrorImpersonationFailed": "directory-unavailable", "ErrorNonExistentMailbox": "mailbox-not-found",
		"ErrorNonPrimarySmtpAddress": "not-primary-address", "ErrorMissingEmailAddress": "account-without-mailbox",
		"ErrorInvalidSmtpAddress": "mailbox-not-found", "ErrorMailboxMoveInProgress": "mailbox-moving",
		"ErrorMailboxStoreUnavailable": "mailbox-store-unavailable", "ErrorMailboxFailover": "mailbox-moving",
		"ErrorServerBusy": "throttled", "ErrorExceededConnectionCount": "throttled", "ErrorADUnavailable": "directory-unavailable",
		"ErrorInternalServerError": "application-error", "ErrorAccessDenied": "access-policy-denied",
		"ErrorNoRespondingCASInDestinationSite": "routing-failed", "ErrorSchemaValidation": "application-error",
		"ErrorSomethingNew": "unexplained",
	} {
		t.Run(code, func(t *testing.T) {
			bubble(t, exchangeServer(func(r *http.Request) string { return soapFault(code) }), func(t *testing.T, w *world) {
				report := w.run()
				mailbox := result(report, "impersonation")
				if got := strings.Join(codes(report), " "); got != want || mailbox.Cause() != want {
					t.Errorf("%s: %q", report.Headline(), got)
				}
				if !strings.Contains(mailbox.Evidence, code) {
					t.Errorf("the evidence is %q", mailbox.Evidence)
				}
			})
		})
	}
}

// TestMailboxInCloud: the same server's Autodiscover sends to Exchange Online
// for a mailbox that EWS does not know.
func TestMailboxInCloud(t *testing.T) {
	for name, answer := range map[string]string{
		"sent on": sentTo("https://outlook.office365.com/autodiscover/autodiscover.json/v1.0/anna@contoso.com?Protocol=EWS"),
		"named": reply(200, "Content-Type: application/json\r\n",
			`{"Protocol":"EWS","Url":"https://outlook.office365.com/EWS/Exchange.asmx"}`),
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(r *http.Request) string {
				switch {
				case strings.HasPrefix(r.URL.Path, "/autodiscover/"):
					if r.Header.Get("Authorization") != "" {
						t.Error("the password was sent to Autodiscover")
					}
					return answer
				case hasSignIn(r):
					return soapFault("ErrorNonExistentMailbox")
				}
				return challenge401
			}, func(t *testing.T, w *world) {
				if got := codes(w.run()); strings.Join(got, " ") != "mailbox-in-cloud" {
					t.Errorf("%q", got)
				}
			})
		})
	}
}
