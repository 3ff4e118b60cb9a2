package form

import (
	"context"
	"slices"
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"fairlead/secret"
)

// Option is one thing that can be chosen.
type Option struct {
	Value, Label string
	Note         string // one line above the list
}

// Question is what is asked, in words.
type Question struct {
	Title string
	Hint  string // under the title
}

// most is how many options are shown at once. Beyond them the list scrolls, so that
// all fits on 24 lines.
const most = 10

// Choose asks for one of the options, beginning at the one whose value is now.
func (a Asker) Choose(ctx context.Context, q Question, options []Option, now string, valid func(string) error) (string, Outcome, error) {
	value := now
	if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == now }) && len(options) > 0 {
		value = options[0].Value
	}
	field := huh.NewSelect[string]().Title(q.Title).Description(join(q.Hint, notes(options))).
		Options(drawn(options)...).Value(&value).Validate(valid)
	if len(options) > most {
		field.Height(most + 3)
	}
	outcome, err := a.run(ctx, field)
	return value, outcome, err
}

// ChooseMany asks for any number of the options.
func (a Asker) ChooseMany(ctx context.Context, q Question, options []Option, now []string, valid func([]string) error) ([]string, Outcome, error) {
	value, hint := slices.Clone(now), join(q.Hint, notes(options))
	// Left to itself, the field takes the lines above the options off their number
	lines := min(len(options), most) + lipgloss.Height(a.fold(q.Title))
	if hint != "" {
		lines += lipgloss.Height(a.fold(hint))
	}
	field := huh.NewMultiSelect[string]().Title(q.Title).Description(hint).
		Options(drawn(options)...).Value(&value).Validate(valid).Filterable(false).Height(lines)
	outcome, err := a.run(ctx, field)
	return value, outcome, err
}

// Line asks for a line of text, beginning with what it is now.
func (a Asker) Line(ctx context.Context, q Question, now, example string, valid func(string) error) (string, Outcome, error) {
	value := now
	field := huh.NewInput().Title(q.Title).Description(q.Hint).Placeholder(placeholder(example)).Prompt("› ").Value(&value).Validate(valid)
	outcome, err := a.run(ctx, field)
	return value, outcome, err
}

// Secret asks for a secret, which is shown as dots.
func (a Asker) Secret(ctx context.Context, q Question, valid func(secret.Secret) error) (secret.Secret, Outcome, error) {
	var value string
	field := huh.NewInput().Title(q.Title).Description(q.Hint).Prompt("› ").EchoMode(huh.EchoModePassword).Value(&value).
		Validate(func(typed string) error { return valid(secret.New(typed)) })
	outcome, err := a.run(ctx, field)
	return secret.New(value), outcome, err
}

// Confirm asks yes or no.
func (a Asker) Confirm(ctx context.Context, q Question, now bool) (bool, Outcome, error) {
	value := now
	field := huh.NewConfirm().Title(q.Title).Description(q.Hint).Affirmative("Yes").Negative("No").
		WithButtonAlignment(lipgloss.Left).Value(&value)
	outcome, err := a.run(ctx, field)
	return value, outcome, err
}

// Row cuts a label to what fits on a row of a list.
func (a Asker) Row(label string) string { return ansi.Truncate(label, a.Width-4, "…") }

func drawn(options []Option) []huh.Option[string] {
	all := make([]huh.Option[string], len(options))
	for i, o := range options {
		all[i] = huh.NewOption(o.Label, o.Value)
	}
	return all
}

// notes are those of the options, unless they would push the options off the screen.
func notes(options []Option) string {
	var all []string
	for _, o := range options {
		if o.Note != "" {
			all = append(all, o.Label+": "+o.Note)
		}
	}
	if len(all) > 5 {
		return ""
	}
	return strings.Join(all, "\n")
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}

func placeholder(example string) string {
	if example == "" {
		return ""
	}
	return "for example " + example
}
