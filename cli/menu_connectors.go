package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairlead/cli/form"
	"fairlead/connectors"
)

// few is how many connectors a menu shows without a search, many how many it shows at
// most.
const (
	few  = 10
	many = 50
)

// connectors lets one be chosen, after a search where there are more than a few.
func (m *menu) connectors(ctx context.Context) error {
	query := connectors.Query{Sort: connectors.ByName, Limit: few + 1}
	ids, err := m.world.Keeper.Registry.IDs(ctx, query)
	if err != nil {
		return err
	}
	query.Limit = many
	if len(ids) > few {
		text, outcome, err := m.ask.Line(ctx, form.Question{
			Title: "Which connectors?", Hint: "Words of the name, the organisation, a service or the state. Enter alone shows all.",
		}, "", "contoso fails", anything)
		if ok, err := answered(outcome, err); !ok {
			return err
		}
		query.Words = m.world.Search(text)
	}
	return m.choose(ctx, "Back", func(ctx context.Context) (string, []entry, error) {
		rows, err := m.world.Rows(ctx, query)
		if err != nil {
			return "", nil, err
		}
		if len(rows) == many {
			all := query
			all.Limit = 0
			ids, err := m.world.Keeper.Registry.IDs(ctx, all)
			if err != nil {
				return "", nil, err
			}
			if len(ids) > many {
				m.screen().Text("These are the first %d of %d. More words of the search leave fewer.", many, len(ids))
			}
		}
		var entries []entry
		for _, r := range rows {
			note := r.Words
			if r.Replaced {
				note += "; another one has its place"
			}
			entries = append(entries, entry{label: r.Name, note: note, more: func(ctx context.Context) error { return m.connector(ctx, r.ID) }})
		}
		if len(query.Words) > 0 {
			return m.orNone("Which connector?", entries, "No connector has all of these words.")
		}
		return m.orNone("Which connector?", entries, "There is no connector yet.")
	})
}

// connector offers what can be done with one. The commands get its id: a name may
// begin as an option does.
func (m *menu) connector(ctx context.Context, id string) error {
	return m.choose(ctx, "Back", func(ctx context.Context) (string, []entry, error) {
		c, err := m.world.Keeper.Get(ctx, id)
		if errors.Is(err, connectors.ErrNotFound) {
			return "", nil, errGone // it was deleted
		}
		if err != nil {
			return "", nil, err
		}
		title, entries, err := m.replaced(ctx, c)
		if err != nil {
			return "", nil, err
		}
		entries = append(entries, []entry{
			{label: "Test again", command: []string{"test", c.ID}},
			{label: "Show", note: "settings, services, last test", command: []string{"show", c.ID}},
			{label: "History", note: "when it broke, and what changed", command: []string{"history", c.ID}},
			{label: "Events", note: "who did what to it, and when", command: []string{"events", c.ID}},
			{label: "Change name or description", more: func(ctx context.Context) error { return m.edit(ctx, c) }},
		}...)
		if !c.Credential.None() {
			entries = append(entries, entry{label: "Change the " + strings.ToLower(m.world.SecretName(c)), note: "the new one is tested first", command: []string{"rotate", c.ID, "--take-over"}})
		}
		entries = append(entries,
			entry{label: "Change something else", note: "a new connector takes its place", command: []string{"new", "--instead-of", c.ID}},
			entry{label: "Tasks", note: "which service tasks use it", more: func(ctx context.Context) error { return m.tasks(ctx, id) }},
		)
		if !c.Replaced {
			entries = append(entries, entry{label: "Delete", command: []string{"delete", c.ID}})
		}
		return title, entries, nil
	})
}

