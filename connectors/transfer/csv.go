package transfer

import (
	"context"
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// The columns of CSV beside one for each setting. Those that only inform are
// passed over when a file is read.
var (
	columns  = []string{"id", "name", "description", "provider", "tenant", "services", "attachments", "platform", "secret holder", "secret since"}
	informed = []string{"state", "reason", "tested", "created", "updated"}
)

// setting begins the heading of a setting's column.
const setting = "setting "

// byteOrderMark tells Excel that the file is UTF-8.
const byteOrderMark = "\ufeff"

// CSV writes connectors for a spreadsheet, one a row. Lists have one entry a line
// in their cell. No cell is a formula, whatever it holds.
func (s Source) CSV(ctx context.Context, w io.Writer) error {
	settings, err := s.settings(ctx)
	if err != nil {
		return err
	}
	bounded := &bound{w: w}
	if _, err := io.WriteString(bounded, byteOrderMark); err != nil {
		return err
	}
	rows := csv.NewWriter(bounded)
	rows.UseCRLF = true
	head := slices.Concat(columns, informed)
	for _, name := range settings {
		head = append(head, guard(setting+name))
	}
	if err := rows.Write(head); err != nil {
		return err
	}
	if err := s.each(ctx, func(c connectors.Connector) error { return rows.Write(row(c, settings)) }); err != nil {
		return err
	}
	rows.Flush()
	return rows.Error()
}

// settings are the names of all settings that a connector has.
func (s Source) settings(ctx context.Context) ([]string, error) {
	all := map[string]bool{}
	err := s.each(ctx, func(c connectors.Connector) error {
		for name := range c.Settings {
			all[name] = true
		}
		return nil
	})
	return slices.Sorted(maps.Keys(all)), err
}

// row is a connector in the order of the columns.
func row(c connectors.Connector, settings []string) []string {
	state, reason := c.State()
	var attachments []string
	for _, a := range c.Attachments {
		attachments = append(attachments, a.Service+": "+a.Task)
	}
	cells := []string{
		c.ID, c.Name, c.Description, c.Provider, c.Tenant, strings.Join(c.Services, "\n"), strings.Join(attachments, "\n"),
		c.Platform, c.Credential.Holder, moment(c.Credential.Since),
		string(state), reason, tested(c.LastTest), moment(c.Created), moment(c.Updated),
	}
	for _, name := range settings {
		cells = append(cells, c.Settings[name])
	}
	for i := range cells {
		cells[i] = guard(cells[i])
	}
	return cells
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func tested(r *check.Report) string {
	if r == nil {
		return ""
	}
	return moment(r.Started)
}

// bound fails once more than [MaxSize] was written.
type bound struct {
	w    io.Writer
	size int
}

func (b *bound) Write(p []byte) (int, error) {
	if b.size += len(p); b.size > MaxSize {
		return 0, errTooBig
	}
	return b.w.Write(p)
}
