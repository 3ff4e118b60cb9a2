package screen

import (
	"bytes"
	"strings"
	"testing"
)

// drawing is a screen that can draw, on no terminal.
func drawing() *Screen { return &Screen{w: &bytes.Buffer{}, width: MaxWidth, live: true} }

func TestPassageIsWhatWasWrittenSinceThePageBegan(t *testing.T) {
	s := drawing()
	s.Text("before")
	s.Seen()
	s.Text("not seen")
	s.Header("New connector", "Step 1 of 5")
	s.Text("a page")
	p := s.Passage()
	if p.Text != "not seen\na page\n" || p.Read != 0 || !strings.HasPrefix(p.Head, " New connector ") {
		t.Errorf("the passage is %+v", p)
	}
	s.Seen()
	s.Text("more")
	if p = s.Passage(); p.Text[p.Read:] != "more\n" || !strings.Contains(p.Text, "a page") {
		t.Errorf("after it was seen, the passage is %+v", p)
	}
	s.Turn()
	if p = s.Passage(); p.Text != "more\n" || p.Head != "" {
		t.Errorf("after the page, the passage is %+v", p)
	}
}

func TestPassageForgetsTheBeginningOfWhatNobodyReads(t *testing.T) {
	s := drawing()
	for range maxPassage / 20 {
		s.Text("%s", strings.Repeat("x", 79))
	}
	p := s.Passage()
	if len(p.Text) > 2*maxPassage || len(p.Text) < maxPassage/2 || !strings.HasPrefix(p.Text, strings.Repeat("x", 79)+"\n") {
		t.Errorf("%d bytes are remembered, beginning %.20q", len(p.Text), p.Text)
	}
	if plain := New(&bytes.Buffer{}, func(string) string { return "" }); plain.Passage().Text != "" {
		t.Error("a pipe is remembered")
	}
}
