//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab"
)

// row goes to a row of the menu and chooses it.
func (term *terminal) row(label string) {
	term.t.Helper()
	term.wait("enter choose")
	term.upTo("› "+label, "Down")
	term.enter()
}

// TestKeeping looks after a connector by the menu alone, from its first test to what is
// left to do once it is deleted.
func TestKeeping(t *testing.T) {
	term := startAtExchange(t)
	term.wait("› Test again")
	term.keep("60-connector")
	term.enter()
	term.says("16 checks passed")
	term.row("Show")
	term.says("Last test")
	term.keep("61-show")

	term.row("Change name or description")
	term.wait("Name\n")
	term.press("C-u")
	term.answer("Name\n", "Head office")
	term.wait("Description, optional")
	term.keep("62-edit")
	term.answer("Description, optional", "Looked after by the mail team")
	term.says("Changed: Head office")

	term.row("Change the password")
	term.wait("New password\n")
	term.write(lab.Password)
	term.wait(strings.Repeat("*", len(lab.Password)))
	term.keep("63-rotate")
	term.enter()
	term.wait("› Test connection")
	term.enter()
	term.wait("› Next")
	term.enter()
	term.wait("› Put into use")
	term.keep("64-rotate-commit")
	term.enter()
	term.says("The new one is in use: Head office")

	term.row("Tasks")
	term.wait("› Add a task")
	term.enter()
	term.answer("Task\n", "Nightly check")
	term.says("Attached: Nightly check")
	term.keep("65-task")
	term.press("Escape")
	term.wait("› Tasks")

	term.row("Delete")
	term.says("in use by Nightly check (continuity)")
	term.keep("66-delete-refused")

	term.upTo("› Tasks", "Up")
	term.enter()
	term.row("Take out “Nightly check”")
	term.says("Detached: Nightly check")
	term.press("Escape")

	term.wait("› Tasks")
	term.upTo("› History", "Up")
	term.enter()
	term.says("in all 3 tests that are kept")
	term.keep("67-history")
	term.row("Events")
	term.says("detached")
	term.keep("68-events")

	term.row("Delete")
	term.wait("Delete Head office and its password?")
	term.keep("69-delete")
	term.enter() // No stands first
	term.says("nothing was deleted")
	term.row("Delete")
	term.wait("Delete Head office and its password?")
	term.press("y")
	term.wait("› Connectors")
	term.says("There is no connector yet.")
	term.keep("70-deleted")

	term.row("Clean-up")
	term.wait("› Head office: 0 of ")
	term.enter()
	term.wait("› Show")
	term.enter()
	term.says("Remove-ManagementRoleAssignment")
	term.keep("71-cleanup")
	term.row("Tick off")
	term.wait("› [ ] ")
	term.press("Space")
	term.wait("› [x] ")
	term.enter()
	term.says("done by")
	term.keep("72-cleanup-ticked")
	term.row("Write to a file")
	file := filepath.Join(term.home, "cleanup.md")
	term.answer("File\n", file)
	term.says("The list is in")
	if list, err := os.ReadFile(file); err != nil || !strings.Contains(string(list), "Head office") || !strings.Contains(string(list), "[x]") {
		t.Errorf("the list that was written: %v\n%s", err, list)
	}
	term.press("Escape")
	term.wait("› Head office: 1 of ")
	term.press("C-c")
	term.wait("ended with 0")
	if all := term.screen(true); strings.Contains(all, lab.Password) {
		t.Error("the password stood on the screen")
	}
}

// TestDraftsInTheMenu leaves a wizard, goes on with its draft, and deletes it.
func TestDraftsInTheMenu(t *testing.T) {
	term := start(t, "", program(t)+" --lab")
	term.wait("› New connector")
	term.enter()
	toTheAccount(term)
	term.press("C-s")
	term.says("kept as a draft")
	term.row("Drafts")
	term.wait("kept on")
	term.keep("73-drafts")
	term.enter()
	term.wait("› Go on")
	term.keep("74-draft")
	term.enter()
	term.wait("Mail address")
	term.press("C-c")
	term.wait("interrupted: nothing was registered")
	term.wait("› Go on")
	term.row("Delete")
	term.says("There is no draft.")
	term.keep("75-draft-deleted")
	term.press("C-c")
	term.wait("ended with 0")
}

// TestSearchInTheMenu looks for one connector among many.
func TestSearchInTheMenu(t *testing.T) {
	term := start(t, "", "true")
	term.wait("ended with 0")
	file := filepath.Join(term.home, "many.csv")
	lines := "name,provider,tenant,services,setting url,setting address,setting sign-in,setting mailbox,setting security\n"
	for i := range 60 {
		lines += fmt.Sprintf("Branch %d,exchange,branch%d.example,continuity,https://mail.branch%[1]d.example/EWS/Exchange.asmx,"+
			"svc@branch%[1]d.example,svc@branch%[1]d.example,anna@branch%[1]d.example,strict\n", i, i)
	}
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	term.again("", "sh -c '"+program(t)+" import --yes --lab "+file+" < /dev/null && "+program(t)+" --lab'")
	term.row("Connectors")
	term.wait("Which connectors?")
	term.keep("76-search")
	term.write("branch 11")
	term.enter()
	now := term.wait("› Branch 11")
	if strings.Contains(now, "Branch 3") {
		t.Errorf("the search finds another one:\n%s", now)
	}
	term.keep("77-found")
	term.press("Escape")
	term.row("Connectors")
	term.wait("Which connectors?")
	term.write("branch")
	term.enter()
	term.says("These are the first 50 of 60.")
	term.press("C-c")
	term.wait("ended with 0")
}
