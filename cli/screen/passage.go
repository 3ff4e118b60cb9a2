package screen

import (
	"bytes"
	"os"
	"slices"

	"golang.org/x/term"
)

// Passage is what was written since the page began: what a person may want to read
// before answering.
type Passage struct {
	Head string // the line that stays on top; empty where the page has none
	Text string // without the head
	Read int    // how much of the text was on the screen when something was asked, in bytes
}

// maxPassage is how much is remembered, in bytes: many times what somebody reads.
const maxPassage = 256 << 10

// passage is what is remembered of a page.
type passage struct {
	head string
	text []byte
	read int
}

// remember takes note of what was written on a terminal that can draw.
func (s *Screen) remember(text string) {
	if !s.live {
		return
	}
	p := &s.passage
	p.text = append(p.text, text...)
	if len(p.text) < 2*maxPassage { // seldom, so that long texts take no longer than others
		return
	}
	over := len(p.text) - maxPassage
	over += bytes.IndexByte(p.text[over:], '\n') + 1
	p.text = slices.Delete(p.text, 0, over)
	p.read = max(p.read-over, 0)
}

// Passage returns what was written since the page began.
func (s *Screen) Passage() Passage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Passage{s.passage.head, string(s.passage.text), s.passage.read}
}

// Seen says that somebody has read all that was written so far.
func (s *Screen) Seen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passage.read = len(s.passage.text)
}

// HeadLines is how many lines a head takes, with its rules.
const HeadLines = 3

// Turn begins a page without a head.
func (s *Screen) Turn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn("")
}

// turn begins a page. What was not seen of the one before belongs to it.
func (s *Screen) turn(head string) {
	s.passage = passage{head: head, text: s.passage.text[s.passage.read:]}
}

// Height is how many lines the terminal has; 0 where that is not known.
func (s *Screen) Height() int {
	file, ok := s.w.(*os.File)
	if !ok {
		return 0
	}
	_, height, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return height
}
