package exchange

import (
	"encoding/base64"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"fairlead/check"
)

// ntlmChallenge401 is the answer to the first message of NTLM, from EX01.
var ntlmChallenge401 = func() string {
	const header = 48
	info := "\x01\x00\x08\x00E\x00X\x000\x001\x00" + "\x00\x00\x00\x00"
	size := string([]byte{byte(len(info)), 0, byte(len(info)), 0, header, 0, 0, 0})
	message := "NTLMSSP\x00\x02\x00\x00\x00" + strings.Repeat("\x00", 28) + size + info
	return "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM " + base64.StdEncoding.EncodeToString([]byte(message)) +
		"\r\nX-FEServer: EX01\r\nContent-Length: 0\r\n\r\n"
}()

// ntlmServer is a healthy server that answers a proof with what prove returns.
func ntlmServer(prove func(number int32) string) func(*http.Request) string {
	var proofs atomic.Int32
	return func(r *http.Request) string {
		message, isNTLM := strings.CutPrefix(r.Header.Get("Authorization"), "NTLM ")
		raw, _ := base64.StdEncoding.DecodeString(message)
		switch {
		case isNTLM && len(raw) > 8 && raw[8] == 3:
			return prove(proofs.Add(1))
		case isNTLM:
			return ntlmChallenge401
		}
		return exchangeServer(opened)(r)
	}
}

// TestNTLM: accepted is what EWS answers, and nothing else. What is not accepted
// is not tried again, and only warns.
func TestNTLM(t *testing.T) {
	healthy := soapFault("ErrorInvalidIdMalformed")
	for _, test := range []struct {
		name    string
		answers []string // to the proofs
		code    string
		verdict check.Verdict
	}{
		{"accepted", []string{healthy, healthy}, "", check.Pass},
		{"refused", []string{challenge401}, "extended-protection", check.Warn},
		{"refused when bound", []string{healthy, challenge401}, "tls-bridged", check.Warn},
		{"refused by another", []string{strings.Replace(challenge401, "EX01", "EX02", 1)}, "front-end-changes-on-connection", check.Warn},
		{"forbidden", []string{reply(403, "", "")}, "ntlm-turned-away", check.Warn},
		{"sent to a form", []string{reply(302, "Location: /my.policy\r\n", "")}, "ntlm-turned-away", check.Warn},
		{"down", []string{reply(503, "", "")}, "ntlm-turned-away", check.Warn},
		{"a page", []string{reply(200, "Content-Type: text/html\r\n", "<html></html>")}, "ntlm-turned-away", check.Warn},
		{"cut", []string{""}, "ntlm-turned-away", check.Warn},
		{"cut when bound", []string{healthy, ""}, "ntlm-turned-away", check.Warn},
	} {
		t.Run(test.name, func(t *testing.T) {
			var proofs atomic.Int32
			bubble(t, ntlmServer(func(number int32) string {
				proofs.Store(number)
				return test.answers[min(int(number), len(test.answers))-1]
			}), func(t *testing.T, w *world) {
				report := w.run(deep)
				got := result(report, "ntlm")
				if got.Verdict != test.verdict || got.Cause() != test.code || report.Verdict() == check.Fail {
					t.Errorf("%s, %q: %s\n%s", got.Verdict, got.Cause(), got.Summary, got.Evidence)
				}
				if int(proofs.Load()) != len(test.answers) {
					t.Errorf("%d proofs were sent", proofs.Load())
				}
			})
		})
	}
}
