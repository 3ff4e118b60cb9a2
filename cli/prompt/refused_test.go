package prompt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

// door is a flow whose test sends a password to a server that counts how often it has
// refused which.
type door struct {
	sent      []string
	undrafted bool
}

func (d *door) flow() page.Flow {
	return page.Flow{ID: "door", Title: "Door", Undrafted: d.undrafted, Pages: func(*page.Answers) []page.Page {
		return []page.Page{
			{ID: "account", Step: "Account", Title: "Who knocks?", Fields: func(*page.Answers) []page.Field {
				return []page.Field{{Key: "name", Label: "Name"}, {Key: "word", Kind: page.Secret, Label: "New password"}}
			}},
			{ID: "knock", Step: "Knock", Title: "Does it open?", Fields: func(*page.Answers) []page.Field {
				return []page.Field{{Key: "knocks", Label: "Knocks", Optional: true}}
			}, Action: &page.Action{
				Busy: "Knocking", Verb: "Knock", Inputs: []string{"name", "word", "knocks"},
				Test: func(a *page.Answers) *check.Suite { return d.knock(a.Text("name") + ":" + a.Secret("word").Reveal()) },
			}},
			{ID: "open", Step: "Open", Title: "Open", Final: true},
		}
	}}
}

func (d *door) knock(with string) *check.Suite {
	refused := errors.New("who are you?")
	return check.NewSuite(d, []check.Check[*door]{{
		ID: "sign-in", Title: "Sign-in accepted",
		Ask: func(context.Context, *door) (check.Finding, error) {
			d.sent = append(d.sent, with)
			if with != "anna:right" {
				return check.Finding{}, refused
			}
			return check.Finding{Summary: "come in"}, nil
		},
		Causes: []*check.Cause[*door]{{
			Code: "refused", Title: "It stays shut", Verdict: check.Fail, Remedy: "Knock otherwise.",
			When: func(_ *door, err error) bool { return errors.Is(err, refused) },
		}},
	}}, check.Options[*door]{})
}

func (d *door) typed(t *testing.T, lines ...string) (string, error) {
	t.Helper()
	var out strings.Builder
	w := Wizard{
		Journey: page.Start(d.flow()), Screen: screen.New(&out, func(string) string { return "" }),
		Keyboard: keyboard.New(strings.NewReader(strings.Join(lines, "\n") + "\n")),
	}
	err := w.Run(t.Context())
	return out.String(), err
}

func (d *door) was(t *testing.T, out string, want ...string) {
	t.Helper()
	if fmt.Sprint(d.sent) != fmt.Sprint(want) {
		t.Errorf("sent were %q, not %q\n%s", d.sent, want, out)
	}
}

// TestARefusedSecretIsTypedAgain: Enter leads to the secret, not to the same sign-in.
func TestARefusedSecretIsTypedAgain(t *testing.T) {
	d := &door{}
	out, err := d.typed(t, "anna", "wrong", "", "", // refused
		"", "right", "", "", "") // typed again, knocks, test, next
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	d.was(t, out, "anna:wrong", "anna:right")
	if !strings.Contains(out, "Enter: type the new password again") || !strings.Contains(out, "r: run again") {
		t.Errorf("it offers\n%s", out)
	}
}

// TestARefusedSecretIsNotSentUnasked: whichever way leads to the test once more.
func TestARefusedSecretIsNotSentUnasked(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		sent  int
	}{
		"run again, and no":        {[]string{"r", "", "save"}, 1},
		"run again, and yes":       {[]string{"r", "y", "save"}, 2},
		"kept by Enter":            {[]string{"", "", "", "r", "", "save"}, 1},
		"another number of knocks": {[]string{"e", "3", "", "n", "save"}, 1},
		"another account":          {[]string{"<", "bert", "", "", "", "save"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			d := &door{}
			out, err := d.typed(t, append([]string{"anna", "wrong", "", ""}, test.lines...)...)
			if !errors.Is(err, ErrLeft) || len(d.sent) != test.sent {
				t.Errorf("%v; sent were %q\n%s", err, d.sent, out)
			}
		})
	}
}

// TestOnlyARefusalAsks: what failed otherwise is run again as before.
func TestOnlyARefusalAsks(t *testing.T) {
	d := &door{}
	var out strings.Builder
	w := Wizard{
		Journey: page.Start(d.flow()), Screen: screen.New(&out, func(string) string { return "" }),
		Keyboard: keyboard.New(strings.NewReader("anna\nwrong\n\n\n\nsave\n")),
		Refused:  func(check.Report) bool { return false },
	}
	if err := w.Run(t.Context()); !errors.Is(err, ErrLeft) {
		t.Fatal(err)
	}
	d.was(t, out.String(), "anna:wrong", "anna:wrong")
}

// TestARefusedSecretInAForm presses Enter after a refusal, and then chooses to run it again.
func TestARefusedSecretInAForm(t *testing.T) {
	d := &door{}
	j := page.Start(d.flow())
	lines := Wizard{
		Journey: j, Screen: screen.New(io.Discard, func(string) string { return "" }),
		Keyboard: keyboard.New(strings.NewReader("anna\nwrong\n\n\nsave\n")),
	}
	if err := lines.Run(t.Context()); !errors.Is(err, ErrLeft) {
		t.Fatal(err)
	}
	press := func(keys string) *Wizard {
		in, pressed := io.Pipe()
		go func() { _, _ = io.WriteString(pressed, keys) }()
		return &Wizard{
			Journey: j, Screen: lines.Screen, spent: lines.spent,
			Form: &form.Asker{In: in, Out: io.Discard, Width: 80, Wizard: true},
		}
	}
	if next, err := press("\r").bar(t.Context()); next != retype || err != nil {
		t.Errorf("Enter comes to %v, %v", next, err)
	}
	if yes, err := press("\r").maySend(t.Context()); yes || err != nil {
		t.Errorf("Enter sends it: %v, %v", yes, err)
	}
	if yes, err := press("y").maySend(t.Context()); !yes || err != nil {
		t.Errorf("yes does not send it: %v, %v", yes, err)
	}
	if _, err := press("\x03").maySend(t.Context()); !errors.Is(err, keyboard.ErrInterrupted) {
		t.Errorf("Ctrl-C: %v", err)
	}
}

// TestWithoutADraftNoneIsPromised: a flow of which nothing is kept says so.
func TestWithoutADraftNoneIsPromised(t *testing.T) {
	d := &door{undrafted: true}
	out, err := d.typed(t, "?", "<", "anna", "", "?", "wrong", "", "leave")
	if !errors.Is(err, ErrLeft) {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.Contains(out, "draft") || !strings.Contains(out, `"leave" leaves`) {
		t.Errorf("it says\n%s", out)
	}
	out, err = d.typed(t, `\leave`, "wrong", "", "save")
	if !errors.Is(err, ErrLeft) || strings.Contains(out, "draft") {
		t.Errorf("%v\n%s", err, out)
	}
	out, _ = (&door{}).typed(t, "leave", "wrong", "3", "save")
	if !strings.Contains(out, "Enter: Knock") {
		t.Errorf("the word leaves where there are drafts\n%s", out)
	}
}
