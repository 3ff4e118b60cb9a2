package transfer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"fairlead/connectors"
)

// MaxUses is how large a list of attachments may be, in bytes.
const MaxUses = 16 << 20

// useJSON is one attachment in a list.
type useJSON struct {
	Service   string `json:"service"`
	Task      string `json:"task"`
	Connector string `json:"connector"`
}

var useColumns = []string{"service", "task", "connector"}

// ReadUses reads a list of attachments: which task of which service uses which
// connector, by its name. It is CSV with the columns service, task and connector
// in any order, or a list of objects in JSON with these fields. What is wrong
// comes as [Problems].
func ReadUses(from io.Reader) ([]connectors.Use, error) {
	data, err := io.ReadAll(io.LimitReader(from, MaxUses+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > MaxUses:
		return nil, wrong(0, "the file is larger than %d MiB.", MaxUses>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		return nil, wrong(0, "the text is not UTF-8. Save the file as UTF-8: in Excel, as \"CSV UTF-8\".")
	}
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		return readUsesJSON(data)
	}
	return readUsesCSV(data)
}

func readUsesJSON(data []byte) ([]connectors.Use, error) {
	in := &input{from: bytes.NewReader(data), most: MaxUses}
	decoder := json.NewDecoder(in)
	decoder.DisallowUnknownFields()
	var all []connectors.Use
	var problems Problems
	if _, err := decoder.Token(); err != nil {
		return nil, wrong(1, "this is not JSON: %v.", err)
	}
	for decoder.More() {
		var one useJSON
		if err := decoder.Decode(&one); err != nil {
			return nil, wrong(in.line(decoder.InputOffset()), "this is not an object with the fields service, task and connector: %v.", err)
		}
		all = append(all, one.use(in.line(decoder.InputOffset()), &problems))
	}
	if _, err := decoder.Token(); err != nil {
		return nil, wrong(0, "the list has no end: %v.", err)
	}
	return all, problems.err()
}

func readUsesCSV(data []byte) ([]connectors.Use, error) {
	rows := csv.NewReader(bufio.NewReader(bytes.NewReader(data)))
	rows.Comma, rows.FieldsPerRecord = Comma(data), -1
	var all []connectors.Use
	var problems Problems
	var at []int // where each column stands
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, notCSV(err)
		}
		line, _ := rows.FieldPos(0)
		if at == nil {
			if at, err = useHeadings(cells); err != nil {
				return nil, err
			}
			continue
		}
		cell := func(column int) string {
			if at[column] < len(cells) {
				return unguard(cells[at[column]])
			}
			return ""
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			all = append(all, useJSON{cell(0), cell(1), cell(2)}.use(line, &problems))
		}
	}
	return all, problems.err()
}

func useHeadings(cells []string) ([]int, error) {
	for i := range cells {
		cells[i] = strings.ToLower(unguard(strings.TrimSpace(cells[i])))
	}
	at := make([]int, len(useColumns))
	var problems Problems
	for i, name := range useColumns {
		if at[i] = slices.Index(cells, name); at[i] < 0 {
			problems.add(1, name, "the column is missing. Add it to the first line.")
		}
	}
	return at, problems.err()
}

// use is the attachment, and notes what it lacks.
func (u useJSON) use(line int, problems *Problems) connectors.Use {
	use := connectors.Use{Connector: strings.TrimSpace(u.Connector)}
	use.Service, use.Task = strings.ToLower(strings.TrimSpace(u.Service)), strings.TrimSpace(u.Task)
	for i, value := range []string{use.Service, use.Task, use.Connector} {
		if value == "" {
			problems.add(line, useColumns[i], "it is empty.")
		}
	}
	return use
}
