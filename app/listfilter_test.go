package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/workspace"
)

// mixed registers connectors of several platforms, services, tenants and states.
func mixed(t *testing.T) func(w *workspace.Workspace) {
	return func(w *workspace.Workspace) {
		for i, c := range []struct {
			name, provider, service, tenant string
			verdict                         check.Verdict
		}{
			{"Alpha", "exchange", "continuity", "a.example", check.Pass},
			{"Bravo", "microsoft365", "continuity", "b.example", check.Fail},
			{"Charlie", "microsoft365", "remediation", "b.example", ""},
			{"Delta", "google", "remediation", "c.example", check.Warn},
		} {
			made := register(t, w, c.name, connectors.Connector{Provider: c.provider, Services: []string{c.service}, Tenant: c.tenant})
			if c.verdict == "" {
				continue
			}
			result := check.Result{ID: "x", Title: "X", Verdict: c.verdict}
			if c.verdict != check.Pass {
				result.Diagnoses = []check.Diagnosis{{Code: "x", Title: "Something", Verdict: c.verdict}}
			}
			report := check.Report{Started: today.Add(-time.Duration(i+1) * time.Hour), Checks: []check.Result{result}}
			if err := w.Keeper.RecordTest(t.Context(), made.ID, report); err != nil {
				t.Fatal(err)
			}
		}
		ending(t, "Echo", 11)(w)
		if err := w.Keeper.Registry.SaveDraft(t.Context(), connectors.Draft{ID: "d", Title: "Foxtrot", Answers: []byte("{}"), Updated: today}); err != nil {
			t.Fatal(err)
		}
	}
}

// rowNames are the rows in the order of the list.
func (h *harness) rowNames() (names []string) {
	s := h.app.screen.(*listScreen)
	for i := range s.length() {
		id, draft := s.at(i)
		if draft != nil {
			names = append(names, draft.Title)
			continue
		}
		names = append(names, id) // register gives it the name
		if !h.sees(id) {
			h.t.Errorf("the row of %s cannot be read", id)
		}
	}
	return names
}

// filter picks an entry of one of the fields above the list.
func (h *harness) filter(field, entry int) {
	h.t.Helper()
	var pickers []*kit.Picker
	for _, o := range h.visible() {
		if p, ok := o.(*kit.Picker); ok {
			pickers = append(pickers, p)
		}
	}
	h.canvas.Focus(pickers[field])
	h.key(fyne.KeyReturn)
	for range entry {
		h.key(fyne.KeyDown)
	}
	h.key(fyne.KeyReturn)
}

const (
	platformField = iota
	serviceField
	stateField
)

// TestFilters narrows the list by each field, by two at once, and by a tenant.
func TestFilters(t *testing.T) {
	h := open(t, setup{before: mixed(t)})
	continuity, remediation := 0, 0
	for i, s := range h.world.Catalogue.Services {
		switch s.ID {
		case "continuity":
			continuity = i + 1
		case "remediation":
			remediation = i + 1
		}
	}
	all := []string{"Foxtrot", "Alpha", "Bravo", "Charlie", "Delta", "Echo"}
	want := func(when string, names ...string) {
		t.Helper()
		if got := h.rowNames(); !slices.Equal(got, names) {
			t.Errorf("%s: %v, want %v", when, got, names)
		}
	}
	want("everything", all...)
	for _, c := range []struct {
		name         string
		field, entry int
		names        []string
	}{
		{"cloud", platformField, 1, []string{"Bravo", "Charlie", "Delta"}},
		{"EWS", platformField, 2, []string{"Alpha", "Echo"}},
		{"Continuity", serviceField, continuity, []string{"Alpha", "Bravo", "Echo"}},
		{"Remediation", serviceField, remediation, []string{"Charlie", "Delta"}},
		{"works", stateField, 1, []string{"Alpha", "Echo"}},
		{"warns", stateField, 2, []string{"Delta"}},
		{"fails", stateField, 3, []string{"Bravo"}},
		{"never tested", stateField, 4, []string{"Charlie"}},
		{"expires", stateField, 5, []string{"Echo"}},
		{"drafts", stateField, 6, []string{"Foxtrot"}},
	} {
		h.filter(c.field, c.entry)
		want(c.name, c.names...)
		h.filter(c.field, 0)
		want("after "+c.name, all...)
	}
	h.filter(platformField, 1)
	h.filter(serviceField, remediation)
	h.filter(stateField, 4)
	want("three at once", "Charlie")
	h.mustSee("1 row of 5 connectors")
	h.shot("light-list-filtered")
	h.filter(stateField, 3)
	h.mustSee("Nothing matches")
	for field := range 3 {
		h.filter(field, 0)
	}

	h.canvas.Focus(h.app.screen.(*listScreen).list)
	h.key(fyne.KeyHome, fyne.KeyDown, fyne.KeyDown, desktop.KeyMenu) // Bravo's
	h.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	want("one tenant", "Bravo", "Charlie")
	h.press("Only b.example  ✕")
	want("all tenants again", all...)
}

// TestSortHeaders sorts by each column, and the other way round. Drafts stay on
// top.
func TestSortHeaders(t *testing.T) {
	h := open(t, setup{before: mixed(t)})
	s := h.app.screen.(*listScreen)
	for _, c := range []struct {
		by       connectors.Sort
		up, down string // what comes first
	}{
		{connectors.ByTenant, "Alpha", "Echo"},
		{connectors.ByName, "Alpha", "Echo"},
		{connectors.ByState, "Bravo", "Alpha Echo"},
		{connectors.ByTested, "Charlie Delta", "Alpha Echo"},
		{connectors.ByExpiry, "Echo", "Alpha Bravo Charlie Delta"},
	} {
		for _, first := range []string{c.up, c.down} {
			h.canvas.Focus(s.head.headers[c.by])
			h.key(fyne.KeyReturn)
			got := h.rowNames()
			if len(got) != 6 || got[0] != "Foxtrot" || !slices.Contains(strings.Fields(first), got[1]) {
				t.Errorf("sorted by %q, descending %v: %v, want %s first", c.by, s.filter.desc, got, first)
			}
		}
	}
}
