package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/workspace"
)

// menu is what the program shows without a command, in a terminal that can draw. It
// runs the commands that a script would run, in one world, so that a password that is
// kept until the program ends serves the next command too.
type menu struct {
	*program
	world *workspace.Workspace
	ask   *form.Asker
}

// entry is a row of the menu: a command, or more questions.
type entry struct {
	label, note string
	command     []string
	more        func(context.Context) error
}

var (
	errGone  = errors.New("there is nothing to choose from") // goes back to the menu before
	errLeave = errors.New("the menu was left")
)

// showMenu runs until somebody leaves.
func (p *program) showMenu(ctx context.Context) (err error) {
	w, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	m := &menu{program: p, world: w, ask: p.form()}
	err = m.choose(ctx, "Leave", fixed("What is to be done?",
		entry{label: "New connector", note: "step by step; it is tested before it is registered", command: []string{"new"}},
		entry{label: "Connectors", note: "look at one, test it again, change it, delete it", more: m.connectors},
		entry{label: "Drafts", note: "wizards that have not come to their end", more: m.drafts},
		entry{label: "Plan", note: "what an estate needs, has and lacks", more: m.plan},
		entry{label: "Set up a domain", note: "mail routing, anti-spoofing, journaling and the rest", more: m.domain("setup")},
		entry{label: "Check a domain", more: m.domain("domain", "check")},
		entry{label: "Reminders", note: "passwords, certificates and products that end", command: []string{"reminders"}},
		entry{label: "Clean-up", note: "what deleted connectors have left behind outside", more: m.cleanUps},
		entry{label: "This computer", note: "is it fit for Fairlead?", command: []string{"doctor"}},
	))
	if errors.Is(err, errLeave) {
		return nil
	}
	return err
}

// rows are what a menu shows now: a question, and what can be chosen.
type rows func(context.Context) (title string, _ []entry, _ error)

// fixed are rows that stay as they are.
func fixed(title string, all ...entry) rows {
	return func(context.Context) (string, []entry, error) { return title, all, nil }
}

// choose shows a menu again and again, with its rows as they are then, until somebody
// goes back.
func (m *menu) choose(ctx context.Context, back string, now rows) error {
	for at := "0"; ; {
		title, entries, err := now(ctx)
		if errors.Is(err, errGone) {
			return nil
		}
		if err != nil {
			return err
		}
		m.screen().Blank()
		chosen, outcome, err := m.ask.Choose(ctx, form.Question{Title: title}, m.options(entries, back), at, anything)
		switch {
		case err != nil:
			return err
		case outcome == form.Leave:
			return errLeave
		case outcome == form.Back || chosen == "back":
			return nil
		}
		at = chosen
		i, err := strconv.Atoi(chosen)
		if err != nil {
			return err
		}
		m.screen().Turn()
		if e := entries[i]; e.more != nil {
			err = e.more(ctx)
		} else {
			m.do(e.command...)
		}
		if err != nil {
			return err
		}
	}
}

// orNone says in a text that there are no rows.
func (m *menu) orNone(title string, entries []entry, text string) (string, []entry, error) {
	if len(entries) == 0 {
		m.screen().Say(check.Skip, "%s", text)
		return "", nil, errGone
	}
	return title, entries, nil
}

func (m *menu) options(entries []entry, back string) []form.Option {
	options := make([]form.Option, 0, len(entries)+1)
	for i, e := range entries {
		label := e.label
		if e.note != "" {
			label += ": " + e.note
		}
		options = append(options, form.Option{Value: strconv.Itoa(i), Label: m.ask.Row(label)})
	}
	return append(options, form.Option{Value: "back", Label: back})
}

func anything(string) error { return nil }

// line asks for a line of text. ok says whether there is one.
func (m *menu) line(ctx context.Context, q form.Question, now, example string) (text string, ok bool, err error) {
	text, outcome, err := m.ask.Line(ctx, q, now, example, anything)
	text = strings.TrimSpace(text)
	ok, err = answered(outcome, err)
	return text, ok && text != "", err
}

// answered says whether a question was answered. Ctrl-C leaves the menu as a whole.
func answered(outcome form.Outcome, err error) (bool, error) {
	if err == nil && outcome == form.Leave {
		err = errLeave
	}
	return err == nil && outcome == form.Answered, err
}

// do runs a command as if it had been typed. What goes wrong is said, and no more.
func (m *menu) do(command ...string) {
	sub := &program{
		in: m.in, out: m.out, errOut: m.errOut, getenv: m.getenv, keyring: m.keyring, network: m.network, keys: m.keys, show: m.show,
		world: m.world,
	}
	if m.lab {
		command = append(command, "--lab")
	}
	if m.lang != "" {
		command = append(command, "--lang", m.lang)
	}
	for _, place := range m.places() {
		command = append(command, "--"+place.flag, place.value)
	}
	sub.run(command)
}

// domain asks for a domain and hands it to a command.
func (m *menu) domain(command ...string) func(context.Context) error {
	return func(ctx context.Context) error {
		name, ok, err := m.line(ctx, form.Question{Title: "Domain"}, "", "contoso.com")
		if ok {
			m.do(append(command, name)...)
		}
		return err
	}
}
