package transfer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fairlead/connectors"
)

// csvReader reads a file of CSV, one row after the other.
type csvReader struct {
	rows     *csv.Reader
	names    []string
	file     File
	problems Problems
}

func readCSV(text *bufio.Reader) (*File, error) {
	r := &csvReader{rows: csv.NewReader(text), file: File{Contents: Exported}}
	start, err := text.Peek(text.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	r.rows.Comma, r.rows.FieldsPerRecord = Comma(start), -1
	for {
		cells, err := r.rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, notCSV(err)
		}
		if r.names == nil {
			r.headings(cells)
		} else if strings.TrimSpace(strings.Join(cells, "")) != "" {
			r.row(cells)
		}
	}
	return &r.file, r.problems.err()
}

func notCSV(err error) error {
	if e, ok := errors.AsType[*csv.ParseError](err); ok {
		return wrong(e.Line, "column %d: this is not CSV: %v.", e.Column, e.Err)
	}
	return err
}

// Comma is what stands between the columns of a table: what its headings have most
// of. Excel takes the one that the system's language asks for.
func Comma(start []byte) rune {
	head, _, _ := bytes.Cut(start, []byte("\n"))
	best, most := ',', 0
	for _, r := range ",;\t" {
		if n := bytes.Count(head, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

func (r *csvReader) headings(cells []string) {
	for _, name := range cells {
		name = unguard(strings.TrimSpace(name))
		if !strings.HasPrefix(name, setting) {
			name = strings.ToLower(name)
		}
		switch {
		case slices.Contains(r.names, name) && name != "":
			r.problems.add(1, name, "the column is there twice. Take one out.")
		case !strings.HasPrefix(name, setting) && name != "" && !slices.Contains(columns, name) && !slices.Contains(informed, name):
			r.problems.add(1, clip(name), "there is no column of that name. Known are %s, and %sNAME.",
				strings.Join(slices.Concat(columns, informed), ", "), setting)
		}
		r.names = append(r.names, name)
	}
	for _, name := range []string{"name", "provider", "tenant", "services"} {
		if !slices.Contains(r.names, name) {
			r.problems.add(1, name, "the column is missing. Add it to the first line.")
		}
	}
}

func (r *csvReader) row(cells []string) {
	line, _ := r.rows.FieldPos(0)
	if len(cells) > len(r.names) {
		r.problems.add(line, "", "the row has %d columns and the first line has %d. Put quotes around text that holds the separator.",
			len(cells), len(r.names))
		return
	}
	c := connectors.Connector{Settings: map[string]string{}}
	var attached string
	for i, cell := range cells {
		if !utf8.ValidString(cell) {
			r.problems.add(line, r.names[i], "the text is not UTF-8. Save the file as UTF-8: in Excel, as \"CSV UTF-8\".")
			return
		}
		cell = unguard(cell)
		switch name := r.names[i]; name {
		case "id":
			c.ID = strings.TrimSpace(cell)
		case "name":
			c.Name = strings.TrimSpace(cell)
		case "description":
			c.Description = strings.TrimSpace(cell)
		case "provider":
			c.Provider = strings.ToLower(strings.TrimSpace(cell))
		case "tenant":
			c.Tenant = strings.TrimSpace(cell)
		case "services":
			c.Services = entries(cell, "\n;")
		case "attachments":
			attached = cell
		case "platform":
			c.Platform = strings.TrimSpace(cell)
		case "secret holder":
			c.Credential.Holder = strings.TrimSpace(cell)
		case "secret since":
			c.Credential.Since, _ = time.Parse(time.RFC3339, cell) // a spreadsheet may have changed its form
		default:
			if name, ok := strings.CutPrefix(name, setting); ok && cell != "" {
				c.Settings[name] = cell
			}
		}
	}
	if c.Credential.Holder != "" {
		c.Credential.Key = "secret" // there is one, with that holder
	}
	if err := attach(&c, attached); err != nil {
		r.problems.add(line, "attachments", "%v", err)
	}
	r.file.Connectors = append(r.file.Connectors, Record{Connector: c, Line: line})
}

// attach reads attachments, one a line, as SERVICE: TASK.
func attach(c *connectors.Connector, text string) error {
	for _, entry := range entries(text, "\n") {
		service := ""
		for _, id := range c.Services {
			if strings.HasPrefix(entry, id+": ") && len(id) > len(service) {
				service = id
			}
		}
		if service == "" {
			return fmt.Errorf("%q does not begin with a service of the connector, a colon and a space", clip(entry))
		}
		c.Attachments = append(c.Attachments, connectors.Attachment{Service: service, Task: entry[len(service)+2:]})
	}
	return nil
}

// entries splits a cell that holds a list.
func entries(cell, separators string) []string {
	var all []string
	for _, entry := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if entry = strings.TrimSpace(entry); entry != "" {
			all = append(all, entry)
		}
	}
	return all
}