// replaced is the title of a connector's menu, and what comes first there once another has its
// place: the tasks go over, then it is deleted.
func (m *menu) replaced(ctx context.Context, c connectors.Connector) (title string, first []entry, err error) {
	if !c.Replaced {
		return c.Name, nil, nil
	}
	by, err := successor(ctx, m.world, c)
	if err != nil {
		return "", nil, err
	}
	title = c.Name + ": another one has taken its place, and is gone by now"
	if by.ID != "" {
		title = fmt.Sprintf("%s: “%s” has taken its place", c.Name, by.Name)
		if n := len(c.Attachments); n > 0 {
			first = append(first, entry{label: fmt.Sprintf("Move its %s to “%s”", tasks(n), by.Name), command: []string{"attach", by.ID, "--all-of", c.ID}})
		}
	}
	return title, append(first, entry{label: "Delete", note: "it works until then", command: []string{"delete", c.ID}}), nil
}

// edit asks for a name and a description.
func (m *menu) edit(ctx context.Context, c connectors.Connector) error {
	name, ok, err := m.line(ctx, form.Question{Title: "Name"}, c.Name, "")
	if !ok || err != nil {
		return err
	}
	description, outcome, err := m.ask.Line(ctx, form.Question{Title: "Description, optional"}, c.Description, "", anything)
	if ok, err = answered(outcome, err); ok && (name != c.Name || description != c.Description) {
		m.do("edit", c.ID, "--name", name, "--description", description)
	}
	return err
}

// tasks notes which service tasks use a connector.
func (m *menu) tasks(ctx context.Context, id string) error {
	return m.choose(ctx, "Back", func(ctx context.Context) (string, []entry, error) {
		c, err := m.world.Keeper.Get(ctx, id)
		if err != nil {
			return "", nil, err
		}
		entries := []entry{{label: "Add a task", note: "while there is one, the connector cannot be deleted", more: func(ctx context.Context) error { return m.attach(ctx, c) }}}
		for _, a := range c.Attachments {
			entries = append(entries, entry{
				label:   fmt.Sprintf("Take out “%s” of %s", a.Task, m.world.Catalogue.Names([]string{a.Service})[0]),
				command: []string{"detach", c.ID, "--service", a.Service, "--task", a.Task},
			})
		}
		return "Which tasks use it?", entries, nil
	})
}

// attach asks for a task of one of the connector's services.
func (m *menu) attach(ctx context.Context, c connectors.Connector) error {
	service := c.Services[0]
	if len(c.Services) > 1 {
		names := m.world.Catalogue.Names(c.Services)
		var options []form.Option
		for i, id := range c.Services {
			options = append(options, form.Option{Value: id, Label: names[i]})
		}
		chosen, outcome, err := m.ask.Choose(ctx, form.Question{Title: "Service"}, options, service, anything)
		if ok, err := answered(outcome, err); !ok {
			return err
		}
		service = chosen
	}
	task, ok, err := m.line(ctx, form.Question{Title: "Task", Hint: "As it is called in the service's console."}, "", "Nightly check")
	if ok {
		m.do("attach", c.ID, "--service", service, "--task", task)
	}
	return err
}

// drafts lets one be gone on with, or deleted.
func (m *menu) drafts(ctx context.Context) error {
	return m.choose(ctx, "Back", func(ctx context.Context) (string, []entry, error) {
		all, err := m.world.Keeper.Registry.Drafts(ctx)
		if err != nil {
			return "", nil, err
		}
		var entries []entry
		for _, d := range all {
			entries = append(entries, entry{label: d.Title, note: "kept on " + when(d.Updated), more: func(ctx context.Context) error { return m.draft(ctx, d.ID) }})
		}
		return m.orNone("Which draft?", entries, "There is no draft.")
	})
}

// draft offers what can be done with one.
func (m *menu) draft(ctx context.Context, id string) error {
	return m.choose(ctx, "Back", func(ctx context.Context) (string, []entry, error) {
		all, err := m.world.Keeper.Registry.Drafts(ctx)
		if err == nil && !slices.ContainsFunc(all, func(d connectors.Draft) bool { return d.ID == id }) {
			return "", nil, errGone // a connector was made of it, or it was deleted
		}
		return "What is to be done with the draft?", []entry{
			{label: "Go on", command: []string{"new", "--draft", id}},
			{label: "Delete", command: []string{"drafts", "delete", id}},
		}, err
	})
}
