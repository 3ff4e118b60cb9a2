package plan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yaml reads the form that [Environment.YAML] writes.
func (r *reader) yaml(data []byte) (Environment, error) {
	var e Environment
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return e, errEmpty
	case err != nil:
		return e, notYAML(err)
	}
	if err := decoder.Decode(new(yaml.Node)); err == nil {
		return e, errors.New("the file holds more than one document: take out the lines that are only ---")
	} else if !errors.Is(err, io.EOF) {
		return e, notYAML(err)
	}
	root := document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return e, errEmpty
	}
	r.object("", "", root, keys{
		"title": func(n *yaml.Node, _ string) { e.Title = r.word("title", n) },
		"organisations": func(n *yaml.Node, path string) {
			r.each("organisations", n, func(i int, item *yaml.Node) {
				e.Organisations = append(e.Organisations, r.organisation(fmt.Sprint(i), item))
			})
		},
	})
	return e, nil
}

func notYAML(err error) error {
	return fmt.Errorf("this is not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
}

func (r *reader) organisation(path string, n *yaml.Node) Organisation {
	var o Organisation
	r.object(path, "organisation", n, keys{
		"name":      func(n *yaml.Node, _ string) { o.Name = r.word("name", n) },
		"mailboxes": func(n *yaml.Node, _ string) { o.Mailboxes = Mailboxes(r.word("mailboxes", n)) },
		"services":  func(n *yaml.Node, _ string) { o.Services = r.words("services", n) },
		"tenants": func(n *yaml.Node, _ string) {
			r.each("tenants", n, func(j int, item *yaml.Node) {
				o.Tenants = append(o.Tenants, r.tenant(fmt.Sprintf("%s.%d", path, j), item))
			})
		},
	})
	return o
}

func (r *reader) tenant(path string, n *yaml.Node) Tenant {
	t := Tenant{Provider: microsoft365}
	known := keys{}
	for _, f := range fields {
		known[f.name] = func(n *yaml.Node, _ string) { *f.text(&t) = r.word(f.name, n) }
	}
	for _, l := range lists {
		known[l.name] = func(n *yaml.Node, _ string) { *l.of(&t) = r.words(l.name, n) }
	}
	r.object(path, "tenant", n, known)
	return t
}

// keys are what an object may hold, and what takes it.
type keys map[string]func(n *yaml.Node, path string)

// object reads a group of keys, notes where each stands, and refuses any other.
func (r *reader) object(path, what string, n *yaml.Node, known keys) {
	r.spots[path] = spot{n.Line, n.Column}
	if n.Kind != yaml.MappingNode {
		r.wrong(spot{n.Line, n.Column}, what, "lines of the form “key: value” are expected here")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		at, value := n.Content[i], n.Content[i+1]
		place, name := spot{at.Line, at.Column}, at.Value
		read := known[name]
		switch {
		case read == nil:
			r.wrong(place, name, "is no key here%s", instead(name, sorted(known)))
		case seen[name]:
			r.wrong(place, name, "stands here a second time: take one out")
		case value.Kind == yaml.AliasNode || value.Anchor != "":
			r.wrong(place, name, "uses an anchor or alias (& or *): write the value out")
		default:
			inside := strings.Trim(path+"."+name, ".")
			r.spots[inside] = spot{value.Line, value.Column}
			read(value, inside)
		}
		seen[name] = true
	}
}

// each reads a list of objects.
func (r *reader) each(name string, n *yaml.Node, read func(i int, item *yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.wrong(spot{n.Line, n.Column}, name, "is a list: begin each entry with “- ”")
		return
	}
	for i, item := range n.Content {
		read(i, item)
	}
}

// word reads one text. Numbers and dates count as what they look like.
func (r *reader) word(name string, n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		r.wrong(spot{n.Line, n.Column}, name, "takes one text: write it behind the colon")
		return ""
	}
	if n.Tag == "!!null" {
		return ""
	}
	return n.Value
}

// words reads a list of services: in YAML's own form, or separated by spaces or
// commas.
func (r *reader) words(name string, n *yaml.Node) []string {
	words := []string{}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return nil
		}
		return append(words, splitServices(n.Value)...)
	case yaml.SequenceNode:
		for _, item := range n.Content {
			words = append(words, r.word(name, item))
		}
	default:
		r.wrong(spot{n.Line, n.Column}, name, "takes a list, such as [continuity, remediation]")
	}
	return words
}
