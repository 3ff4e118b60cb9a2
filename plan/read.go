package plan

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"fairlead/assets"
)

// MaxSize is the largest file that is read, in bytes: ten times what 10,000
// tenants take.
const MaxSize = 16 << 20

// Read reads an environment and checks it: CSV where the file's name ends so,
// else YAML. What is wrong with it is a [*Problems] with every place that is to be
// mended.
func Read(name string, data []byte, c assets.Catalogue) (Environment, error) {
	switch {
	case len(data) > MaxSize:
		return Environment{}, fmt.Errorf("%s: the file has more than %d bytes: this is no environment", name, MaxSize)
	case !utf8.Valid(data) || bytes.ContainsRune(data, 0):
		return Environment{}, fmt.Errorf("%s: the file is not UTF-8 text: save it as UTF-8", name)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := &reader{spots: map[string]spot{}, names: map[string]int{}}
	read := r.yaml
	if strings.EqualFold(filepath.Ext(name), ".csv") {
		read = r.csv
	}
	e, err := read(data)
	if err != nil {
		return Environment{}, fmt.Errorf("%s: %w", name, err)
	}
	problems := r.list
	if len(problems) == 0 { // what was not read cannot be judged
		problems = e.problems(c)
	}
	return e, fail(name, problems, r.spots)
}

// reader notes where everything stands.
type reader struct {
	spots map[string]spot
	list  []Problem
	names map[string]int // of a CSV file's organisations, with their places
}

func (r *reader) wrong(at spot, field, text string, args ...any) {
	r.list = append(r.list, Problem{Line: at.line, Column: at.column, Field: short(field), Text: fmt.Sprintf(text, args...)})
}

var errEmpty = errors.New("the file is empty: \"fairleadctl plan example\" prints one to start from")

// splitServices splits a list of services as people write it.
func splitServices(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '|' || r == '\t' })
}
