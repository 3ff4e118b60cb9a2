package prompt

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/wizard/page"
)

// ask asks the fields of the page one after the other, from the one with the
// given key, or all of them. Fields may come and go with the answers.
func (w *Wizard) ask(ctx context.Context, from string) (step, error) {
	passed := map[string]bool{}
	if from != "" {
		for _, f := range w.Journey.View().Fields {
			if f.Key == from {
				break
			}
			passed[f.Key] = true
		}
	}
	var asked []string
	for {
		f, ok := w.upcoming(passed)
		if !ok {
			return answered, nil
		}
		if f.Kind == page.Note {
			w.note(f)
			passed[f.Key] = true
			continue
		}
		next, err := w.question(ctx, f)
		switch {
		case err != nil:
			return next, err
		case next == back && len(asked) == 0:
			return back, nil
		case next == back:
			passed[asked[len(asked)-1]] = false
			asked = asked[:len(asked)-1]
		case next == answered:
			passed[f.Key] = true
			asked = append(asked, f.Key)
		}
	}
}

func (w *Wizard) upcoming(passed map[string]bool) (page.FieldView, bool) {
	fields := w.Journey.View().Fields
	i := slices.IndexFunc(fields, func(f page.FieldView) bool { return !passed[f.Key] })
	if i < 0 {
		return page.FieldView{}, false
	}
	return fields[i], true
}

// question asks one field until it has an answer that will do, or somebody
// wants to go back.
func (w *Wizard) question(ctx context.Context, f page.FieldView) (step, error) {
	if w.Form != nil {
		return w.fill(ctx, f)
	}
	w.heading(f)
	for {
		next, err := w.try(ctx, f)
		switch {
		case err != nil || next == answered || next == back:
			return next, err
		case next == explained:
			w.heading(f)
		}
		f = w.field(f)
	}
}

// try asks once. It returns wait when the answer will not do.
func (w *Wizard) try(ctx context.Context, f page.FieldView) (step, error) {
	if f.Kind == page.Secret {
		return w.secret(ctx, f)
	}
	line, next, err := w.line(ctx, bracket(f), &f)
	if err != nil || next != answered {
		return next, err
	}
	value, why := read(f, line)
	if why != "" {
		w.Screen.Say(check.Fail, "%s", why)
		return wait, nil
	}
	if value != nil {
		w.Journey.Set(f.Key, value)
	}
	return w.left(f, before(f))
}

// before is the answer that a field had.
func before(f page.FieldView) any {
	switch {
	case f.Kind == page.Checkbox:
		return f.Ticked
	case f.Many:
		return f.Chosen
	}
	return f.Value
}

// left validates a field as somebody leaves it, and gives advice. An answer
// that will not do gives way to the one before, so that Enter never keeps it.
func (w *Wizard) left(f page.FieldView, before any) (step, error) {
	if err := w.Journey.Leave(f.Key); err != nil {
		w.Screen.Say(check.Fail, "%s", err)
		if f.Problem == "" {
			w.Journey.Set(f.Key, before)
		}
		return wait, nil
	}
	if advice := w.field(f).Advice; advice != "" {
		w.Screen.Say(check.Warn, `%s "<" lets you type another.`, advice)
	}
	return answered, nil
}

// field is a field as it is now.
func (w *Wizard) field(f page.FieldView) page.FieldView {
	for _, now := range w.Journey.View().Fields {
		if now.Key == f.Key {
			return now
		}
	}
	return f
}

// bracket is the prompt of a field: what Enter keeps stands in brackets.
func bracket(f page.FieldView) string {
	switch {
	case f.Problem != "":
		return "> " // it is not to be kept
	case f.Kind == page.Checkbox:
		if f.Ticked {
			return "> [Y/n] "
		}
		return "> [y/N] "
	case f.Kind == page.Choice:
		var numbers []string
		for i, o := range f.Options {
			if slices.Contains(f.Chosen, o.Value) {
				numbers = append(numbers, strconv.Itoa(i+1))
			}
		}
		if len(numbers) > 0 {
			return fmt.Sprintf("> [%s] ", strings.Join(numbers, ","))
		}
	case f.Value != "":
		return fmt.Sprintf("> [%s] ", f.Value)
	}
	return "> "
}

// read turns a line into an answer to a field, or says why it is none. No
// answer at all keeps what there is.
func read(f page.FieldView, line string) (value any, why string) {
	word := strings.TrimSpace(line)
	switch f.Kind {
	case page.Checkbox:
		return readCheckbox(word)
	case page.Choice:
		return readChoice(f, word)
	}
	switch {
	case word == "" && f.Value == "" && !f.Optional:
		return nil, "An answer is needed here."
	case word == "" && f.Confirm && f.Problem == "":
		return nil, `Type "yes" to use this one, or type another.`
	case word == "":
		return nil, ""
	case f.Confirm && f.Value != "" && f.Problem == "" && isYes(word):
		return f.Value, ""
	case word == "-" && f.Optional:
		return "", ""
	}
	return line, ""
}

func isYes(word string) bool {
	return strings.EqualFold(word, "y") || strings.EqualFold(word, "yes")
}

func readCheckbox(word string) (value any, why string) {
	switch {
	case word == "":
		return nil, ""
	case isYes(word):
		return true, ""
	case strings.EqualFold(word, "n") || strings.EqualFold(word, "no"):
		return false, ""
	}
	return nil, "Type y for yes or n for no."
}

func readChoice(f page.FieldView, word string) (value any, why string) {
	if word == "" {
		if len(f.Chosen) == 0 && !f.Optional {
			return nil, howTo(f)
		}
		return nil, ""
	}
	var chosen []string
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == ',' || r == ' ' }) {
		i := slices.IndexFunc(f.Options, func(o page.Option) bool { return o.Value == part })
		if n, err := strconv.Atoi(part); err == nil && n >= 1 && n <= len(f.Options) {
			i = n - 1
		}
		if i < 0 {
			return nil, fmt.Sprintf("%q is not on the list: type a number from 1 to %d.", part, len(f.Options))
		}
		if !slices.Contains(chosen, f.Options[i].Value) {
			chosen = append(chosen, f.Options[i].Value)
		}
	}
	switch {
	case f.Many:
		return chosen, ""
	case len(chosen) != 1:
		return nil, "Only one can be chosen: type its number."
	}
	return chosen[0], ""
}
