package form

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"fairlead/cli/screen"
)

// page is what stands above a question, on a terminal.
type page struct {
	text         string
	read, height int
	seen         bool
}

func (p *page) Passage() screen.Passage {
	return screen.Passage{Head: "the head", Text: p.text, Read: p.read}
}
func (p *page) Seen()       { p.seen = true }
func (p *page) Height() int { return p.height }

// TestAQuestionComesAtOnce where all that stands above it can be seen or was, and on a
// terminal on which nothing can be paged.
func TestAQuestionComesAtOnce(t *testing.T) {
	long := strings.Repeat("a line\n", 45)
	for name, p := range map[string]*page{
		"it fits":         {text: "a line\na line\n", height: 24},
		"read already":    {text: long, read: len(long), height: 24},
		"a tiny terminal": {text: long, height: 5},
	} {
		a := typing(enter)
		a.Page = p
		if yes, outcome, err := a.Confirm(t.Context(), Question{Title: "Sure?"}, true); !yes || outcome != Answered || err != nil || !p.seen {
			t.Errorf("%s: answered %v, %v, %v, seen %v", name, yes, outcome, err, p.seen)
		}
	}
}

// TestWhatIsLongerThanTheScreenIsReadFirst: the question waits, and Ctrl-C leaves.
func TestWhatIsLongerThanTheScreenIsReadFirst(t *testing.T) {
	var out strings.Builder
	a := typing(interrupt)
	a.Out, a.Page = &out, &page{text: strings.Repeat("a line\n", 45), height: 24}
	if _, outcome, err := a.Confirm(t.Context(), Question{Title: "Sure?"}, true); outcome != Leave || err != nil {
		t.Errorf("Ctrl-C on a long page: %v, %v", outcome, err)
	}
	if strings.Contains(out.String(), "Sure?") {
		t.Error("it was asked before the page was read")
	}
}

// TestEnterLeadsThroughAll turns page after page and ends after the last; what is on the
// screen has the head, no more lines than the terminal, and no escape without colour.
func TestEnterLeadsThroughAll(t *testing.T) {
	var lines []string
	for i := range 45 {
		lines = append(lines, fmt.Sprintf("line %d.", i))
	}
	m := newReader(Asker{Width: 80}, "the head", strings.Join(lines, "\n"), 24)
	seen := ""
	for range 10 {
		view := m.View().Content
		seen += view
		if !strings.HasPrefix(view, "the head\n") || strings.Count(view, "\n")+1 > 24 || strings.Contains(view, "\x1b") {
			t.Fatalf("drawn is\n%q", view)
		}
		next, quit := m.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		if m = next.(reader); quit == nil {
			continue
		}
		for _, line := range lines {
			if !strings.Contains(seen, line) {
				t.Errorf("%s was never shown", line)
			}
		}
		return
	}
	t.Error("Enter does not lead to the end")
}

// TestLinesAreBrokenAtSpaces, and nowhere else if that can be had: neither a command
// nor an address is cut at a hyphen.
func TestLinesAreBrokenAtSpaces(t *testing.T) {
	got := Asker{Width: 20}.fill("    Set-Thing -Basic-One two\nhttps://a-very-long.address.example/x\n")
	if want := "    Set-Thing\n-Basic-One two\nhttps://a-very-long.\naddress.example/x\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
