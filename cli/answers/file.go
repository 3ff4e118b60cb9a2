// Package answers drives a wizard from a file of answers in YAML.
//
// Keys are those of the wizard's fields, nested or dotted: "exchange.address".
// Whatever the file says that the wizard does not ask, and whatever it does not
// say that the wizard needs, is an error with line and column, all of them at
// once where they can be known before anything runs. A secret in the file is
// refused: it comes from standard input.
package answers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 64 << 10

// File is a parsed answers file. It is not yet held against a wizard.
type File struct {
	Name    string
	entries []entry
	parents map[string]*yaml.Node // the keys that others are nested under
}

// entry is one answer: a dotted key and what stands after it.
type entry struct {
	key   string
	at    *yaml.Node // the key, for its place
	value *yaml.Node
}

// Parse reads a file. Name is what it is called in errors.
func Parse(name string, data []byte) (*File, error) {
	f := &File{Name: name, parents: map[string]*yaml.Node{}}
	if err := f.parse(data); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var problems []Problem
	seen := map[string]*yaml.Node{}
	for _, e := range f.entries {
		if first, twice := seen[e.key]; twice {
			problems = append(problems, at(e.at, e.key, fmt.Sprintf("stands here a second time; the first is on line %d", first.Line)))
		}
		seen[e.key] = e.at
	}
	return f, f.fail(problems)
}

func (f *File) parse(data []byte) error {
	switch {
	case len(data) > MaxSize:
		return fmt.Errorf("the file has more than %d bytes: this is no answers file", MaxSize)
	case !utf8.Valid(data) || bytes.ContainsRune(data, 0):
		return errors.New("the file is not UTF-8 text: save it as UTF-8")
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return errEmpty
	case err != nil:
		return syntax(err)
	}
	if err := decoder.Decode(new(yaml.Node)); err == nil {
		return errors.New("the file holds more than one document: take out the lines that are only ---")
	} else if !errors.Is(err, io.EOF) {
		return syntax(err)
	}
	root := document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return errEmpty
	}
	if root.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d, column %d: here stands %s, and lines of the form \"key: value\" are expected", root.Line, root.Column, kind(root))
	}
	return f.flatten("", root)
}

var errEmpty = errors.New("the file is empty: \"fairleadctl new --print-answers\" writes one to start from")

// flatten turns nested keys into dotted ones.
func (f *File) flatten(prefix string, m *yaml.Node) error {
	for i := 0; i+1 < len(m.Content); i += 2 {
		at, value := m.Content[i], m.Content[i+1]
		if err := plain(at); err != nil {
			return err
		}
		if err := plain(value); err != nil {
			return err
		}
		if at.Kind != yaml.ScalarNode || at.Value == "" {
			return fmt.Errorf("line %d, column %d: a key must be a plain word, and here stands %s", at.Line, at.Column, kind(at))
		}
		key := prefix + at.Value
		if value.Kind != yaml.MappingNode {
			f.entries = append(f.entries, entry{key, at, value})
			continue
		}
		f.parents[key] = at
		if err := f.flatten(key+".", value); err != nil {
			return err
		}
	}
	return nil
}

// plain refuses what an answers file has no use for, and what could make a
// small file huge.
func plain(n *yaml.Node) error {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return fmt.Errorf("line %d, column %d: anchors and aliases (& and *) cannot be used here; quote the value if it begins with such a sign", n.Line, n.Column)
	case n.Tag == "!!merge":
		return fmt.Errorf("line %d, column %d: << cannot be used here", n.Line, n.Column)
	}
	if n.Kind == yaml.SequenceNode {
		for _, item := range n.Content {
			if err := plain(item); err != nil {
				return err
			}
			if item.Kind != yaml.ScalarNode {
				return fmt.Errorf("line %d, column %d: a list holds plain words only, and here stands %s", item.Line, item.Column, kind(item))
			}
		}
	}
	return nil
}

// syntax takes the parser's name out of its message; the line stays.
func syntax(err error) error {
	return fmt.Errorf("this is not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
}

// kind says what a value is.
func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of keys"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	switch n.Tag {
	case "!!str":
		return "text"
	case "!!bool":
		return "true or false"
	case "!!null":
		return "nothing"
	case "!!int", "!!float":
		return "a number"
	case "!!timestamp":
		return "a date"
	}
	return "a value of the type " + n.Tag
}
