//go:build e2e

package e2e

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab/google"
)

// TestGoogleInTheTerminal pastes the key of a service account, which has many lines,
// waits while Google knows nothing of it, lets an administrator authorise it
// elsewhere, and verifies.
func TestGoogleInTheTerminal(t *testing.T) {
	term := start(t, "", program(t)+" new --lab")
	term.wait("[ ] Remediation")
	term.upTo("› [ ] Remediation", "Down")
	term.press("Space", "Enter")
	term.wait("enter choose")
	term.upTo("› Google Workspace", "Down")
	term.keep("40-google-platform")
	term.press("Enter")
	term.wait("› Next")
	term.keep("41-google-before")
	term.press("Enter")
	term.wait("Customer ID")
	term.write(google.CustomerID)
	term.press("Enter")
	term.wait("of somebody with a mailbox")
	term.write(google.Mailbox)
	term.keep("42-google-organisation")
	term.press("Enter")
	term.wait("Your own service account, key pasted")
	term.upTo("› Your own service account, key pasted", "Down")
	term.keep("43-google-client")
	term.press("Enter")
	term.wait("Key, the whole JSON")
	term.paste(google.KeyFile(google.NewAccount))
	term.wait("*****")
	term.keep("44-google-key")
	term.press("Enter")
	term.wait("OAuth scopes")
	term.press("Enter")
	term.wait("Prove the customer ID too")
	term.press("Enter")
	term.wait("Do not keep the key after Fairlead closes")
	term.press("y") // there is no keyring
	term.wait("› I have authorised it")
	term.keep("45-google-delegation")
	term.press("Enter")
	term.wait("› Look again")
	term.keep("46-google-waiting")
	visit(t, term.link(`/domainwidedelegation`), url.Values{
		"action": {"authorize"}, "client": {google.ClientID(google.NewAccount)}, "scopes": {google.MailScope},
	})
	term.press("Enter")
	term.wait("› Test connection")
	term.press("Enter")
	term.wait("› Next")
	term.keep("47-google-verified")
	term.press("Enter")
	term.wait("Name")
	answerUpTo(term, "Create")
	term.keep("48-google-summary")
	term.press("Enter")
	term.wait("› Done")
	term.keep("49-google-created")
	term.press("Enter")
	term.wait("ended with 0")
	if strings.Contains(term.screen(true), "PRIVATE KEY") {
		t.Error("the key stood on the screen")
	}
}

// paste pastes a text as a terminal does that marks what is pasted.
func (term *terminal) paste(data []byte) {
	term.t.Helper()
	name := filepath.Join(term.t.TempDir(), "pasted")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		term.t.Fatal(err)
	}
	if err := term.tmux("load-buffer", name); err != nil {
		term.t.Fatal(err)
	}
	if err := term.tmux("paste-buffer", "-p", "-t", "main"); err != nil {
		term.t.Fatal(err)
	}
}
