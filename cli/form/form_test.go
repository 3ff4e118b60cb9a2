package form

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"fairlead/secret"
)

// typing is an asker at whose terminal these keys are pressed.
func typing(keys string) Asker {
	in, press := io.Pipe()
	go func() { _, _ = io.WriteString(press, keys) }() // ends with the question, or with the test's process
	return Asker{In: in, Out: io.Discard, Width: 80, Wizard: true}
}

const (
	enter, down, escape, interrupt, draft, help = "\r", "\x1b[B", "\x1b[27u", "\x03", "\x13", "\x1bOP"
)

func fine[T any](T) error { return nil }

func TestAnswers(t *testing.T) {
	options := []Option{{"a", "First", "a note"}, {"b", "Second", ""}, {"c", "Third", ""}}
	ctx := t.Context()
	if got, outcome, err := typing(down+enter).Choose(ctx, Question{Title: "Which?"}, options, "a", fine); got != "b" || outcome != Answered || err != nil {
		t.Errorf("chose %q, %v, %v", got, outcome, err)
	}
	if got, _, _ := typing(enter).Choose(ctx, Question{Title: "Which?"}, options, "gone", fine); got != "a" {
		t.Errorf("chose %q where the answer so far is no option", got)
	}
	got, outcome, err := typing(" "+down+down+" "+enter).ChooseMany(ctx, Question{Title: "Which?"}, options, nil, fine)
	if slices.Sort(got); !slices.Equal(got, []string{"a", "c"}) || outcome != Answered || err != nil {
		t.Errorf("chose %q, %v, %v", got, outcome, err)
	}
	if got, outcome, err := typing("na"+enter).Line(ctx, Question{Title: "Who?"}, "An", "Anna", fine); got != "Anna" || outcome != Answered || err != nil {
		t.Errorf("typed %q, %v, %v", got, outcome, err)
	}
	if got, outcome, err := typing("y"+enter).Confirm(ctx, Question{Title: "Sure?"}, false); !got || outcome != Answered || err != nil {
		t.Errorf("said %v, %v, %v", got, outcome, err)
	}
	word, outcome, err := typing("Pa55"+enter).Secret(ctx, Question{Title: "Password"}, fine)
	if !word.Equal(secret.New("Pa55")) || outcome != Answered || err != nil {
		t.Errorf("a secret: %v, %v", outcome, err)
	}
}

func TestAnAnswerThatWillNotDoIsAskedAgain(t *testing.T) {
	valid := func(text string) error {
		if text != "right" {
			return errors.New("that is wrong")
		}
		return nil
	}
	if got, outcome, _ := typing(enter+"right"+enter).Line(t.Context(), Question{Title: "Which?"}, "", "", valid); got != "right" || outcome != Answered {
		t.Errorf("typed %q, %v", got, outcome)
	}
}

func TestOutcomes(t *testing.T) {
	for keys, want := range map[string]Outcome{escape: Back, interrupt: Leave, draft: Save, help: Explain} {
		if _, got, err := typing("x"+keys).Line(t.Context(), Question{Title: "Which?"}, "", "", fine); got != want || err != nil {
			t.Errorf("%q ends it with %v, %v", keys, got, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, got, err := typing("").Line(ctx, Question{Title: "Which?"}, "", "", fine); got != Leave || err != nil {
		t.Errorf("the end of the context ends it with %v, %v", got, err)
	}
}
