package cli

import (
	"os"
	"path/filepath"
	"testing"

	"fairlead/lab"
)

// TestReplacedInLines goes with plain lines from "new --instead-of" to the old connector's end.
func TestReplacedInLines(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "answers.yaml")
	answers := `services: [continuity]
provider: exchange
exchange:
  keyring-choice: session
  address: ` + lab.Address + `
  url: https://mail.contoso.example/EWS/Exchange.asmx
  mailbox: ` + lab.Mailbox + `
name: Head office
`
	if err := os.WriteFile(file, []byte(answers), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) *terminal {
		return start(t, append(args, "--accessible", "--lab", "--data", data)...)
	}
	x := run("new", "--answers", file)
	x.password("(not shown): ", lab.Password+"\n")
	x.expect("Registered: Head office")
	x.end(0)
	x = run("attach", "Head office", "--service", "continuity", "--task", "Nightly check")
	x.end(0)

	x = run("new", "--instead-of", "Head office")
	x.answer("Enter: Next", "")
	x.answer("How to go on\n", "1")
	x.answer("Mail address\n", "")
	x.answer("Sign-in name", "")
	x.password("Password\n", lab.Password+"\n")
	x.answer("Exchange Web Services URL\n", "yes")
	x.answer("Security mode\n", "")
	x.answer("Mailbox check", "")
	x.answer("Enter: Test connection", "")
	x.answer("Enter: Next", "")
	x.answer("Name\n", "")
	x.answer("Description", "")
	x.answer("Enter: Create connector", "")
	x.answer("Move its 1 task to the new one now? [Y/n] ", "")
	x.expect("✓ Moved: 1 task.")
	x.answer("Delete Head office and its password? It cannot be brought back. [y/N] ", "y")
	x.answer("Call “Head office (new)” “Head office” then? [Y/n] ", "n")
	x.expect("Deleted: Head office")
	x.expect("Its name is free now")
	x.expect("Outside, this is still there")
	x.end(0)

	x = run("show", "Head office (new)")
	x.expect("Used by         Continuity: Nightly check")
	x.end(0)
}
