package answers

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"fairlead/wizard/page"
)

// Command is a command that takes answers from a file, such as "fairleadctl new
// --answers answers.yaml", made to fit a journey: where it asked for a secret, the
// command reads one from standard input.
func Command(j *page.Journey, command string) string {
	a := j.Given()
	_, asked := survey(j.Flow(), a)
	for _, f := range asked {
		if f.Kind == page.Secret && (!f.Optional || !a.Secret(f.Key).IsEmpty()) {
			return command + " --password-stdin < password.txt"
		}
	}
	return command
}

// Write writes what was answered on a journey as an answers file that leads an empty
// journey to the same answers. The command that takes it, see [Command], stands at the
// head. A secret is named and never written.
func Write(w io.Writer, j *page.Journey, command string) error {
	// A draft leaves out what is too long to be an answer: perhaps a key that was
	// pasted into the wrong field.
	a := j.Given()
	_, asked := survey(j.Flow(), a)
	m := &yaml.Node{Kind: yaml.MappingNode}
	var secrets []string
	seen := map[string]bool{}
	for _, f := range asked {
		if seen[f.Key] {
			continue
		}
		seen[f.Key] = true
		if f.Kind == page.Secret {
			secrets = append(secrets, f.Label)
			continue
		}
		if value := node(f, a); value != nil {
			m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: f.Key}, value)
		}
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "# Answers for the wizard %q.\n#   %s\n", j.Flow().Title, Command(j, command))
	for _, label := range secrets {
		fmt.Fprintf(&text, "# %s: never in this file, but on standard input.\n", label)
	}
	if len(m.Content) > 0 {
		encoder := yaml.NewEncoder(&text)
		encoder.SetIndent(2)
		if err := encoder.Encode(m); err != nil {
			return fmt.Errorf("write the answers file: %w", err)
		}
	}
	_, err := text.WriteTo(w)
	return err
}

// node is the answer to a field as it stands in a file, or nil where there is none.
func node(f page.Field, a *page.Answers) *yaml.Node {
	switch {
	case f.Kind == page.Checkbox:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(a.On(f.Key))}
	case f.Many:
		chosen := a.Chosen(&f)
		if len(chosen) == 0 {
			return nil
		}
		list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, value := range chosen {
			list.Content = append(list.Content, text(value))
		}
		return list
	}
	if value := a.Text(f.Key); value != "" {
		return text(value)
	}
	return nil
}

// text is a text, in quotes where it would be read as something else.
func text(value string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(strings.ToValidUTF8(value, "�"))
	n.Tag = "!!str"
	return n
}
