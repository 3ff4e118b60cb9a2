package cli

import (
	"context"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/connectors"
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

// showMenu runs until somebody leaves.
func (p *program) showMenu(ctx context.Context) (err error) {
	w, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	m := &menu{program: p, world: w, ask: p.form()}
	return m.choose(ctx, "What is to be done?", "Leave", []entry{
		{label: "New connector", note: "step by step; it is tested before it is registered", command: []string{"new"}},
		{label: "Connectors", note: "look at one, test it again, change it, delete it", more: m.connectors},
		{label: "Drafts", more: m.drafts},
		{label: "Plan", note: "what an estate needs, has and lacks", command: []string{"plan"}},
		{label: "Set up a domain", note: "mail routing, anti-spoofing, journaling and the rest", more: m.domain("setup")},
		{label: "Check a domain", more: m.domain("domain", "check")},
		{label: "Reminders", command: []string{"reminders"}},
		{label: "This computer", note: "is it fit for Fairlead?", command: []string{"doctor"}},
	})
}

// choose shows a menu again and again, until somebody goes back.
func (m *menu) choose(ctx context.Context, title, back string, entries []entry) error {
	options := make([]form.Option, 0, len(entries)+1)
	for i, e := range entries {
		label := e.label
		if e.note != "" {
			label += ": " + e.note
		}
		options = append(options, form.Option{Value: strconv.Itoa(i), Label: label})
	}
	options = append(options, form.Option{Value: "back", Label: back})
	for at := "0"; ; {
		m.screen().Blank()
		chosen, outcome, err := m.ask.Choose(ctx, form.Question{Title: title}, options, at, anything)
		if err != nil || outcome != form.Answered || chosen == "back" {
			return err
		}
		at = chosen
		i, err := strconv.Atoi(chosen)
		if err != nil {
			return err
		}
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

func anything(string) error { return nil }

// do runs a command as if it had been typed. What goes wrong is said, and no more.
func (m *menu) do(command ...string) {
	sub := &program{
		in: m.in, out: m.out, errOut: m.errOut, getenv: m.getenv, keyring: m.keyring, network: m.network, keys: m.keys, world: m.world,
	}
	if m.lab {
		command = append(command, "--lab")
	}
	if m.lang != "" {
		command = append(command, "--lang", m.lang)
	}
	sub.run(command)
}

// many is how many connectors a menu shows at most.
const many = 50

// connectors lets one be chosen, after a search where there are many.
func (m *menu) connectors(ctx context.Context) error {
	query := connectors.Query{Sort: connectors.ByName, Limit: many + 1}
	rows, err := rowsOf(ctx, m.world, query)
	if err != nil {
		return err
	}
	if len(rows) > many {
		text, outcome, err := m.ask.Line(ctx, form.Question{Title: "Which connectors?", Hint: "Words of the name, the tenant or the state."}, "", "contoso fails", anything)
		if err != nil || outcome != form.Answered {
			return err
		}
		for _, word := range strings.Fields(text) {
			query.Words = append(query.Words, connectors.Word{Text: word})
		}
		query.Limit = many
		if rows, err = rowsOf(ctx, m.world, query); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		m.screen().Say(check.Skip, "There is none.")
		return nil
	}
	var entries []entry
	for _, r := range rows {
		entries = append(entries, entry{label: r.Name, note: r.Words, more: func(ctx context.Context) error { return m.connector(ctx, r.Name) }})
	}
	return m.choose(ctx, "Which connector?", "Back", entries)
}

// connector offers what can be done with one.
func (m *menu) connector(ctx context.Context, name string) error {
	return m.choose(ctx, name, "Back", []entry{
		{label: "Test again", command: []string{"test", name}},
		{label: "Show", command: []string{"show", name}},
		{label: "Change the name", more: func(ctx context.Context) error {
			text, outcome, err := m.ask.Line(ctx, form.Question{Title: "Name"}, name, "", anything)
			if err == nil && outcome == form.Answered && text != name {
				m.do("edit", name, "--name", text)
				name = text
			}
			return err
		}},
		{label: "Delete", command: []string{"delete", name}},
	})
}

// drafts lets one be gone on with.
func (m *menu) drafts(ctx context.Context) error {
	all, err := m.world.Keeper.Registry.Drafts(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		m.screen().Say(check.Skip, "There is none.")
		return nil
	}
	var entries []entry
	for _, d := range all {
		entries = append(entries, entry{
			label: d.Title, note: "left on " + d.Updated.Local().Format("2 January 15:04"), command: []string{"new", "--draft", shortest(d.ID, all)},
		})
	}
	return m.choose(ctx, "Go on with which draft?", "Back", entries)
}

// domain asks for a domain and hands it to a command.
func (m *menu) domain(command ...string) func(context.Context) error {
	return func(ctx context.Context) error {
		name, outcome, err := m.ask.Line(ctx, form.Question{Title: "Domain"}, "", "contoso.com", anything)
		if err == nil && outcome == form.Answered && strings.TrimSpace(name) != "" {
			m.do(append(command, strings.TrimSpace(name))...)
		}
		return err
	}
}
