//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// answer writes an answer to the question that stands on the screen, and goes on.
func (term *terminal) answer(question, text string) {
	term.t.Helper()
	now := term.wait(question)
	if text != "" {
		term.write(text)
		term.changed(now)
	}
	term.enter()
}

// TestSetUpOfADomain goes through all six sections against the lab: each is tested,
// summed up and kept, and the directory's password is shown nowhere.
func TestSetUpOfADomain(t *testing.T) {
	const password = "Leading-Line-4" // of the lab's directory
	term := start(t, "", program(t)+" setup contoso.example --lab")
	term.wait("› – Account: not begun")
	term.keep("50-setup")
	term.enter()
	term.wait("› for example Anna Berg")
	term.keep("51-setup-contact")
	term.answer("Name\n", "Anna Berg")
	term.answer("Mail address\n", "anna@elsewhere.example")
	term.answer("Mobile phone", "+49 30 1234567")
	term.wait("› Microsoft 365")
	term.upTo("› On-premises", "Down")
	term.keep("52-setup-infrastructure")
	term.enter()
	term.answer("Account code", "CUK1A2")
	term.wait("› Europe, except Germany")
	term.enter()
	term.answer("More domains", "exchange-online.example")
	term.wait("› Keep")
	term.upTo("› Show as an answers file", "Down")
	term.enter()
	if now := term.wait("› Keep"); !strings.Contains(term.screen(true), "fairleadctl setup contoso.example --lab --answers answers.yaml") {
		t.Errorf("the summary does not show the same as a command:\n%s", now)
	}
	term.keep("53-setup-account-answers")
	term.enter()
	term.wait("✓ Account: On-premises")

	term.wait("› – Domain validation")
	toTheEnd(term, "54-setup-validation", "✓ Domain validation: validated", map[string]string{"Token\n": "k3y-5f1c2a90b7d84e6f"})

	term.upTo("› – Directory", "Down")
	toTheEnd(term, "55-setup-directory", "✓ Directory", map[string]string{
		"Server\n": "dc.contoso.example", "Account\n": "svc-directory@contoso.example",
		"Password\n": password, "Search base\n": "DC=contoso,DC=example",
	})

	term.upTo("› – Anti-spoofing", "Down")
	toTheEnd(term, "56-setup-spoofing", "✓ Anti-spoofing: checked", map[string]string{"DKIM selectors": "selector1"})

	term.upTo("› – Journaling", "Down")
	toTheEnd(term, "57-setup-journaling", "✓ Journaling: checked", map[string]string{"Mail address for copies": "archive@elsewhere.example"})

	term.upTo("› – Mail routing", "Up")
	toTheEnd(term, "58-setup-routing", "– Mail routing: next", map[string]string{"Your own server": "mail.contoso.example"})
	term.keep("59-setup-sections")
	term.press("Escape")
	term.wait("ended with 0")
	if strings.Contains(term.screen(true), password) {
		t.Error("the directory's password stood on the screen")
	}
}

// toTheEnd goes through a section, with an answer to some of its questions and Enter
// to the rest, and keeps every screen, until the list of sections is back.
func toTheEnd(term *terminal, name, end string, answers map[string]string) {
	term.t.Helper()
	term.enter()
	for i := 'a'; i < 'z'; i++ {
		now := term.wait("enter ")
		if strings.Contains(now, "Which section") {
			if !strings.Contains(now, end) {
				term.t.Fatalf("the list of sections does not say %q:\n%s", end, now)
			}
			return
		}
		for question, text := range answers {
			if strings.Contains(lastQuestion(now), question) {
				term.write(text)
				term.changed(now)
				delete(answers, question)
			}
		}
		term.keep(name + "-" + string(i))
		term.enter()
	}
	term.t.Fatalf("the section does not end:\n%s", term.screen(true))
}

// lastQuestion is the end of a screen, where the question stands.
func lastQuestion(now string) string {
	lines := strings.Split(strings.TrimRight(now, "\n"), "\n")
	return strings.Join(lines[max(len(lines)-8, 0):], "\n") + "\n"
}

// TestPlainLines goes into a section with plain lines, which need no drawing, and through
// the menu without a colour.
func TestPlainLines(t *testing.T) {
	term := start(t, "NO_COLOR=1", program(t)+" setup contoso.example --lab --accessible")
	term.wait("Enter: Account")
	term.press("Enter")
	term.wait("Whom do the services call in an emergency?")
	term.write("save")
	term.press("Enter")
	term.wait("What was answered is kept.")
	term.write("done")
	term.press("Enter")
	term.wait("ended with 0")
	if raw := term.screen(true, "-e"); strings.Contains(raw, "\x1b[7m") || coloured.MatchString(raw) {
		t.Error("something was drawn")
	}
	term = start(t, "NO_COLOR=1", program(t)+" --lab")
	term.wait("› New connector")
	term.row("This computer")
	term.wait("› This computer")
	if raw := term.screen(true, "-e"); coloured.MatchString(raw) {
		t.Errorf("there is a colour in spite of NO_COLOR: %q", coloured.FindString(raw))
	}
	term.press("C-c")
	term.wait("ended with 0")
}
