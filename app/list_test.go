package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/secret"
	"fairlead/workspace"
)

// someRows are rows in every state.
func someRows() []listRow {
	states := []connectors.State{connectors.Works, connectors.Warns, connectors.Fails, connectors.NeverTested, draftState}
	var rows []listRow
	for i, s := range states {
		title := fmt.Sprintf("Connector %d", i)
		rows = append(rows, listRow{id: title, title: title, state: s, find: strings.ToLower(title + "\ncontoso.com")})
	}
	return rows
}

func TestFilterRows(t *testing.T) {
	rows := someRows()
	for _, c := range []struct {
		search string
		state  connectors.State
		want   int
	}{
		{"", "", 5},
		{"CONTOSO", "", 5},
		{"connector 3", "", 1},
		{"3 connector", "", 1}, // words in any order
		{"3 fabrikam", "", 0},
		{"", connectors.Fails, 1},
		{"contoso", draftState, 1},
		{"3", connectors.Fails, 0},
		{"  ", "", 5},
	} {
		if got := len(filterRows(rows, c.search, c.state)); got != c.want {
			t.Errorf("searching for %q in state %q finds %d, want %d", c.search, c.state, got, c.want)
		}
	}
}

func TestCountRows(t *testing.T) {
	rows := someRows()
	for _, c := range []struct {
		rows []listRow
		want string
	}{
		{rows, "4 connectors: 1 works, 1 warns, 1 fails, 1 was never tested; 1 draft"},
		{rows[:1], "1 connector: 1 works"},
		{append(rows[:1:1], rows[0]), "2 connectors: 2 work"},
		{rows[4:], "0 connectors; 1 draft"},
	} {
		if got := countRows(c.rows); got != c.want {
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
	h.canvas.FocusNext()
	h.key(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // the menu: Fails
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

// TestManyRows holds the list to the rows in sight: ten thousand connectors make
// no more widgets than fill the window.
func TestManyRows(t *testing.T) {
	h := open(t, setup{})
	s := h.app.screen.(*listScreen)
	for i := range 10_000 {
		title := fmt.Sprintf("Connector %05d", i)
		s.all = append(s.all, listRow{
			connector: &connectors.Connector{}, id: title, title: title, state: connectors.Works, words: "Works",
			find: strings.ToLower(title),
		})
	}
	s.filter()
	if n := h.countRows(); n == 0 || n > 12 {
		t.Errorf("%d rows exist for 10 000 connectors", n)
	}
	h.mustSee("10000 connectors: 10000 work", "Connector 00000")
	s.list.Go(9_999)
	h.mustSee("Connector 09999")
	s.search.SetText("4711")
	h.mustSee("Connector 04711", "1 row of 10000 connectors")
	if n := h.countRows(); n != 1 {
		t.Errorf("%d rows are left of a search that finds one", n)
	}
}

func (h *harness) countRows() (n int) {
	for _, o := range h.visible() {
		if _, ok := o.(*rowView); ok {
			n++
		}
	}
	return n
}

// BenchmarkSearch types a search into ten thousand connectors.
func BenchmarkSearch(b *testing.B) {
	var rows []listRow
	for i := range 10_000 {
		rows = append(rows, listRow{find: fmt.Sprintf("connector %05d\ncontinuity, sync & recover\nexchange 2019\nworks", i)})
	}
	for b.Loop() {
		filterRows(rows, "4711 recover", "")
	}
}
