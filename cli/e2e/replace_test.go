//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"fairlead/lab"
)

// attachTask notes a task of the connector whose menu stands on the screen, and comes back to it.
func attachTask(term *terminal, name string) {
	term.t.Helper()
	term.row("Tasks")
	term.wait("› Add a task")
	term.enter()
	term.answer("Task\n", name)
	term.says("Attached: " + name)
	term.press("Escape")
	term.wait("› Tasks")
}

// anew goes through the wizard that "Change something else" opens, up to its last page.
func anew(term *terminal) {
	term.t.Helper()
	for range 16 {
		now := term.wait("enter ")
		switch {
		case strings.Contains(now, "Password\n"):
			term.write(lab.Password)
			term.wait(strings.Repeat("*", len(lab.Password)))
		case strings.Contains(now, "› Create connector"):
			term.press("Enter")
			return
		}
		term.press("Enter")
		term.changed(now)
	}
	term.t.Fatalf("the last page was not reached:\n%s", term.screen(true))
}

// startAtExchange starts the menu, makes a connector to Exchange, and opens it.
func startAtExchange(t *testing.T) *terminal {
	t.Helper()
	term := start(t, "", program(t)+" --lab")
	term.wait("› New connector")
	term.enter()
	makeExchange(term)
	term.row("Connectors")
	term.wait("› Exchange, contoso.example")
	term.enter()
	return term
}

// TestChangeSomethingElse makes a connector in the place of another, moves the task, deletes
// the old one and passes its name on.
func TestChangeSomethingElse(t *testing.T) {
	term := startAtExchange(t)
	attachTask(term, "Nightly check")

	term.upTo("› Change something else", "Up")
	term.enter()
	anew(term)
	term.says("Move its 1 task to the new one now?")
	term.keep("90-move-the-tasks")
	term.enter() // Yes stands first: nothing is lost by it
	term.says("Delete Exchange, contoso.example and its password?")
	term.keep("91-delete-the-old-one")
	term.enter() // No stands first
	term.wait("“Exchange, contoso.example (new)” has taken its place")
	if all := term.screen(true); !strings.Contains(all, `fairleadctl delete "Exchange, contoso.example" --lab`) || strings.Contains(all, "--all-of") {
		t.Errorf("it does not say what is left to do:\n%s", all)
	}

	// Its menu offers the same.
	term.upTo("› Delete", "Up")
	term.keep("92-replaced")
	term.enter()
	term.wait("Delete Exchange, contoso.example and its password?")
	term.press("y")
	term.wait("Call “Exchange, contoso.example (new)” “Exchange, contoso.example” then?")
	term.keep("93-pass-the-name-on")
	term.enter()
	term.says("has its place, and is called")
	if all := term.screen(true); !strings.Contains(all, "Outside, this is still there") {
		t.Errorf("it does not say what is left outside:\n%s", all)
	}
	term.wait("› Exchange, contoso.example")
	term.enter()
	term.row("Tasks")
	term.wait("Take out “Nightly check”")
	term.press("C-c")
	term.wait("ended with 0")
	if all := term.screen(true); strings.Contains(all, lab.Password) {
		t.Error("the password stood on the screen")
	}
}

// TestTheMenuMovesTasks declines all that is offered after the wizard: the menu of the old
// connector offers it still.
func TestTheMenuMovesTasks(t *testing.T) {
	term := startAtExchange(t)
	attachTask(term, "Nightly check")
	term.upTo("› Change something else", "Up")
	term.enter()
	anew(term)
	term.says("Move its 1 task to the new one now?")
	term.press("n")
	term.wait("has taken its place")
	term.upTo("› Move its 1 task to", "Up")
	term.keep("94-move-by-the-menu")
	term.enter()
	term.says("Moved 1 task from")
	term.wait("› Delete: it works until then")
	term.press("C-c")
	term.wait("ended with 0")
}

// TestAWrongNewPassword presses Enter after a refused sign-in: it leads to the password, and
// no second sign-in is spent unasked.
func TestAWrongNewPassword(t *testing.T) {
	term := startAtExchange(t)
	term.row("Change the password")
	term.wait("New password\n")
	if all := term.screen(true); strings.Contains(all[strings.LastIndex(all, "What is the new password?"):], "draft") {
		t.Errorf("a draft is promised:\n%s", all)
	}
	term.write("wrong")
	term.wait("*****")
	term.enter()
	term.wait("› Test connection")
	term.enter()
	now := term.wait("› Type the new password again")
	if strings.Contains(now, "draft") || !strings.Contains(now, "  Leave") {
		t.Errorf("it offers to keep a draft:\n%s", now)
	}
	term.keep("95-wrong-password")
	term.upTo("› Run again", "Up")
	term.enter()
	term.wait("Send the same new password again?")
	term.keep("96-the-same-again")
	term.enter() // No stands first
	term.wait("› Type the new password again")
	term.enter()
	term.wait("New password\n")
	term.write(lab.Password)
	term.wait(strings.Repeat("*", len(lab.Password)))
	term.enter()
	term.wait("› Test connection")
	term.enter()
	term.wait("› Next")
	term.enter()
	term.wait("› Put into use")
	term.enter()
	term.says("The new one is in use")
	term.press("C-c")
	term.wait("ended with 0")
}
