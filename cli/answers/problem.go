package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Problem is one thing that is wrong with an answers file.
type Problem struct {
	Line, Column int
	Key          string
	Text         string // what is wrong and what is expected
}

func at(n *yaml.Node, key, text string) Problem { return Problem{n.Line, n.Column, key, text} }

// Problems is everything that is wrong with a file, in the order of its lines.
type Problems struct {
	Name string
	List []Problem
}

// Error has a line for each problem, as compilers write them.
func (p *Problems) Error() string {
	var lines []string
	for _, one := range p.List {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s %s", p.Name, one.Line, one.Column, one.Key, one.Text))
	}
	return strings.Join(lines, "\n")
}

// fail makes an error of problems, or nothing of none.
func (f *File) fail(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return &Problems{f.Name, problems}
}

// find returns the entry with a key, or nil.
func (f *File) find(key string) *entry {
	i := slices.IndexFunc(f.entries, func(e entry) bool { return e.key == key })
	if i < 0 {
		return nil
	}
	return &f.entries[i]
}

// missing is a problem of a key that is not in the file. Its place is that of
// the group it belongs in, else the beginning.
func (f *File) missing(key, text string) Problem {
	p := Problem{Line: 1, Column: 1, Key: key, Text: text}
	for group := key; ; {
		i := strings.LastIndexByte(group, '.')
		if i < 0 {
			return p
		}
		group = group[:i]
		if n, ok := f.parents[group]; ok {
			p.Line, p.Column = n.Line, n.Column
			return p
		}
	}
}
