package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"fairlead/providers"
)

// Problem is one thing that is wrong with an environment.
type Problem struct {
	Line, Column int    // in the file; zero where it comes from none
	Field        string // such as "mailboxes", after the name of what it belongs to
	Text         string // what is wrong, and what to type
	path         string // where it is, such as "0.1.url"
}

// Problems is everything that is wrong with an environment.
type Problems struct {
	Name string // of the file, or empty
	List []Problem
}

// Error has a line for each problem, as compilers write them.
func (p *Problems) Error() string {
	var lines []string
	for _, one := range p.List {
		at := ""
		if one.Line > 0 {
			at = fmt.Sprintf("%s:%d:%d: ", p.Name, one.Line, one.Column)
		}
		lines = append(lines, at+strings.TrimSpace(one.Field+" "+one.Text))
	}
	return strings.Join(lines, "\n")
}

// spot is a place in a file.
type spot struct{ line, column int }

// fail makes an error of problems, or nothing of none.
func fail(name string, list []Problem, spots map[string]spot) error {
	if len(list) == 0 {
		return nil
	}
	for i := range list {
		at := list[i].path
		for list[i].Line == 0 && len(spots) > 0 {
			if found, ok := spots[at]; ok {
				list[i].Line, list[i].Column = found.line, found.column
				break
			}
			if at == "" {
				break
			}
			at = at[:max(0, strings.LastIndexByte(at, '.'))]
		}
	}
	slices.SortStableFunc(list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return &Problems{name, list[:min(len(list), maxProblems)]}
}

// maxProblems is as many as somebody mends before asking again.
const maxProblems = 50

// longest is the longest text, in bytes, that is taken for a mistyped word, or
// repeated in a message.
const longest = 60

// short is a text as a message repeats it.
func short(text string) string { return providers.OneLine(text, longest) }

// meant returns the word that a mistyped one is nearest to, or nothing.
func meant(typed string, known []string) string {
	best, least := "", len(typed)/3+2
	if len(typed) > longest {
		return ""
	}
	for _, word := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(typed), word); d < least {
			best, least = word, d
		}
	}
	return best
}

// instead says what to type where a word is none of those known.
func instead(typed string, known []string) string {
	if near := meant(typed, known); near != "" {
		return fmt.Sprintf("; was %s meant? It can be %s", near, strings.Join(known, ", "))
	}
	return "; type one of " + strings.Join(known, ", ")
}
