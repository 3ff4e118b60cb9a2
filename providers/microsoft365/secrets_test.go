package microsoft365

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"fairlead/lab/entra"
)

// TestNothingSecretIsKept walks through the wizard and looks for the token and
// the code in all that is shown, kept or handed to another program.
func TestNothingSecretIsKept(t *testing.T) {
	b := newBench(t)
	target := b.target("continuity")
	b.grant(target)
	for _, fault := range []string{"", "grant-too-much", "graph-forbidden"} {
		if fault != "" {
			set(t, b, fault)
		}
		w := b.begin("continuity")
		w.j.Set(keyApplication, target.Application)
		w.j.Set(keyVerifier, entra.Verifier)
		w.j.Set(keyGranted, true)
		w.next(pageAuthorize)
		report := w.verified()
		token := w.j.Answers().Secret(keyToken).Reveal()
		if len(token) < 100 {
			t.Fatalf("the token was not held: %d characters", len(token))
		}
		code := ""
		if u, err := url.Parse(<-b.person.ended); err == nil {
			code = u.Query().Get("code")
		}
		if code == "" {
			t.Fatal("no code came to the browser")
		}
		draft, _ := json.Marshal(w.j.Draft())
		outcome := b.provider.Outcome(w.j.Answers())
		inReport, _ := json.Marshal(report)
		for what, text := range map[string]string{
			"draft": string(draft), "report": string(inReport), "outcome": fmt.Sprintf("%+v %#v", outcome, outcome),
			"progress": fmt.Sprintf("%+v", w.said.all), "view": fmt.Sprintf("%+v", w.j.View()), "program arguments": b.person.addresses(),
			"target": fmt.Sprintf("%+v %#v", b.provider.target(w.j.Answers()), b.provider.target(w.j.Answers())),
		} {
			for _, secret := range []string{token, code, token[len(token)-60:]} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: the %s holds a secret", fault, what)
				}
			}
		}
	}
	// The launcher of the browser sees a short address of this computer alone.
	for _, address := range strings.Split(b.person.addresses(), "\n") {
		if u, err := url.Parse(address); err != nil || u.Hostname() != "localhost" || u.RawQuery != "" || !strings.HasPrefix(u.Path, "/start/") {
			t.Errorf("the browser was opened with %s", address)
		}
	}
}

// TestATokenIsNotEchoed: what a server sends back of it is taken out, and the
// state drops it when the verification is over.
func TestATokenIsNotEchoed(t *testing.T) {
	b := newBench(t)
	target := b.target("continuity")
	s := &verification{target: target}
	tokens := b.tokens()
	s.token.Store(&tokens.Access)
	if got := s.redact("it said " + tokens.Access.Reveal()); strings.Contains(got, tokens.Access.Reveal()) {
		t.Error(got)
	}
	s.forget()
	if !s.token.Load().IsEmpty() || !s.target.Token.IsEmpty() {
		t.Error("the token is still there")
	}
}
