package keyboard

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestDocument(t *testing.T) {
	for name, c := range map[string]struct {
		input, want, rest string
		err               error
	}{
		"several lines":           {"{\n  \"a\": {\"b\": 1}\n}\nnext\n", "{\n  \"a\": {\"b\": 1}\n}", "next", nil},
		"one line":                {"{\"a\": 1}\nnext\n", `{"a": 1}`, "next", nil},
		"braces in quotes":        {"{\"a\": \"}\\\"}\",\n\"b\": 1}\nnext\n", "{\"a\": \"}\\\"}\",\n\"b\": 1}", "next", nil},
		"endings of Windows":      {"{\r\n}\r\nnext\r\n", "{\n}", "next", nil},
		"without the last ending": {"{\n}", "{\n}", "", nil},
		"cut off":                 {"{\n\"a\": 1,\n", "{\n\"a\": 1,", "", nil},
		"cut off, an empty line":  {"{\n\"a\":\n\nnext\n", "{\n\"a\":", "next", nil},
		"the name of a file":      {"key.json\nnext\n", "key.json", "next", nil},
		"empty":                   {"\nnext\n", "", "next", nil},
		"nothing":                 {"", "", "", io.EOF},
		"too long":                {"{\n" + strings.Repeat(strings.Repeat("x", 1000)+"\n", 70), "", "", ErrTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			k := New(strings.NewReader(c.input))
			got, err := k.Document(t.Context(), nil)
			if got.Reveal() != c.want || !errors.Is(err, c.err) {
				t.Fatalf("got %.60q, %v; want %.60q, %v", got.Reveal(), err, c.want, c.err)
			}
			if c.rest == "" {
				return
			}
			if rest, err := k.Line(t.Context(), nil); rest != c.rest || err != nil {
				t.Errorf("then %q, %v; want %q", rest, err, c.rest)
			}
		})
	}
}

func TestRawLines(t *testing.T) {
	for name, c := range map[string]struct {
		input, want string
		err         error
	}{
		"Enter": {"key\r", "key", nil}, "of Windows": {"key\r\n", "key", nil}, "Backspace": {"ké\x7fey\x08\x08ey\r", "key", nil},
		"Backspace at the start": {"\x7fkey\r", "key", nil}, "Ctrl-C": {"ke\x03", "", ErrInterrupted}, "Ctrl-D": {"\x04", "", io.EOF},
		"the end": {"ke", "", io.EOF}, "no text": {"\xff\r", "", ErrNotText}, "too long": {strings.Repeat("x", MaxLine+1), "", ErrTooLong},
	} {
		r := &rawLines{input: strings.NewReader(c.input)}
		if got, err := r.line(); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: got %.20q, %v; want %q, %v", name, got, err, c.want, c.err)
		}
	}
	r := &rawLines{input: strings.NewReader("{\r\n}\r\n")}
	for _, want := range []string{"{", "}"} {
		if got, err := r.line(); got != want || err != nil {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
}

func FuzzDocument(f *testing.F) {
	for _, seed := range []string{"", "{\n}\n", "{\"\\\"}\n}", "a\n", "{{\n\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		got, err := New(strings.NewReader(input)).Document(t.Context(), nil)
		if err != nil && !got.IsEmpty() {
			t.Fatalf("an error came with %d bytes", len(got.Reveal()))
		}
	})
}
