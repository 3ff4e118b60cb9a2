package cli

import (
	"context"

	"fairlead/cli/form"
)

// plan offers what can be done with the environment that is stored.
func (m *menu) plan(ctx context.Context) error {
	return m.choose(ctx, "Back", fixed("What is to be done with the plan?",
		entry{label: "Show", note: "what is needed, works, is missing, and in which order to go on", command: []string{"plan"}},
		entry{label: "Make what is missing", note: "as far as no human is needed; the rest becomes drafts", command: []string{"apply"}},
		entry{label: "Show a move to the cloud", note: "what changes with the last mailbox", command: []string{"plan", "--migrate", ""}},
		entry{label: "Write the run book", note: "one page to hand over", more: m.toFile("contoso.html", "Its ending says how: .html or .md.", "runbook", "--output")},
		entry{label: "Read the environment from a file", more: m.toFile("estate.yaml", "YAML or CSV; “fairleadctl plan example” prints one to fill in.", "plan", "import")},
	))
}

// toFile asks for the name of a file and hands it to a command.
func (m *menu) toFile(example, hint string, command ...string) func(context.Context) error {
	return func(ctx context.Context) error {
		name, ok, err := m.line(ctx, form.Question{Title: "File", Hint: hint}, "", example)
		if ok {
			m.do(append(command[:len(command):len(command)], name)...)
		}
		return err
	}
}
