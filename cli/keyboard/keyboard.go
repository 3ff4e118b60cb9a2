// Package keyboard reads what a person types, or what a script pipes in its
// place: lines, and secrets that are not shown.
package keyboard

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"fairlead/secret"
	"fairlead/wizard/page"
)

// MaxLine is the longest line that is read, in bytes.
const MaxLine = 64 << 10

// Why there is no line. The end of the input is [io.EOF].
var (
	ErrTooLong     = fmt.Errorf("a line of the input is longer than %d bytes", MaxLine)
	ErrNotText     = errors.New("the input is not UTF-8 text")
	ErrNoPassword  = errors.New("this cannot be a password")
	ErrInterrupted = errors.New("interrupted")
)

// Keyboard reads from a terminal or from anything that takes its place. It is
// for one goroutine. A read that was begun cannot be taken back: after
// [ErrInterrupted] only [Keyboard.Line] is of use, which goes on with it.
type Keyboard struct {
	reader   *bufio.Reader
	terminal int      // file descriptor, or -1
	file     *os.File // the terminal, or nil
	begun    bool
	awaited  *awaited // a line that is being read, or nil
}

// awaited is a line that is being read.
type awaited struct {
	here chan struct{} // closed once it is
	text string
	err  error
}

// begin reads elsewhere, so that an interrupt need not wait for the input.
func begin(read func() (string, error)) *awaited {
	a := &awaited{here: make(chan struct{})}
	go func() {
		a.text, a.err = read()
		close(a.here)
	}()
	return a
}

// wait returns the line once it is here, or [ErrInterrupted].
func (a *awaited) wait(ctx context.Context, interrupt <-chan struct{}) (string, error) {
	select {
	case <-a.here:
		return a.text, a.err
	case <-interrupt:
	case <-ctx.Done():
	}
	return "", ErrInterrupted
}

// New reads from r, which may be a terminal.
func New(r io.Reader) *Keyboard {
	k := &Keyboard{reader: bufio.NewReader(r), terminal: -1}
	if file, ok := r.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		k.terminal, k.file = int(file.Fd()), file
	}
	return k
}

// IsTerminal reports whether somebody may be sitting there.
func (k *Keyboard) IsTerminal() bool { return k.terminal >= 0 }

// Line reads the next line, without its ending. The end of ctx, and an
// interrupt, which may be nil, end the wait with [ErrInterrupted].
func (k *Keyboard) Line(ctx context.Context, interrupt <-chan struct{}) (string, error) {
	k.Begin()
	text, err := k.awaited.wait(ctx, interrupt)
	if !errors.Is(err, ErrInterrupted) {
		k.awaited = nil
	}
	return text, err
}

// Begin begins to read a line, and returns a channel that is closed once it is
// here. [Keyboard.Line] then returns it at once, and must be called before a
// secret is asked for.
func (k *Keyboard) Begin() <-chan struct{} {
	if k.awaited == nil {
		k.awaited = begin(k.read)
	}
	return k.awaited.here
}

// Secret reads the next line without showing it. Spaces at its end belong to
// it. It may be empty.
func (k *Keyboard) Secret(ctx context.Context, interrupt <-chan struct{}) (secret.Secret, error) {
	text, err := k.hidden(ctx, interrupt)
	return secret.New(text), err
}

// Password reads a secret that is used as it is. What the wizard's field for a
// password would refuse is an error of kind [ErrNoPassword] that says why.
func (k *Keyboard) Password(ctx context.Context) (secret.Secret, error) {
	text, err := k.hidden(ctx, nil)
	switch {
	case err != nil:
		return secret.Secret{}, err
	case text == "":
		err = fmt.Errorf("%w: it is empty", ErrNoPassword)
	case utf8.RuneCountInString(text) > page.MaxText:
		err = fmt.Errorf("%w: it has more than %d characters", ErrNoPassword, page.MaxText)
	case strings.ContainsFunc(text, unicode.IsControl):
		err = fmt.Errorf("%w: it holds a control character", ErrNoPassword)
	}
	return secret.New(text), err
}

func (k *Keyboard) hidden(ctx context.Context, interrupt <-chan struct{}) (string, error) {
	if !k.IsTerminal() {
		return k.Line(ctx, interrupt)
	}
	before, err := term.GetState(k.terminal)
	if err != nil {
		return "", fmt.Errorf("ask the terminal not to show what is typed: %w", err)
	}
	text, err := begin(func() (string, error) {
		typed, err := term.ReadPassword(k.terminal)
		if err == nil && !utf8.Valid(typed) {
			err = ErrNotText
		}
		return string(typed), err
	}).wait(ctx, interrupt)
	if errors.Is(err, ErrInterrupted) {
		_ = term.Restore(k.terminal, before) // nothing is left to do if it fails
	}
	return text, err
}

// read reads one line. A last line without an ending counts.
func (k *Keyboard) read() (string, error) {
	var line []byte
	for {
		part, err := k.reader.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > MaxLine {
			return "", ErrTooLong
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)) {
			return "", err
		}
		break
	}
	text := string(line)
	if !k.begun {
		k.begun = true
		text = strings.TrimPrefix(text, "\ufeff") // some shells put it before what they pipe
	}
	if bare, ended := strings.CutSuffix(text, "\n"); ended {
		text = strings.TrimSuffix(bare, "\r")
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", ErrNotText
	}
	return text, nil
}
