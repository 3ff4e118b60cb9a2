package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fairlead/connectors"
	"fairlead/workspace"
)

// listRow is one line of the list: a connector or a draft.
type listRow struct {
	connector *connectors.Connector // nil for a draft
	draft     *connectors.Draft     // nil for a connector

	id       string
	title    string
	below    string // the services, or what a draft waits for
	platform string
	state    connectors.State // "draft" for a draft
	words    string
	when     time.Time
	find     string // what a search looks at, in lower case
}

// draftState is the state of a row that is no connector yet.
const draftState connectors.State = "draft"

// loadRows reads the list: connectors by name, then drafts, newest first.
func loadRows(ctx context.Context, w *workspace.Workspace) ([]listRow, error) {
	all, err := w.Keeper.Registry.List(ctx)
	if err != nil {
		return nil, err
	}
	drafts, err := w.Keeper.Registry.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]listRow, 0, len(all)+len(drafts))
	for i := range all {
		rows = append(rows, connectorRow(w, &all[i]))
	}
	for i := range drafts {
		rows = append(rows, draftRow(&drafts[i]))
	}
	return rows, nil
}

func connectorRow(w *workspace.Workspace, c *connectors.Connector) listRow {
	row := listRow{connector: c, id: c.ID, title: c.Name, platform: platformOf(w, c)}
	row.below = strings.Join(w.Catalogue.Names(c.Services), ", ")
	row.state, row.words = c.State()
	if c.LastTest != nil {
		row.when = c.LastTest.Started
	}
	row.find = strings.ToLower(strings.Join([]string{
		row.title, row.below, row.platform, row.words, c.Description, c.Tenant,
	}, "\n"))
	return row
}

func draftRow(d *connectors.Draft) listRow {
	return listRow{
		draft: d, id: d.ID, title: d.Title, below: "Draft: not registered yet", state: draftState,
		words: "Not finished", find: strings.ToLower(d.Title + "\ndraft"),
	}
}

// platformOf is what the last test found, or else the name of the provider.
func platformOf(w *workspace.Workspace, c *connectors.Connector) string {
	if c.Platform != "" {
		return c.Platform
	}
	if p := w.Provider(c.Provider); p != nil {
		return p.Info().Name
	}
	return c.Provider
}

// filterRows keeps the rows that hold every word of a search and have a state;
// an empty state keeps all.
func filterRows(rows []listRow, search string, state connectors.State) []listRow {
	words := strings.Fields(strings.ToLower(search))
	if len(words) == 0 && state == "" {
		return rows
	}
	var kept []listRow
	for _, row := range rows {
		missing := func(word string) bool { return !strings.Contains(row.find, word) }
		if (state == "" || row.state == state) && !slices.ContainsFunc(words, missing) {
			kept = append(kept, row)
		}
	}
	return kept
}

// countRows says what the list holds: "4 connectors: 1 works, 1 warns, 1 fails;
// 1 draft".
func countRows(rows []listRow) string {
	n := map[connectors.State]int{}
	for _, row := range rows {
		n[row.state]++
	}
	line := count(len(rows)-n[draftState], "connector")
	var parts []string
	for _, s := range []struct {
		state     connectors.State
		one, many string
	}{
		{connectors.Works, "works", "work"},
		{connectors.Warns, "warns", "warn"},
		{connectors.Fails, "fails", "fail"},
		{connectors.NeverTested, "was never tested", "were never tested"},
	} {
		switch n[s.state] {
		case 0:
		case 1:
			parts = append(parts, "1 "+s.one)
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n[s.state], s.many))
		}
	}
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	if n[draftState] > 0 {
		line += "; " + count(n[draftState], "draft")
	}
	return line
}
