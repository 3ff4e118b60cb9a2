package app

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/secret"
	"fairlead/workspace"
)

func TestFilterDrafts(t *testing.T) {
	all := []connectors.Draft{{Title: "Exchange, contoso.com"}, {Title: "Google Workspace, fabrikam.com"}}
	for _, c := range []struct {
		filter listFilter
		want   int
	}{
		{listFilter{}, 2},
		{listFilter{search: "CONTOSO"}, 1},
		{listFilter{search: "com exchange"}, 1}, // words in any order
		{listFilter{search: "draft"}, 2},
		{listFilter{search: "exchange fabrikam"}, 0},
		{listFilter{search: "  "}, 2},
		{listFilter{state: draftState}, 2},
		{listFilter{state: connectors.Fails}, 0},
		{listFilter{state: expiring}, 0},
		{listFilter{service: "continuity"}, 0},
		{listFilter{tenant: "contoso.com"}, 0},
		{listFilter{sort: connectors.ByState, desc: true}, 2},
	} {
		if got := len(c.filter.drafts(all)); got != c.want {
			t.Errorf("%+v leaves %d drafts, want %d", c.filter, got, c.want)
		}
	}
}

func TestCountWords(t *testing.T) {
	type states = map[connectors.State]int
	for _, c := range []struct {
		n      states
		drafts int
		want   string
	}{
		{
			states{connectors.Works: 1, connectors.Warns: 1, connectors.Fails: 1, connectors.NeverTested: 1},
			1,
			"4 connectors: 1 works, 1 warns, 1 fails, 1 was never tested; 1 draft",
		},
		{states{connectors.Works: 1}, 0, "1 connector: 1 works"},
		{states{connectors.Works: 2}, 0, "2 connectors: 2 work"},
		{nil, 1, "0 connectors; 1 draft"},
	} {
		if got := countWords(c.n, c.drafts); got != c.want {
			t.Errorf("counted %q, want %q", got, c.want)
		}
	}
}

// fill registers connectors in different states.
func fill(t *testing.T) func(w *workspace.Workspace) {
	return func(w *workspace.Workspace) {
		for i, verdict := range []check.Verdict{check.Pass, check.Warn, check.Fail, ""} {
			c := connectors.Connector{
				Name: fmt.Sprintf("Exchange, site%d.example", i), Provider: "exchange",
				Tenant: fmt.Sprintf("site%d.example", i), Services: []string{"continuity"},
				Settings: map[string]string{"url": "https://mail.example/EWS/Exchange.asmx"},
			}
			if verdict != "" {
				result := check.Result{ID: "basic", Title: "Basic sign-in", Verdict: verdict, Summary: "offered: NTLM"}
				if verdict != check.Pass {
					result.Diagnoses = []check.Diagnosis{{Code: "x", Title: "Basic sign-in is not offered", Verdict: verdict, Remedy: "Turn it on."}}
				}
				c.LastTest = &check.Report{Started: today.Add(-2 * time.Hour), Checks: []check.Result{result}}
			}
			if _, err := w.Keeper.Register(t.Context(), c, secret.New(password)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestSearchAndStates(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.mustSee("4 connectors: 1 works, 1 warns, 1 fails, 1 was never tested", "2 hours ago", "never")
	h.shot("light-list")
	h.typed("site2")
	h.mustSee("1 row of 4 connectors", "Exchange, site2.example")
	if h.sees("Exchange, site1.example") {
		t.Error("the search leaves what does not match")
	}
	h.typed("x")
	h.mustSee("Nothing matches")
	h.key(fyne.KeyBackspace, fyne.KeyBackspace)
	h.mustSee("4 connectors: 1 works")
	h.key(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)          // More, New, platforms, services
	h.key(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // the menu of states: Fails
	h.mustSee("Basic sign-in is not offered", "1 row of 4 connectors")
	if h.sees("Exchange, site0.example") {
		t.Error("the state leaves what is in another one")
	}
}

func TestListByKeyboard(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.key(fyne.KeyDown, fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyUp, fyne.KeyReturn)
	h.at("details:loaded")
	h.mustSee("Exchange, site2.example")
	h.press("Back to the list")
	h.at("list:loaded")
	h.key(desktop.KeyMenu)
	if !h.sees("Test again") {
		t.Fatal("the menu key opens no menu")
	}
	h.key(fyne.KeyEscape)
	h.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	h.typed("site1")
	h.key(fyne.KeyReturn, fyne.KeyReturn) // to the rows, and in
	h.at("details:loaded")
	h.mustSee("Exchange, site1.example")
}

func TestRecoveredIsShownOnce(t *testing.T) {
	h := open(t, setup{before: func(w *workspace.Workspace) { w.Recovered = []string{"Exchange, contoso.com was registered."} }})
	h.mustSee("Put right after the last run", "Exchange, contoso.com was registered.")
	h.press("Understood")
	if h.sees("Put right after the last run") {
		t.Error("the note comes back after it was read")
	}
}

func TestListCannotBeRead(t *testing.T) {
	h := open(t, setup{before: func(w *workspace.Workspace) { w.Keeper.Registry.Close() }})
	h.mustSee("The list cannot be read", "Try again")
}

// TestManyRows holds the list to the rows in sight: five hundred connectors make no
// more widgets than fill the window, and of them few more rows are read.
func TestManyRows(t *testing.T) {
	h := open(t, setup{before: func(w *workspace.Workspace) {
		for i := range 500 {
			register(t, w, fmt.Sprintf("Connector %04d", i), connectors.Connector{Tenant: fmt.Sprintf("t%04d.example", i)})
		}
	}})
	s := h.app.screen.(*listScreen)
	if n := h.countRows(); n == 0 || n > 12 {
		t.Errorf("%d rows exist for 500 connectors", n)
	}
	h.mustSee("500 connectors: 500 were never tested", "Connector 0000")
	h.key(fyne.KeyEnd)
	h.mustSee("Connector 0499")
	if n := len(s.rows.fresh); n > 3*rowsAtOnce {
		t.Errorf("%d rows were read for two ends of the list", n)
	}
	s.tools.search.SetText("0471")
	h.mustSee("Connector 0471", "1 row of 500 connectors")
	if n := h.countRows(); n != 1 {
		t.Errorf("%d rows are left of a search that finds one", n)
	}
}

// register adds a connector straight to the registry, since no secrets are needed
// to show rows.
func register(t testing.TB, w *workspace.Workspace, name string, c connectors.Connector) connectors.Connector {
	t.Helper()
	c.ID, c.Name, c.Created = name, name, today
	if c.Provider == "" {
		c.Provider = "exchange"
	}
	if c.Services == nil {
		c.Services = []string{"continuity"}
	}
	i := connectors.Intent{ID: c.ID, Kind: connectors.IntentRegister, Connector: c, Created: today}
	if err := w.Keeper.Registry.Intend(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	if err := w.Keeper.Registry.Commit(t.Context(), i, connectors.NewEvent(connectors.EventCreated, "anna", today, "")); err != nil {
		t.Fatal(err)
	}
	return c
}

func (h *harness) countRows() (n int) {
	for _, o := range h.visible() {
		if _, ok := o.(*rowView); ok {
			n++
		}
	}
	return n
}
