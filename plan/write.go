package plan

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// YAML writes the environment as [Read] reads it.
func (e Environment) YAML() ([]byte, error) {
	root := group()
	put(root, "title", e.Title)
	organisations := &yaml.Node{Kind: yaml.SequenceNode}
	for i := range e.Organisations {
		o := &e.Organisations[i]
		node := group()
		put(node, "name", o.Name)
		put(node, "mailboxes", string(o.Mailboxes))
		putList(node, "services", o.Services)
		tenants := &yaml.Node{Kind: yaml.SequenceNode}
		for j := range o.Tenants {
			tenants.Content = append(tenants.Content, tenantNode(&o.Tenants[j]))
		}
		node.Content = append(node.Content, word("tenants"), tenants)
		organisations.Content = append(organisations.Content, node)
	}
	root.Content = append(root.Content, word("organisations"), organisations)
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("write the environment: %w", err)
	}
	return out.Bytes(), encoder.Close()
}

func tenantNode(t *Tenant) *yaml.Node {
	node := group()
	for _, f := range fields {
		put(node, f.name, *f.text(t))
	}
	for _, l := range lists {
		putList(node, l.name, *l.of(t))
	}
	return node
}

func group() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

func word(text string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(text)
	return n
}

// put adds a text that is given.
func put(n *yaml.Node, name, text string) {
	if text != "" {
		n.Content = append(n.Content, word(name), word(text))
	}
}

// putList adds a list that is given, be it empty.
func putList(n *yaml.Node, name string, words []string) {
	if words == nil {
		return
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, w := range words {
		list.Content = append(list.Content, word(w))
	}
	n.Content = append(n.Content, word(name), list)
}

// CSV writes the environment as [Read] reads it, a line for each tenant and only
// the columns that are used. The services of an organisation stand at each of its
// tenants; the title has no place in it.
func (e Environment) CSV() ([]byte, error) {
	names := columns()
	rows := [][]string{}
	for i := range e.Organisations {
		o := &e.Organisations[i]
		for j := range o.Tenants {
			t := &o.Tenants[j]
			row := []string{o.Name, string(o.Mailboxes)}
			for _, f := range fields {
				row = append(row, *f.text(t))
			}
			inUse := strings.Join(o.InUse(t), " ")
			if inUse == "" {
				inUse = noServices
			}
			row = append(row, inUse, strings.Join(t.Granted, " "))
			rows = append(rows, row)
		}
	}
	for c := len(names) - 1; c >= 0; c-- {
		if names[c] != "tenant" && !slices.ContainsFunc(rows, func(row []string) bool { return row[c] != "" }) {
			names = slices.Delete(names, c, c+1)
			for i := range rows {
				rows[i] = slices.Delete(rows[i], c, c+1)
			}
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.WriteAll(append([][]string{names}, rows...)); err != nil {
		return nil, fmt.Errorf("write the environment: %w", err)
	}
	return out.Bytes(), nil
}

// sorted are the keys of an object, for a message.
func sorted(known keys) []string {
	var names []string
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
