//go:build e2e

package e2e

import (
	"regexp"
	"strings"
	"testing"

	"fairlead/lab"
)

// toTheAccount walks to the page that asks for the account.
func toTheAccount(term *terminal) {
	term.t.Helper()
	term.wait("[ ] Continuity")
	term.keep("01-services")
	term.press("Down", "Space")
	term.wait("[x] Continuity")
	term.press("Enter")
	term.wait("› Exchange on-premises")
	term.keep("02-platform")
	term.press("Enter")
	term.wait("Cannot be seen from this computer")
	term.wait("› Next")
	term.keep("03-before-you-start")
	term.press("Enter")
	term.wait("› Keep the password until Fairlead closes")
	term.keep("04-keyring")
	term.press("Enter")
	term.wait("Mail address")
}

// toTheTest answers the account and goes on to the test.
func toTheTest(term *terminal) {
	term.t.Helper()
	term.press("Enter") // without an answer
	term.wait("✕ an answer is needed here")
	term.keep("05-account-missing")
	term.write(lab.Address)
	term.press("Enter")
	term.wait("Sign-in name, if it differs")
	term.press("Enter")
	term.wait("Password\nKept in memory")
	term.write(lab.Password)
	term.wait(strings.Repeat("*", len(lab.Password)))
	term.keep("06-password")
	term.press("Enter")
	answerUpTo(term, "Test connection")
}

// answerUpTo takes what is offered until a text stands on the screen.
func answerUpTo(term *terminal, text string) {
	term.t.Helper()
	for range 12 {
		now := term.wait("enter ")
		if strings.Contains(now, text) {
			return
		}
		if strings.Contains(now, "Mailbox check") && strings.Contains(now, "for example") {
			term.write(lab.Mailbox)
		}
		term.press("Enter")
		term.changed(now)
	}
	term.t.Fatalf("%q was not reached:\n%s", text, term.screen(true))
}

func TestExchangeInTheTerminal(t *testing.T) {
	term := start(t, "", program(t)+" new --lab")
	toTheAccount(term)
	toTheTest(term)
	term.press("Enter")
	term.wait("› Next")
	term.keep("07-test-passed")
	term.press("Enter")
	term.wait("Name")
	answerUpTo(term, "Create")
	term.keep("08-summary")
	term.press("Enter")
	term.wait("ended with 0")
	term.keep("09-created")
	if all := term.screen(true); strings.Contains(all, lab.Password) {
		t.Error("the password stood on the screen")
	}
	term.again("", program(t)+" list --lab")
	term.wait("contoso.example")
	term.keep("10-list")
}

// TestAFailedTestSaysWhatToType looks at a diagnosis, keeps a draft and goes on with
// it, without a colour and without the password.
func TestAFailedTestSaysWhatToType(t *testing.T) {
	term := start(t, "NO_COLOR=1", program(t)+" new --lab --fault basic-not-offered")
	toTheAccount(term)
	toTheTest(term)
	term.press("Enter")
	term.wait("Run again")
	term.keep("11-test-failed")
	if all := term.screen(true); !strings.Contains(all, "Set-WebServicesVirtualDirectory") || !strings.Contains(all, "✕ fail") {
		t.Errorf("the diagnosis does not say what to type:\n%s", all)
	}
	if raw := term.screen(true, "-e"); coloured.MatchString(raw) {
		t.Errorf("there is a colour in spite of NO_COLOR: %q", coloured.FindString(raw))
	}
	term.press("C-s")
	now := term.wait("ended with 0")
	term.keep("12-draft-kept")
	draft := resume.FindStringSubmatch(now)
	if draft == nil {
		t.Fatalf("it does not say how to go on:\n%s", now)
	}
	term.again("", program(t)+" new --lab --draft "+draft[1])
	term.wait("› " + lab.Address)
	if all := term.screen(true); strings.Contains(all, lab.Password) {
		t.Error("the draft gave the password back")
	}
	term.press("C-c")
	term.wait("ended with 3")
}

// TestKilledWizard kills the program in the middle of a wizard: what was answered on
// the pages before is a draft.
func TestKilledWizard(t *testing.T) {
	term := start(t, "", program(t)+" new --lab")
	toTheAccount(term)
	term.kill()
	term.wait("ended with 137")
	term.again("", program(t)+" drafts --lab")
	draft := regexp.MustCompile(`(?m)^(\w+) .*, kept on `).FindStringSubmatch(term.wait("ended with 0"))
	if draft == nil {
		t.Fatal("there is no draft")
	}
	term.again("", program(t)+" new --lab --draft "+draft[1])
	term.wait("Mail address")
	term.press("C-c")
	term.wait("ended with 3")
}

var (
	// coloured is an escape sequence that sets a colour, of the text or its ground.
	coloured = regexp.MustCompile(`\x1b\[(?:[\d;]*;)?(?:[349][0-7]|10[0-7]|[34]8;[\d;]+)m`)
	resume   = regexp.MustCompile(`--draft (\S+)`)
)

func TestBackAndHelp(t *testing.T) {
	term := start(t, "", program(t)+" new --lab")
	term.wait("[ ] Continuity")
	term.press("Space", "Enter")
	term.wait("Where are the mailboxes?")
	term.press("F1")
	term.wait("10  Create")
	term.wait("enter choose")
	term.press("Escape")
	term.wait("[x] Archive for Microsoft Teams") // nothing is lost on the way back
	term.press("C-c")
	term.wait("ended with 3")
}

// TestForAScreenReader asks with plain lines, which need no drawing.
func TestForAScreenReader(t *testing.T) {
	for _, how := range [][2]string{{"", " --accessible"}, {"ACCESSIBLE=1", ""}, {"TERM=dumb", ""}} {
		term := start(t, how[0], program(t)+" new --lab"+how[1])
		term.wait("  2  Continuity")
		term.wait("\n>")
		term.press("2", "Enter")
		term.wait("Where are the mailboxes?")
		term.press("<", "Enter")
		term.wait("> [2]")
		term.write("save")
		term.press("Enter")
		term.wait("ended with 0")
		if raw := term.screen(true, "-e"); strings.Contains(raw, "\x1b[7m") {
			t.Errorf("%v: something was drawn", how)
		}
	}
}
