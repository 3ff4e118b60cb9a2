package prompt

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/cli/screen"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// fill asks one field with a form until it has an answer, or somebody wants to go
// back, and then leaves a line that says what was answered.
func (w *Wizard) fill(ctx context.Context, f page.FieldView) (step, error) {
	for {
		ctx, stop := w.untilInterrupted(ctx)
		value, outcome, err := w.form(ctx, f)
		stop()
		switch {
		case err != nil:
			return wait, err
		case outcome == form.Back:
			return back, nil
		case outcome == form.Save && !w.undrafted():
			return wait, ErrLeft
		case outcome == form.Leave:
			return wait, keyboard.ErrInterrupted
		case outcome == form.Explain, outcome == form.Save:
			w.explain(nil)
			continue
		}
		w.Screen.Indented("  ", "    ", f.Label+": "+cmp.Or(value, "nothing"))
		w.Screen.Seen()
		if advice := w.field(f).Advice; advice != "" {
			w.Screen.Say(check.Warn, "%s", advice)
		}
		return answered, nil
	}
}

// untilInterrupted ends ctx when the program is told to end from elsewhere: in a form,
// Ctrl-C is a key.
func (w *Wizard) untilInterrupted(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := context.WithCancel(ctx)
	go func() {
		select {
		case <-w.Interrupts:
			stop()
		case <-ctx.Done():
		}
	}()
	return ctx, stop
}

// form asks with the form of a field's kind. value is what is left on the screen.
func (w *Wizard) form(ctx context.Context, f page.FieldView) (value string, _ form.Outcome, _ error) {
	question := form.Question{Title: label(f), Hint: hint(f)}
	switch {
	case f.Kind == page.Secret && f.HasSecret:
		question.Hint = strings.TrimSpace(question.Hint + "\nIt was typed before; Enter alone keeps it.")
		fallthrough
	case f.Kind == page.Secret:
		_, outcome, err := w.Form.Secret(ctx, question, func(typed secret.Secret) error {
			if typed.IsEmpty() && (f.HasSecret || f.Optional) {
				return nil
			}
			return w.accept(f, typed, w.Journey.Answers().Secret(f.Key))
		})
		if w.Journey.Answers().Secret(f.Key).IsEmpty() {
			return "", outcome, err
		}
		return "not shown", outcome, err
	case f.Kind == page.Checkbox:
		ticked, outcome, err := w.Form.Confirm(ctx, question, f.Ticked)
		if err == nil && outcome == form.Answered {
			err = w.accept(f, ticked, f.Ticked)
		}
		return map[bool]string{true: "yes", false: "no"}[ticked], outcome, err
	case f.Kind == page.Choice && f.Many:
		chosen, outcome, err := w.Form.ChooseMany(ctx, question, options(f), f.Chosen, func(chosen []string) error {
			return w.accept(f, chosen, f.Chosen)
		})
		return strings.Join(labels(f, chosen), ", "), outcome, err
	case f.Kind == page.Choice:
		chosen, outcome, err := w.Form.Choose(ctx, question, options(f), f.Value, func(chosen string) error {
			return w.accept(f, chosen, f.Value)
		})
		return strings.Join(labels(f, []string{chosen}), ", "), outcome, err
	}
	return w.Form.Line(ctx, question, f.Value, f.Placeholder, func(typed string) error {
		if strings.TrimSpace(typed) == "" && !f.Optional {
			return errors.New("an answer is needed here")
		}
		return w.accept(f, typed, f.Value)
	})
}

// accept sets an answer and validates it as somebody leaves the field. One that will
// not do gives way to the one before.
func (w *Wizard) accept(f page.FieldView, value, before any) error {
	w.Journey.Set(f.Key, value)
	err := w.Journey.Leave(f.Key)
	if err != nil && f.Problem == "" {
		w.Journey.Set(f.Key, before)
	}
	return err
}

// options are those that can be chosen now.
func options(f page.FieldView) []form.Option {
	var all []form.Option
	for _, o := range f.Options {
		if o.Barred == "" {
			all = append(all, form.Option{Value: o.Value, Label: o.Label, Note: o.Note})
		}
	}
	return all
}

func labels(f page.FieldView, values []string) []string {
	var all []string
	for _, o := range f.Options {
		if slices.Contains(values, o.Value) {
			all = append(all, o.Label)
		}
	}
	return all
}

// hint is what stands below the title: the field's hint, what is wrong with the
// answer so far, and what cannot be chosen and why.
func hint(f page.FieldView) string {
	lines := []string{f.Hint}
	for _, o := range f.Options {
		if o.Barred != "" {
			lines = append(lines, "– "+o.Label+": "+o.Barred)
		}
	}
	if f.Problem != "" {
		lines = append(lines, screen.Fail+" "+f.Problem)
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// pick asks what to do now, where a page was answered or nothing is asked on it.
func (w *Wizard) pick(ctx context.Context, view page.View, verb string) (step, error) {
	actions := []form.Option{{Value: "next", Label: sentence(verb)}}
	stands := "next"
	if view.Again {
		actions = append(actions, form.Option{Value: "again", Label: "Run again"})
	}
	if label, is := w.refused(); is && view.Report != nil {
		actions, stands = append(actions, form.Option{Value: "retype", Label: "Type the " + label + " again"}), "retype"
	}
	if asks(view) {
		actions = append(actions, form.Option{Value: "edit", Label: "Change answers"})
		if view.Refused {
			stands = "edit" // trying again with the same answers comes to the same
		}
	}
	steps := w.Journey.Steps()
	for i, s := range steps {
		if slices.ContainsFunc(view.Fields, func(f page.FieldView) bool { return f.Edit == s.ID }) {
			actions = append(actions, form.Option{Value: strconv.Itoa(i), Label: "Change " + s.Name})
		}
	}
	if w.sums(view) {
		actions = append(actions, form.Option{Value: "command", Label: "Show as an answers file"})
	}
	if view.CanBack {
		actions = append(actions, form.Option{Value: "back", Label: "Back"})
	}
	leave := "Save a draft and leave"
	if w.undrafted() {
		leave = "Leave"
	}
	actions = append(actions, form.Option{Value: "save", Label: leave})
	w.Screen.Blank()
	asking, stop := w.untilInterrupted(ctx)
	chosen, outcome, err := w.Form.Choose(asking, form.Question{Title: "What next?"}, actions, stands, func(string) error { return nil })
	stop()
	switch {
	case err != nil:
		return wait, err
	case outcome == form.Leave:
		return wait, keyboard.ErrInterrupted
	case outcome == form.Save && !w.undrafted() || chosen == "save" && outcome == form.Answered:
		return wait, ErrLeft
	case outcome == form.Explain, outcome == form.Save:
		w.explain(nil)
		return explained, nil
	case outcome == form.Answered && chosen == "command":
		return wait, w.asCommand()
	case outcome == form.Back && view.CanBack:
		return back, nil
	case outcome == form.Back:
		return wait, nil
	}
	if i, err := strconv.Atoi(chosen); err == nil {
		if w.jump(i) {
			return opened, nil
		}
		return wait, nil
	}
	return map[string]step{"next": proceed, "again": again, "edit": edit, "retype": retype, "back": back}[chosen], nil
}

// sentence begins with a capital, as a row of a list does.
func sentence(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
