package assets

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"sync"

	"go.yaml.in/yaml/v3"
)

// document is a YAML file that was read.
type document struct {
	name string
	data []byte
}

// read reads a file that holds one YAML document, and in it what into can take
// and nothing else. Its errors name file and line.
func read(files fs.FS, name string, into any) (document, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return document{}, fmt.Errorf("read catalogue: %w", err)
	}
	d := document{name, data}
	if err := decode(data, into); err != nil {
		return d, d.located(err)
	}
	return d, nil
}

// errorAt puts the file and the line in front of an error. The path leads to
// the place: names of fields and numbers of list entries.
func (d document) errorAt(err error, path ...any) error {
	return fmt.Errorf("read catalogue: %s:%d: %w", d.name, d.line(path), err)
}

// line returns the line of a place, or of the last thing on the way to it.
func (d document) line(path []any) int {
	var root yaml.Node // only what is wrong is looked for: most files are in order
	if yaml.Unmarshal(d.data, &root) != nil || len(root.Content) == 0 {
		return 1
	}
	node := root.Content[0]
	for _, step := range path {
		next := child(node, step)
		if next == nil {
			break
		}
		node = next
	}
	return max(node.Line, 1)
}

func child(node *yaml.Node, step any) *yaml.Node {
	switch step := step.(type) {
	case int:
		if node.Kind == yaml.SequenceNode && step < len(node.Content) {
			return node.Content[step]
		}
	case string:
		for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == step {
				return node.Content[i+1]
			}
		}
	}
	return nil
}

var (
	lineInError = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`line (\d+): `)
	})
	fieldInError = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`field (\S+) not found in type \S+`)
	})
)

// located moves the line that the YAML library names to where people and
// editors look for it, and says its error in words that are not Go's.
func (d document) located(err error) error {
	text, line := err.Error(), "1"
	var typed *yaml.TypeError
	if errors.As(err, &typed) && len(typed.Errors) > 0 {
		text = typed.Errors[0]
	}
	if found := lineInError().FindStringSubmatchIndex(text); found != nil {
		line, text = text[found[2]:found[3]], text[found[1]:]
	}
	text = fieldInError().ReplaceAllString(text, `there is no field called "$1"`)
	return fmt.Errorf("read catalogue: %s:%s: %s", d.name, line, text)
}

// stem is the name of a file without its folder and ending.
func stem(name string) string {
	base := path.Base(name)
	return base[:len(base)-len(path.Ext(base))]
}

// decode reads one YAML document that holds what is asked for and nothing else.
func decode(data []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		return errors.New("more than one document")
	}
	return nil
}
