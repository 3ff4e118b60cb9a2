//go:build e2e

package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab"
)

// estate is an organisation with mailboxes in both places. Nobody has granted yet what
// the service needs.
const estate = `title: The move
organisations:
  - name: Contoso
    mailboxes: both
    services: [continuity]
    tenants:
      - provider: microsoft365
        tenant: contoso.example
      - provider: exchange
        tenant: contoso.example
        address: ` + lab.Address + `
        url: https://mail.contoso.example/EWS/Exchange.asmx
        mailbox: ` + lab.Mailbox + `
`

// TestPlanInTheTerminal makes what an estate lacks: Exchange with a password that is
// asked for, Microsoft 365 as a draft that waits for somebody's consent, which is given
// elsewhere; then the draft becomes a connector, and a run book is written.
func TestPlanInTheTerminal(t *testing.T) {
	term := start(t, "", "true")
	term.wait("ended with 0")
	file := filepath.Join(term.home, "estate.yaml")
	if err := os.WriteFile(file, []byte(estate), 0o600); err != nil {
		t.Fatal(err)
	}
	term.again("", program(t)+" --lab")
	term.row("Plan")
	term.wait("› Show: ")
	term.keep("80-plan-menu")
	term.row("Read the environment")
	term.answer("File\n", file)
	term.says("Stored: an environment with 2 tenants.")
	term.upTo("› Show: ", "Up")
	term.enter()
	term.says("2 needed, 0 work, 2 missing")
	term.keep("81-plan")

	term.row("Make what is missing")
	term.wait("Register the connector all the same?")
	term.keep("82-apply-keyring")
	term.press("y")
	term.wait("(not shown)")
	term.keep("83-apply-password")
	term.write(lab.Password)
	term.enter()
	term.says("Made: Exchange, contoso.example")
	term.keep("84-applied")
	if err := (lab.Visitor{Account: admin}).Open(t.Context(), term.link(`/adminconsent\?`)); err != nil {
		t.Fatal(err)
	}
	term.upTo("› Show: ", "Up")
	term.enter()
	term.says("2 needed, 1 works, 1 waits")
	term.keep("85-plan-waits")
	term.press("Escape")
	term.wait("› Plan")

	term.upTo("› Drafts", "Up")
	term.enter()
	term.wait("Which draft?")
	term.enter()
	term.row("Go on")
	answerUpTo(term, "The permissions were granted\n")
	term.keep("86-draft-consent")
	term.press("y")
	term.wait("Application to verify with")
	term.press("C-u") // nobody can sign in here
	answerUpTo(term, "› Create connector")
	term.keep("87-draft-summary")
	term.enter()
	answerUpTo(term, "What is to be done?")
	term.says("There is no draft.")

	term.row("Plan")
	term.wait("› Show: ")
	term.enter()
	term.says("2 needed, 2 work")
	term.keep("88-plan-done")
	term.row("Write the run book")
	book := filepath.Join(term.home, "contoso.html")
	term.answer("File\n", book)
	term.says("The run book is in")
	term.keep("89-run-book")
	if page, err := os.ReadFile(book); err != nil || !bytes.Contains(page, []byte("Contoso")) {
		t.Errorf("the run book: %v", err)
	}
	term.press("C-c")
	term.wait("ended with 0")
	if all := term.screen(true); strings.Contains(all, lab.Password) {
		t.Error("the password stood on the screen")
	}
}
