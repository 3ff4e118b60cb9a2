package prompt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"fairlead/cli/keyboard"
	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

const (
	signIn = "https://login.example/tenant/authorize?client_id=11111111-2222-3333-4444-555555555555&scope=openid"
	ended  = "http://127.0.0.1:5000/?code=once"
)

// consent is a flow whose only question is answered in a browser.
func consent(run func(context.Context, *page.Answers, func(page.Progress)) (page.Changes, error)) page.Flow {
	return page.Flow{
		ID: "consent", Title: "Consent", Pages: func(*page.Answers) []page.Page {
			return []page.Page{
				{ID: "grant", Step: "Grant", Title: "Who grants it?", Fields: func(*page.Answers) []page.Field {
					return []page.Field{{
						Key: "note", Kind: page.Note, Label: "For the security officer", Hint: "Send this:",
						Copy: "We ask for Mail.Read,\n  and for nothing else.", Link: signIn, LinkLabel: "The consent page",
					}}
				}, Action: &page.Action{Busy: "Asking for consent", Verb: "Open the browser", Run: run}},
				{ID: "end", Step: "End", Title: "It was granted", Final: true},
			}
		},
		After: func(*page.Answers) []page.Follow {
			return []page.Follow{{Label: "Same service, next tenant"}, {Label: "Same tenant, next service"}}
		},
	}
}

// attended is a wizard with somebody at its keyboard.
func attended(flow page.Flow, out io.Writer, in io.Reader) *Wizard {
	return &Wizard{
		Journey: page.Start(flow), Screen: screen.New(out, func(string) string { return "" }),
		Keyboard: keyboard.New(in), Attended: true,
	}
}

// TestConsentElsewhere: the first time nobody has granted it, the second time
// the address is pasted.
func TestConsentElsewhere(t *testing.T) {
	asked := 0
	pasted := make(chan string, 1)
	flow := consent(func(ctx context.Context, _ *page.Answers, say func(page.Progress)) (page.Changes, error) {
		if asked++; asked == 1 {
			since := time.Date(2020, 1, 2, 14, 2, 0, 0, time.Local)
			return nil, &page.Waiting{Since: since, Why: errors.New("nobody has granted it yet")}
		}
		say(page.Progress{Text: "Waiting for the browser", Until: time.Now().Add(time.Minute), Link: signIn, Code: "GK7-QX2", Paste: func(address string) error {
			if address != ended {
				return errors.New("this is not the address at the end: it has no code")
			}
			pasted <- address
			return nil
		}})
		select {
		case <-pasted:
			return nil, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})
	var out bytes.Buffer
	w := attended(flow, &out, strings.NewReader("\n\n"+signIn+"\n\n  "+ended+"  \n9\n2\n"))
	if err := w.Run(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if j := w.After(t.Context()); j == nil || j.Committed() || j.View().Page.ID != "grant" {
		t.Errorf("what comes next is %+v", j)
	}
	golden(t, "consent.txt", out.String())
}

func TestNothingElse(t *testing.T) {
	flow := consent(func(context.Context, *page.Answers, func(page.Progress)) (page.Changes, error) { return nil, nil })
	w := attended(flow, io.Discard, strings.NewReader("\n\n"))
	if err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w.After(t.Context()) != nil {
		t.Error("Enter goes on with something")
	}
	w.Attended = false
	w.Keyboard = keyboard.New(strings.NewReader("1\n"))
	if w.After(t.Context()) != nil {
		t.Error("a script is asked what it was not asked before")
	}
}

// TestTheBrowserWasFaster: whoever comes back presses Enter, so that nothing
// that was meant for the action answers the next question.
func TestTheBrowserWasFaster(t *testing.T) {
	out := watch("paste it here", "Press Enter", "What next?")
	flow := consent(func(_ context.Context, _ *page.Answers, say func(page.Progress)) (page.Changes, error) {
		say(page.Progress{Text: "Waiting for the browser", Link: signIn, Paste: func(string) error { return errors.New("not now") }})
		<-out.seen["paste it here"]
		return nil, nil
	})
	in, typing := io.Pipe()
	go func() {
		_, _ = io.WriteString(typing, "\n")
		<-out.seen["Press Enter"]
		_, _ = io.WriteString(typing, "left over\n")
		<-out.seen["What next?"]
		_, _ = io.WriteString(typing, "1\n")
	}()
	w := attended(flow, out, in)
	if err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w.After(t.Context()) == nil {
		t.Errorf("the 1 was lost after\n%s", out.String())
	}
}

// TestAScriptIsNotRead: what is piped in answers questions, and is not taken for
// a pasted address.
func TestAScriptIsNotRead(t *testing.T) {
	flow := consent(func(_ context.Context, _ *page.Answers, say func(page.Progress)) (page.Changes, error) {
		say(page.Progress{Link: signIn, Paste: func(address string) error {
			t.Errorf("pasted: %q", address)
			return nil
		}})
		return nil, nil
	})
	w := attended(flow, io.Discard, strings.NewReader("\nnext\n"))
	w.Attended = false
	if err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if line, err := w.Keyboard.Line(t.Context(), nil); line != "next" || err != nil {
		t.Errorf("the next line is %q, %v", line, err)
	}
}

func TestTheLineCountsDown(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 2, 0, 0, time.UTC)
	typed := make(chan struct{})
	for want, g := range map[string]going{
		"… Looking":                            {told: page.Progress{Text: "Looking"}},
		"… Waiting for the browser, 4:32 left": {told: page.Progress{Text: "Waiting for the browser", Until: now.Add(272 * time.Second)}},
		"… Waiting for the browser, 0:00 left > ": {
			told: page.Progress{Text: "Waiting for the browser", Until: now.Add(-time.Hour)}, typed: typed,
		},
	} {
		if got := g.line(now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestSayNeverWaits: an action that tells much while nobody listens goes on, and
// the last word counts.
func TestSayNeverWaits(t *testing.T) {
	told, say := Latest()
	for _, text := range []string{"one", "two", "three"} {
		say(page.Progress{Text: text})
	}
	if p := <-told; p.Text != "three" {
		t.Errorf("heard %q", p.Text)
	}
}
