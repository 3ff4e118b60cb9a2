package answers

import (
	"fmt"
	"slices"
	"strings"
)

// Under returns the answers whose keys begin with a word and a dot, or nil where
// there are none. A file may hold the answers of several wizards in this way.
func (f *File) Under(word string) *File {
	part := &File{Name: f.Name, parents: f.parents}
	for _, e := range f.entries {
		if strings.HasPrefix(e.key, word+".") {
			part.entries = append(part.entries, e)
		}
	}
	if len(part.entries) == 0 {
		return nil
	}
	return part
}

// Without returns the answers but for one key: one whose options depend on what the
// wizard finds cannot be held against it beforehand.
func (f *File) Without(key string) *File {
	rest := &File{Name: f.Name, parents: f.parents}
	for _, e := range f.entries {
		if e.key != key {
			rest.entries = append(rest.entries, e)
		}
	}
	return rest
}

// OnlyUnder says which keys begin with none of these words. The error is a
// [*Problems].
func (f *File) OnlyUnder(words []string) error {
	var problems []Problem
	for _, e := range f.entries {
		word, _, nested := strings.Cut(e.key, ".")
		if !nested || !slices.Contains(words, word) {
			problems = append(problems, at(e.at, e.key, fmt.Sprintf("is not asked here; keys begin with one of: %s", strings.Join(words, ", "))))
		}
	}
	return f.fail(problems)
}
