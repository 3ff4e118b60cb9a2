// Package screen draws on a terminal, or on anything that takes its place.
//
// The rules of the terminal program:
//
//   - What was asked for goes to standard output, errors go to standard error.
//   - Nothing is wider than 80 columns, except what is to be copied: commands,
//     addresses and evidence keep their lines.
//   - A state is shown by a mark and a word. Colour only repeats it, and is left
//     out when NO_COLOR is set or the output is no terminal.
//   - Text from outside never moves the cursor: control characters are taken out
//     before anything is written.
//   - One line on what is going on may be replaced by the next; on anything but
//     a terminal it is not written at all.
package screen

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// MaxWidth is the widest that text is set, in columns.
const MaxWidth = 80

// minWidth is the narrowest that text is wrapped to. A narrower terminal wraps
// by itself.
const minWidth = 40

// Screen writes text, wrapped and coloured to fit where it goes. It may be used
// by several goroutines.
type Screen struct {
	mu     sync.Mutex
	w      io.Writer
	width  int
	colour bool
	live   bool // the last line can be replaced
	status bool // a replaceable line is on screen now

	passage passage
}

// New returns a screen for w. Where w is a terminal, its width and abilities are
// asked for; getenv reads NO_COLOR and TERM.
func New(w io.Writer, getenv func(string) string) *Screen {
	s := &Screen{w: w, width: MaxWidth}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return s
	}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
		s.width = min(max(width, minWidth), MaxWidth)
	}
	if getenv("TERM") == "dumb" || !understandsEscapes(file) {
		return s
	}
	s.live = true
	s.colour = getenv("NO_COLOR") == ""
	return s
}

// Draws reports whether the screen is a terminal on which lines can be drawn anew.
func (s *Screen) Draws() bool { return s.live }

// Coloured reports whether colours are shown.
func (s *Screen) Coloured() bool { return s.colour }

// Width is how wide text is set, in columns.
func (s *Screen) Width() int { return s.width }

// Line writes one line as it stands, however long, without control characters.
func (s *Screen) Line(format string, args ...any) {
	s.put(Clean(fmt.Sprintf(format, args...)) + "\n")
}

// Blank writes an empty line.
func (s *Screen) Blank() { s.put("\n") }

// Prompt writes a line that the answer is to follow.
func (s *Screen) Prompt(text string) { s.put(Clean(text)) }

// Text writes a paragraph, wrapped.
func (s *Screen) Text(format string, args ...any) { s.Indented("", "", fmt.Sprintf(format, args...)) }

// Indented writes a paragraph, wrapped. Its first line begins with first, every
// other one with rest.
func (s *Screen) Indented(first, rest, text string) {
	s.put(wrap(Clean(text), s.width, first, rest))
}

// Message writes what went wrong: wrapped on a terminal, and on one line where
// a program or a log reads it.
func (s *Screen) Message(first, rest, text string) {
	if s.live {
		s.Indented(first, rest, text)
		return
	}
	s.Line("%s", first+text)
}

// Words writes a row of short texts, none of which is broken.
func (s *Screen) Words(words []string) {
	text := strings.ReplaceAll(strings.Join(words, "\n"), " ", noBreak)
	s.put(wrap(Clean(strings.ReplaceAll(text, "\n", " · ")), s.width, "", ""))
}

// Title writes a heading.
func (s *Screen) Title(text string) {
	for line := range strings.Lines(wrap(Clean(text), s.width, "", "")) {
		s.put(s.paint(bold, strings.TrimSuffix(line, "\n")) + "\n")
	}
}

// Header begins a page: it writes a line with something at either end, between two
// rules.
func (s *Screen) Header(left, right string) {
	left, right = Clean(left), Clean(right)
	gap := max(s.width-runes(left)-runes(right)-2, 1)
	head, rule := " "+s.paint(bold, left)+strings.Repeat(" ", gap)+right, s.paint(muted, strings.Repeat("─", s.width))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn(head)
	s.write(rule + "\n" + head + "\n" + rule + "\n") // the passage has it apart
}

// Status shows what is going on until something else is written. It does
// nothing where the line could not be taken back.
func (s *Screen) Status(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.live {
		return
	}
	text = cut(Clean(text), s.width-1)
	fmt.Fprint(s.w, clearLine+s.paint(muted, text))
	s.status = text != ""
}

// clearLine goes to the beginning of the line and empties it.
const clearLine = "\r\x1b[K"

func (s *Screen) put(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remember(text)
	s.write(text)
}

func (s *Screen) write(text string) {
	if s.status {
		s.status = false
		fmt.Fprint(s.w, clearLine)
	}
	fmt.Fprint(s.w, text)
}
