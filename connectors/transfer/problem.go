package transfer

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong with a file.
type Problem struct {
	Line  int    // in the file; 0 where it is the whole
	Field string // such as "tenant"; may be empty
	Text  string // what is wrong, and what to do
}

// String has the place first.
func (p Problem) String() string {
	at := ""
	if p.Line > 0 {
		at = fmt.Sprintf("line %d: ", p.Line)
	}
	if p.Field != "" {
		at += p.Field + ": "
	}
	return at + p.Text
}

// Problems is what is wrong with a file. Nothing of it was taken in.
type Problems []Problem

// Error has a line for each problem.
func (p Problems) Error() string {
	var lines []string
	for _, one := range p {
		lines = append(lines, one.String())
	}
	return strings.Join(lines, "\n")
}

// maxProblems is as many as somebody mends before trying again.
const maxProblems = 50

// add notes a problem, up to [maxProblems].
func (p *Problems) add(line int, field, text string, args ...any) {
	if len(*p) < maxProblems {
		*p = append(*p, Problem{line, field, fmt.Sprintf(text, args...)})
	}
}

// wrong is a file with one problem.
func wrong(line int, text string, args ...any) error {
	return Problems{{Line: line, Text: fmt.Sprintf(text, args...)}}
}

// err is the problems as an error, or nil where there are none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}
