package exchange

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/secret"
)

// echoes are answers in which a server sends back what it got, in every place
// that evidence is made from.
var echoes = map[string]func(text string) string{
	"realm":  func(text string) string { return bare401("Basic realm=\"" + text + "\"") },
	"scheme": func(text string) string { return bare401("NTLM " + text) },
	"header": func(text string) string {
		return reply(403, "X-FEServer: "+text+"\r\nX-DiagInfo: "+text+"\r\nServer: "+text+"\r\n", "")
	},
	"build": func(text string) string {
		return reply(403, "X-OWA-Version: "+text+"\r\nX-CasErrorCode: "+text+"\r\n", "")
	},
	"cookie":      func(text string) string { return reply(403, "Set-Cookie: "+text+"="+text+"\r\n", "") },
	"cut":         func(text string) string { return reply(403, "X-DiagInfo: "+strings.Repeat("x", 390)+text+"\r\n", "") },
	"location":    func(text string) string { return reply(302, "Location: https://mail.contoso.com/?q="+text+"\r\n", "") },
	"status line": func(text string) string { return "HTTP/1.1 500 " + text + "\r\nContent-Length: 0\r\n\r\n" },
	"not HTTP":    func(text string) string { return text + "\r\n\r\n" },
	"header name": func(text string) string { return "HTTP/1.1 200 OK\r\n" + text + "\r\n\r\n" },
	"title": func(text string) string {
		return reply(200, "Content-Type: text/html\r\n", "<html><title>"+text+"</title></html>")
	},
	"body":         func(text string) string { return reply(400, "Content-Type: text/plain\r\n", "bad: "+text) },
	"fault":        func(text string) string { return soapFault("Error" + text) },
	"fault string": func(text string) string { return soapFaultText("ErrorServerBusy", text) },
}

func bare401(challenge string) string {
	return reply(401, "WWW-Authenticate: "+challenge+"\r\n", "")
}

// forms are the ways in which it sends them back.
var forms = map[string]func(*http.Request, string) string{
	"token": func(r *http.Request, _ string) string {
		return strings.TrimPrefix(r.Header.Get("Authorization"), "Basic ")
	},
	"header":   func(r *http.Request, _ string) string { return r.Header.Get("Authorization") },
	"password": func(_ *http.Request, p string) string { return p },
	"base64":   func(_ *http.Request, p string) string { return base64.StdEncoding.EncodeToString([]byte(p)) },
	"url":      func(_ *http.Request, p string) string { return url.QueryEscape(p) },
	"html":     func(_ *http.Request, p string) string { return html.EscapeString(p) },
	"quoted":   func(_ *http.Request, p string) string { return strconv.Quote(p) },
	"json": func(_ *http.Request, p string) string {
		text, _ := json.Marshal(p)
		return string(text)
	},
	"xml": func(_ *http.Request, p string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(p))
		return b.String()
	},
}

// TestEcho lets a server send the password back in every place and every form:
// none of it is in the events, the texts or the report.
func TestEcho(t *testing.T) {
	for _, password := range []string{testSecret, `Quo"te\d 'p&ss<w>`, "Pässwörd-€uro", "    Möwe-4711    "} {
		for place, echo := range echoes {
			for form, write := range forms {
				t.Run(place+" "+form, func(t *testing.T) {
					bubble(t, nil, func(t *testing.T, w *world) {
						w.servers[here] = https(w.good(), func(r *http.Request) string {
							if r.Header.Get("Authorization") == "" {
								return challenge401
							}
							return echo(write(r, password))
						})
						target := w.target()
						target.Password = secret.New(password)
						var seen strings.Builder
						report := Test(w.network(), target).Run(t.Context(), func(e check.Event) {
							if e.Result != nil {
								seen.WriteString(e.Result.Summary + e.Result.Evidence)
								for _, d := range e.Result.Diagnoses {
									seen.WriteString(d.Title + d.Remedy + d.Look + strings.Join(d.Likely, ""))
								}
							}
						})
						asJSON, err := json.Marshal(report)
						if err != nil {
							t.Fatal(err)
						}
						seen.Write(asJSON)
						token := base64.StdEncoding.EncodeToString([]byte(testAccount + ":" + password))
						trimmed := strings.TrimSpace(password)
						inJSON, _ := json.Marshal(trimmed)
						for _, leak := range []string{
							token, trimmed, trimmed[:6], base64.StdEncoding.EncodeToString([]byte(password)), url.QueryEscape(trimmed),
							html.EscapeString(trimmed), string(inJSON[1 : len(inJSON)-1]), "Authorization: ",
						} {
							if strings.Contains(seen.String(), leak) {
								t.Errorf("%q is in the report", leak)
							}
						}
					})
				})
			}
		}
	}
}

// TestRedactor: a password that is a syllable is left in words, and no password
// changes nothing.
func TestRedactor(t *testing.T) {
	for _, test := range []struct{ password, text, want string }{
		{"", "all of it", "all of it"},
		{"of", "all of it", "all of it"},
		{"Harbour", "it is Harbour.", "it is [redacted]."},
		{"of", "Basic " + base64.StdEncoding.EncodeToString([]byte("me:of")), "Basic [redacted]"},
		{"pass", "passpassword", "[redacted][redacted]word"},
	} {
		if got := redactor("me", secret.New(test.password))(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.password, got, test.want)
		}
	}
}
