//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"fairlead/lab"
)

// TestMenu makes a connector from the menu and tests it again there: its password is
// kept until the program ends, from one command to the next.
func TestMenu(t *testing.T) {
	term := start(t, "", program(t)+" --lab")
	term.wait("› New connector")
	term.keep("20-menu")
	term.press("Enter")
	makeExchange(term)
	term.press("Down")
	term.wait("› Connectors")
	term.press("Enter")
	term.wait("› Exchange, contoso.example")
	term.press("Enter")
	term.wait("› Test again")
	term.keep("21-connector")
	term.press("Enter")
	now := term.wait("› Test again\n")
	for !strings.Contains(now, "16 checks passed") {
		term.changed(now)
		now = term.screen(false)
	}
	term.keep("22-tested-again")
	if all := term.screen(true); strings.Contains(all, lab.Password) {
		t.Error("the password stood on the screen")
	}
	term.press("Escape")
	term.wait("Which connector?")
	term.press("Escape")
	term.wait("› Connectors")
	term.press("C-c")
	term.wait("ended with 0")
}

// makeExchange walks through the wizard, from the menu and back to it.
func makeExchange(term *terminal) {
	term.t.Helper()
	toTheAccount(term)
	toTheTest(term)
	term.press("Enter")
	term.wait("› Next")
	term.press("Enter")
	term.wait("Name")
	answerUpTo(term, "Create")
	term.press("Enter")
	term.wait("› New connector")
	if all := term.screen(true); !strings.Contains(all, "The connector is registered") {
		term.t.Fatalf("it was not registered:\n%s", all)
	}
}
