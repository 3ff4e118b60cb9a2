package cli

import (
	"context"
	"fmt"
	"slices"

	"fairlead/cli/form"
	"fairlead/workspace/cleanup"
)

// cleanUps lets a list be chosen of what a deleted connector has left behind.
func (m *menu) cleanUps(ctx context.Context) error {
	return m.choose(ctx, "Back", func(ctx context.Context) (string, []entry, error) {
		all, err := m.world.CleanUps().All(ctx, true)
		if err != nil {
			return "", nil, err
		}
		var entries []entry
		for _, list := range all {
			note := fmt.Sprintf("%d of %d done, %s", len(list.Items)-list.Open(), len(list.Items), list.Whose())
			entries = append(entries, entry{label: list.Connector, note: note, more: func(ctx context.Context) error { return m.cleanUp(ctx, list.ID) }})
		}
		if slices.ContainsFunc(all, func(list cleanup.Checklist) bool { return list.Open() > 0 }) {
			entries = append(entries, entry{label: "Write all that are open to a file", more: func(ctx context.Context) error { return m.writeCleanUp(ctx) }})
		}
		return m.orNone("Which deleted connector?", entries, "No deleted connector has left anything behind.")
	})
}

// cleanUp ticks a list off, and writes it to a file for whoever does what it says.
func (m *menu) cleanUp(ctx context.Context, id string) error {
	return m.choose(ctx, "Back", fixed("What is to be done with the list?",
		entry{label: "Show", command: []string{"cleanup", id}},
		entry{label: "Tick off", more: func(ctx context.Context) error { return m.tick(ctx, id) }},
		entry{label: "Write to a file", more: func(ctx context.Context) error { return m.writeCleanUp(ctx, id) }},
	))
}

// writeCleanUp writes the list of a deleted connector to a file, or those of all.
func (m *menu) writeCleanUp(ctx context.Context, id ...string) error {
	name, ok, err := m.line(ctx, form.Question{Title: "File", Hint: "Its ending says how: .md or .html."}, "", "cleanup.md")
	if ok {
		m.do(slices.Concat([]string{"cleanup"}, id, []string{"--export", name})...)
	}
	return err
}

// tick asks which items of a list are done.
func (m *menu) tick(ctx context.Context, id string) error {
	list, err := m.world.CleanUps().Get(ctx, id)
	if err != nil {
		return err
	}
	var options []form.Option
	var now []string
	for _, item := range list.Items {
		label := item.Title
		if item.Keep != "" {
			label += ": leave it in place"
		}
		options = append(options, form.Option{Value: item.ID, Label: m.ask.Row(label)})
		if item.Done != nil {
			now = append(now, item.ID)
		}
	}
	chosen, outcome, err := m.ask.ChooseMany(ctx, form.Question{Title: "What is done?"}, options, now, func([]string) error { return nil })
	if ok, err := answered(outcome, err); !ok {
		return err
	}
	command := []string{"cleanup", id}
	for _, o := range options {
		switch done := slices.Contains(chosen, o.Value); {
		case done == slices.Contains(now, o.Value):
		case done:
			command = append(command, "--done", o.Value)
		default:
			command = append(command, "--not-done", o.Value)
		}
	}
	m.do(command...)
	return nil
}
