package plan

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"fairlead/connectors/transfer"
)

// The columns of a CSV file beside those of a tenant. A row is one tenant; rows
// with the same organisation belong together. The first that says where its
// mailboxes are, and which services it uses, says it for those that are silent.
const (
	columnOrganisation = "organisation"
	columnMailboxes    = "mailboxes"
)

func columns() []string {
	names := []string{columnOrganisation, columnMailboxes}
	for _, f := range fields {
		names = append(names, f.name)
	}
	for _, l := range lists {
		names = append(names, l.name)
	}
	return names
}

// csv reads the form that [Environment.CSV] writes, with whatever a spreadsheet
// puts between the columns.
func (r *reader) csv(data []byte) (Environment, error) {
	var e Environment
	rows := csv.NewReader(bytes.NewReader(data))
	rows.Comma, rows.FieldsPerRecord, rows.TrimLeadingSpace = transfer.Comma(data), -1, true
	header, err := rows.Read()
	switch {
	case errors.Is(err, io.EOF):
		return e, errEmpty
	case err != nil:
		return e, notCSV(err)
	}
	names := r.header(rows, header)
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return e, notCSV(err)
		}
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			r.row(&e, rows, names, row)
		}
	}
	for i := range e.Organisations {
		e.Organisations[i].share()
	}
	if len(e.Organisations) == 0 && len(r.list) == 0 {
		return e, errors.New("the file has a line of headings only: add a line for each tenant")
	}
	return e, nil
}

func notCSV(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("line %d, column %d: this is not CSV: %w", parse.Line, parse.Column, parse.Err)
	}
	return err
}

// header reads the headings. One that is not known is named, with what was meant.
func (r *reader) header(rows *csv.Reader, header []string) []string {
	known, names := columns(), []string{}
	for i, name := range header {
		line, column := rows.FieldPos(i)
		at := spot{line, column}
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case !slices.Contains(known, name):
			r.wrong(at, name, "is no column%s", instead(name, known))
		case slices.Contains(names, name):
			r.wrong(at, name, "is there twice: take one column out")
		}
		names = append(names, name)
	}
	for _, name := range []string{columnOrganisation, "tenant"} {
		if !slices.Contains(names, name) {
			r.wrong(spot{1, 1}, name, "is a column that every file needs: add it to the first line")
		}
	}
	return names
}

// row reads one tenant.
func (r *reader) row(e *Environment, rows *csv.Reader, names, row []string) {
	line, _ := rows.FieldPos(0)
	if len(row) > len(names) {
		r.wrong(spot{line, 1}, "", "the line has %d columns and the headings %d: put text that holds a separator in quotes", len(row), len(names))
		return
	}
	cells, at := map[string]string{}, map[string]spot{}
	for i, text := range row {
		line, column := rows.FieldPos(i)
		cells[names[i]], at[names[i]] = strings.TrimSpace(text), spot{line, column}
	}
	i := r.join(e, cells, at)
	o := &e.Organisations[i]
	t := Tenant{Provider: microsoft365}
	path := fmt.Sprintf("%d.%d", i, len(o.Tenants))
	r.spots[path] = spot{line, 1}
	for _, f := range fields {
		if text := cells[f.name]; text != "" {
			*f.text(&t), r.spots[path+"."+f.name] = text, at[f.name]
		}
	}
	for _, l := range lists {
		if text := cells[l.name]; text != "" {
			*l.of(&t), r.spots[path+"."+l.name] = services(text), at[l.name]
			if shared := fmt.Sprintf("%d.%s", i, l.name); r.spots[shared].line == 0 {
				r.spots[shared] = at[l.name] // it may come to be the organisation's
			}
		}
	}
	o.Tenants = append(o.Tenants, t)
}

// join returns the place of the row's organisation, which it may begin.
func (r *reader) join(e *Environment, cells map[string]string, at map[string]spot) int {
	name, mailboxes := cells[columnOrganisation], Mailboxes(cells[columnMailboxes])
	i, known := r.names[key(name)]
	if !known {
		i = len(e.Organisations)
		r.names[key(name)] = i
		e.Organisations = append(e.Organisations, Organisation{Name: name, Mailboxes: mailboxes})
		path := fmt.Sprint(i)
		r.spots[path], r.spots[path+".name"], r.spots[path+".mailboxes"] = at[columnOrganisation], at[columnOrganisation], at[columnMailboxes]
		return i
	}
	o := &e.Organisations[i]
	switch {
	case o.Mailboxes == "":
		o.Mailboxes = mailboxes
	case mailboxes != "" && mailboxes != o.Mailboxes:
		r.wrong(at[columnMailboxes], columnMailboxes, "is %s here and %s above for %s: type the same in all its lines, or leave it empty", short(string(mailboxes)), short(string(o.Mailboxes)), short(name))
	}
	return i
}

// noServices stands where a tenant uses none of its organisation's services.
const noServices = "none"

func services(text string) []string {
	if strings.EqualFold(text, noServices) {
		return []string{}
	}
	return splitServices(text)
}
