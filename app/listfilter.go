package app

import (
	"strings"
	"time"

	"fairlead/connectors"
	"fairlead/reminders"
	"fairlead/workspace"
)

// draftState is the state of a row that is no connector yet.
const draftState connectors.State = "draft"

// expiring is the state that asks for what ends soon.
const expiring connectors.State = "expiring"

// listFilter is what the list is asked to show, and in which order.
type listFilter struct {
	search   string
	state    connectors.State // also draftState and expiring; empty for all
	kind     connectors.Kind
	provider string
	service  string
	tenant   string
	sort     connectors.Sort
	desc     bool
}

// all reports whether nothing is left out.
func (f listFilter) all() bool {
	f.sort, f.desc, f.search = "", false, strings.TrimSpace(f.search)
	return f == listFilter{}
}

// none leaves nothing out, in the same order.
func (f listFilter) none() listFilter { return listFilter{sort: f.sort, desc: f.desc} }

// query is what to ask the registry; false means that only drafts are wanted.
func (f listFilter) query(w *workspace.Workspace, now time.Time) (connectors.Query, bool) {
	q := connectors.Query{
		Words: w.Search(f.search), Kind: f.kind, Provider: f.provider, Service: f.service, Tenant: f.tenant,
		Sort: f.sort, Desc: f.desc,
	}
	switch f.state {
	case "":
	case expiring:
		q.Expiring = now.AddDate(0, 0, reminders.SoonDays)
	default:
		q.States = []connectors.State{f.state}
	}
	return q, f.state != draftState
}

// drafts are those that the filter leaves. Of a draft its title is all that is
// known, so that only search and state leave any.
func (f listFilter) drafts(all []connectors.Draft) []connectors.Draft {
	if f.kind != "" || f.provider != "" || f.service != "" || f.tenant != "" || f.state != "" && f.state != draftState {
		return nil
	}
	var left []connectors.Draft
	words := strings.Fields(connectors.Key(f.search))
	for _, d := range all {
		if holdsAll(connectors.Key(d.Title+" draft"), words) {
			left = append(left, d)
		}
	}
	return left
}

func holdsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// sortBy sorts by a column, and turns the order round where it is sorted by it.
func (f *listFilter) sortBy(by connectors.Sort) {
	f.desc = f.sort == by && !f.desc
	f.sort = by
}
