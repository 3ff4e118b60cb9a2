package answers

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

// TestLinksGoElsewhere: what somebody has to open is written where a person
// looks, once each, and nothing is asked.
func TestLinksGoElsewhere(t *testing.T) {
	const first, second = "https://login.example/sign-in", "https://login.example/consent"
	waiting := &page.Waiting{Since: time.Now(), Why: errors.New("nobody has granted it yet")}
	flow := page.Flow{ID: "consent", Pages: func(*page.Answers) []page.Page {
		return []page.Page{
			{ID: "grant", Action: &page.Action{
				Busy: "Asking for consent",
				Run: func(_ context.Context, _ *page.Answers, say func(page.Progress)) (page.Changes, error) {
					pasted := func(string) error {
						t.Error("something was pasted")
						return nil
					}
					say(page.Progress{Text: "Waiting", Link: first, Paste: pasted})
					say(page.Progress{Text: "Still waiting", Link: first, Paste: pasted})
					say(page.Progress{Text: "Waiting", Link: second, Code: "GK7-QX2", Until: time.Now().Add(time.Minute)})
					return nil, waiting
				},
			}},
			{ID: "end", Final: true},
		}
	}}
	f, err := Parse("file", []byte("a: b"))
	if err != nil {
		t.Fatal(err)
	}
	var out, links bytes.Buffer
	plain := func(b *bytes.Buffer) *screen.Screen { return screen.New(b, func(string) string { return "" }) }
	_, err = Walk(t.Context(), page.Start(flow), Filled{File: f}, plain(&out), plain(&links))
	if !errors.Is(err, waiting) {
		t.Errorf("the walk came to %v", err)
	}
	for _, line := range []string{first, second, "GK7-QX2"} {
		if strings.Count("\n"+links.String(), "\n"+line+"\n") != 1 {
			t.Errorf("%s does not stand once and alone in\n%s", line, links.String())
		}
	}
	if strings.Contains(out.String(), "login.example") {
		t.Errorf("a link is mixed with the results:\n%s", out.String())
	}
}
