// Package form asks questions in a terminal that can draw: lists that arrow keys
// move in, fields that are edited in place. It is for people; what is piped in and
// what a screen reader reads goes through plain lines, see package prompt.
//
// The keys are the same everywhere: Enter goes on, Esc goes back, Ctrl-S keeps a
// draft, F1 explains, PgUp shows the page once more, Ctrl-C leaves.
//
// What was written above a question may be longer than the terminal is high. It is then
// shown on a screen of its own before the question comes, see [Page].
package form

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Keys says which keys a wizard has, for the line above its first question, KeysUndrafted
// those of one of which no draft is kept, and otherKeys which every question has.
const (
	Keys          = "Enter: on · Esc: back · Ctrl-S: draft · F1: explain · PgUp: read · Ctrl-C: leave"
	KeysUndrafted = "Enter: on · Esc: back · F1: explain · PgUp: read · Ctrl-C: leave"
	otherKeys     = "Enter: on · Esc: back · PgUp: read · Ctrl-C: leave"
)

// Outcome says how a question ended.
type Outcome int

// The outcomes.
const (
	Answered Outcome = iota
	Back             // Esc
	Save             // Ctrl-S: keep a draft and leave
	Explain          // F1
	Leave            // Ctrl-C

	reread // PgUp; it never leaves this package
)

// Asker asks questions in a terminal.
type Asker struct {
	In     io.Reader // the terminal
	Out    io.Writer // the terminal, standard output or standard error of it
	Width  int       // columns
	Colour bool
	Page   Page // what stands above the questions; nil where that needs no care
	// Wizard says that the questions are of a wizard, which can be explained and kept
	// as a draft. Others are asked again at these keys.
	Wizard bool
}

// run shows one field until it has an answer or something else is wanted, once what
// stands above was read. The end of ctx is a Leave.
func (a Asker) run(ctx context.Context, field huh.Field) (Outcome, error) {
	for again := false; ; {
		if outcome, err := a.read(ctx, a.tall(field), again); outcome != Answered || err != nil {
			return outcome, err
		}
		if a.Page != nil {
			a.Page.Seen()
		}
		outcome, err := a.ask(ctx, field)
		again = outcome == reread
		switch {
		case err != nil:
			return outcome, err
		case again, outcome == Save && !a.Wizard:
		case outcome == Explain && !a.Wizard:
			if _, err := fmt.Fprintln(a.Out, otherKeys); err != nil {
				return Leave, err
			}
		default:
			return outcome, nil
		}
	}
}

// tall is how many lines a field takes.
func (a Asker) tall(field huh.Field) int {
	form := a.form(field)
	form.Init()
	return lipgloss.Height(form.View())
}

func (a Asker) form(field huh.Field) *huh.Form {
	return huh.NewForm(huh.NewGroup(field)).
		WithWidth(a.Width).WithShowHelp(true).WithKeyMap(keyMap()).
		WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return a.styles() }))
}

// ask shows one field.
func (a Asker) ask(ctx context.Context, field huh.Field) (Outcome, error) {
	in, end, wait, err := input(a.In)
	if err != nil {
		return Leave, fmt.Errorf("ask in the terminal: %w", err)
	}
	defer wait()
	outcome := Answered
	form := a.form(field).
		WithProgramOptions(tea.WithoutSignalHandler(), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			switch msg := msg.(type) {
			case tea.QuitMsg, tea.InterruptMsg:
				end()
			case tea.KeyPressMsg:
				if msg.String() == "ctrl+j" { // Enter, pressed while no form had the terminal
					return tea.KeyPressMsg{Code: tea.KeyEnter}
				}
				if meant, ok := commands[msg.String()]; ok {
					outcome = meant
					return tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl} // which ends the form
				}
			}
			return msg
		})).WithInput(in).WithOutput(a.Out) // after the options, which it would replace
	err = form.RunWithContext(ctx)
	switch {
	case errors.Is(err, huh.ErrUserAborted) && outcome != Answered:
		return outcome, nil
	case errors.Is(err, huh.ErrUserAborted) || ctx.Err() != nil:
		return Leave, nil
	case err != nil:
		return Leave, fmt.Errorf("ask in the terminal: %w", err)
	}
	return Answered, nil
}

// commands are keys that end a question without an answer.
var commands = map[string]Outcome{"esc": Back, "shift+tab": Back, "ctrl+s": Save, "f1": Explain, "pgup": reread, "ctrl+c": Leave}

// keyMap is the library's, with our words, and without what only confuses on short
// lists.
func keyMap() *huh.KeyMap {
	keys := huh.NewDefaultKeyMap()
	keys.MultiSelect.Next.SetHelp("enter", "go on")
	keys.MultiSelect.Submit.SetHelp("enter", "go on")
	keys.MultiSelect.Toggle.SetHelp("space", "choose")
	keys.Select.Submit.SetHelp("enter", "choose")
	keys.Input.Submit.SetHelp("enter", "go on")
	keys.Confirm.Submit.SetHelp("enter", "go on")
	keys.Select.Filter.SetEnabled(false)
	keys.MultiSelect.Filter.SetEnabled(false)
	return keys
}
