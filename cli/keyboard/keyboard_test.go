package keyboard

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"fairlead/wizard/page"
)

func TestLine(t *testing.T) {
	tests := []struct {
		name, input, want string
		err               error
	}{
		{"ending taken off", "word\nnext\n", "word", nil},
		{"Windows ending taken off", "word\r\n", "word", nil},
		{"spaces kept", "  word  \n", "  word  ", nil},
		{"last line without an ending", "word", "word", nil},
		{"only one ending taken off", "word\r\r\n", "word\r", nil},
		{"no ending, so nothing is taken off", "word\r", "word\r", nil},
		{"byte order mark taken off", "\ufeffword\n", "word", nil},
		{"empty line", "\n", "", nil},
		{"nothing", "", "", io.EOF},
		{"not UTF-8", "caf\xe9\n", "", ErrNotText},
		{"UTF-16", "p\x00w\x00\n\x00", "", ErrNotText},
		{"longest", strings.Repeat("x", MaxLine-1) + "\n", strings.Repeat("x", MaxLine-1), nil},
		{"too long", strings.Repeat("x", MaxLine) + "\n", "", ErrTooLong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := New(strings.NewReader(test.input)).Line(t.Context(), nil)
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("got %.40q, %v; want %.40q, %v", got, err, test.want, test.err)
			}
			hidden, err := New(strings.NewReader(test.input)).Secret(t.Context(), nil)
			if hidden.Reveal() != test.want || !errors.Is(err, test.err) {
				t.Errorf("as a secret: %d bytes, %v; want %d bytes, %v", len(hidden.Reveal()), err, len(test.want), test.err)
			}
		})
	}
}

func TestPassword(t *testing.T) {
	tests := []struct {
		name, input string
		err         error
	}{
		{"kept as it is", " päss wörd \n", nil},
		{"longest", strings.Repeat("ö", page.MaxText) + "\n", nil},
		{"empty", "\n", ErrNoPassword},
		{"too long", strings.Repeat("ö", page.MaxText+1) + "\n", ErrNoPassword},
		{"control character", "a\x1bb\n", ErrNoPassword},
		{"nothing", "", io.EOF},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := New(strings.NewReader(test.input)).Password(t.Context())
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			if want := strings.TrimSuffix(test.input, "\n"); err == nil && got.Reveal() != want {
				t.Errorf("got %d bytes, want %d", len(got.Reveal()), len(want))
			}
		})
	}
}

// endless never sends a line break.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestEndlessInputIsRefused(t *testing.T) {
	if _, err := New(endless{}).Line(t.Context(), nil); !errors.Is(err, ErrTooLong) {
		t.Errorf("got %v", err)
	}
}

func TestTheWaitEnds(t *testing.T) {
	silent, _ := io.Pipe()
	interrupt := make(chan struct{}, 1)
	interrupt <- struct{}{}
	if _, err := New(silent).Line(t.Context(), interrupt); !errors.Is(err, ErrInterrupted) {
		t.Errorf("after an interrupt: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(silent).Secret(ctx, nil); !errors.Is(err, ErrInterrupted) {
		t.Errorf("after the end: %v", err)
	}
}

func FuzzLine(f *testing.F) {
	for _, seed := range []string{"", "\n", "a\r\nb", "\ufeff\n", "a\x00\n", "\xff\n", "no ending"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		k := New(strings.NewReader(input))
		for range len(input) + 1 {
			line, err := k.Line(t.Context(), nil)
			if err != nil {
				if line != "" {
					t.Fatalf("an error came with %q", line)
				}
				return
			}
			if !utf8.ValidString(line) || strings.ContainsAny(line, "\n\x00") {
				t.Fatalf("got %q", line)
			}
		}
		t.Fatal("more lines than bytes")
	})
}

// TestALineIsTakenOnce: a line that was begun is the next one, also after an
// interrupt, and none is lost.
func TestALineIsTakenOnce(t *testing.T) {
	in, typing := io.Pipe()
	k := New(in)
	here := k.Begin()
	interrupt := make(chan struct{}, 1)
	interrupt <- struct{}{}
	if _, err := k.Line(t.Context(), interrupt); !errors.Is(err, ErrInterrupted) {
		t.Fatalf("after an interrupt: %v", err)
	}
	if again := k.Begin(); again != here {
		t.Error("a second line is read beside the first")
	}
	go func() { _, _ = io.WriteString(typing, "one\ntwo\nthree\n") }()
	<-here
	for _, want := range []string{"one", "two"} {
		if got, err := k.Line(t.Context(), nil); got != want || err != nil {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
	if got, err := k.Secret(t.Context(), nil); got.Reveal() != "three" || err != nil {
		t.Errorf("got %d bytes, %v", len(got.Reveal()), err)
	}
}
