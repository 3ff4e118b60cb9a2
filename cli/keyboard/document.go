package keyboard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"fairlead/secret"
)

// Document reads a secret that may have several lines, such as a key in JSON,
// without showing it. It ends with the line in which the first brace is closed,
// with an empty line, or with the end of the input; where it does not begin with
// a brace, it is one line. It may be empty.
func (k *Keyboard) Document(ctx context.Context, interrupt <-chan struct{}) (secret.Secret, error) {
	var text strings.Builder
	next := func() (string, error) { return k.Line(ctx, interrupt) }
	if k.IsTerminal() {
		// The terminal would show what is pasted between two lines that are asked for
		// one by one, and cuts lines off at 4,096 bytes.
		before, err := term.MakeRaw(k.terminal)
		if err != nil {
			return secret.Secret{}, fmt.Errorf("ask the terminal not to show what is typed: %w", err)
		}
		defer term.Restore(k.terminal, before) //nolint:errcheck // nothing is left to do if it fails
		raw := &rawLines{input: k.file}
		next = func() (string, error) { return begin(raw.line).wait(ctx, interrupt) }
	}
	for {
		line, err := next()
		if errors.Is(err, io.EOF) && text.Len() > 0 {
			err, line = nil, ""
		}
		switch {
		case err != nil:
			return secret.Secret{}, err
		case text.Len()+len(line) > MaxLine:
			return secret.Secret{}, ErrTooLong
		}
		text.WriteString(line)
		if line == "" || closed(text.String()) {
			return secret.New(strings.TrimSuffix(text.String(), "\n")), nil
		}
		text.WriteByte('\n')
	}
}

// closed reports whether nothing is missing from a text that begins with a brace:
// every brace outside of quotes has its partner.
func closed(text string) bool {
	text = strings.TrimSpace(text)
	depth, quoted, escaped := 0, false, false
	for _, c := range []byte(text) {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case !quoted && c == '{':
			depth++
		case !quoted && c == '}':
			depth--
		}
	}
	return !strings.HasPrefix(text, "{") || depth <= 0
}

// rawLines reads lines from a terminal that hands on every key as it is.
type rawLines struct {
	input  io.Reader
	cursor bool // the last key was a carriage return
}

// The keys that a raw terminal hands on, in ASCII.
const (
	keyInterrupt = 0x03
	keyEnd       = 0x04
	keyBackspace = 0x08
	keyDelete    = 0x7f
)

// line reads the next line, without its ending.
func (r *rawLines) line() (string, error) {
	var line []byte
	for key := make([]byte, 1); ; {
		n, err := r.input.Read(key)
		if n == 0 {
			if err == nil {
				continue
			}
			return "", err
		}
		after := r.cursor
		r.cursor = key[0] == '\r'
		switch key[0] {
		case keyInterrupt:
			return "", ErrInterrupted
		case keyEnd:
			return "", io.EOF
		case keyBackspace, keyDelete:
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		case '\n', '\r':
			if key[0] == '\n' && after {
				continue // the rest of a line ending of Windows
			}
			if !utf8.Valid(line) {
				return "", ErrNotText
			}
			return string(line), nil
		default:
			if line = append(line, key[0]); len(line) > MaxLine {
				return "", ErrTooLong
			}
		}
	}
}
