package app

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/workspace"
)

// asked counts how often a registry is asked for the order of a list.
type asked struct {
	connectors.Registry
	times int
}

func (a *asked) IDs(ctx context.Context, q connectors.Query) ([]string, error) {
	a.times++
	return a.Registry.IDs(ctx, q)
}

// branches registers a number of connectors, every second of which is a branch.
func branches(t *testing.T, n int) func(w *workspace.Workspace) {
	return func(w *workspace.Workspace) {
		for i := range n {
			name := fmt.Sprintf("Customer %04d", i)
			if i%2 == 1 {
				name += " branch"
			}
			register(t, w, name, connectors.Connector{Tenant: fmt.Sprintf("t%04d.example", i)})
		}
	}
}

// current is the title of the row with the keyboard.
func (h *harness) current() string {
	h.t.Helper()
	s, ok := h.app.screen.(*listScreen)
	if !ok || h.canvas.Focused() != fyne.Focusable(s.list) {
		h.t.Fatalf("%T has the keyboard, want the list", h.canvas.Focused())
	}
	id, draft := s.at(s.list.At())
	if draft != nil {
		return draft.Title
	}
	return id // register gives it the name
}

// fields are what the fields above the list show.
func (h *harness) fields() (picked []int) {
	for _, o := range h.visible() {
		if p, ok := o.(*kit.Picker); ok {
			picked = append(picked, p.Picked())
		}
	}
	return picked
}

// TestListIsAsItWasLeft looks at connectors of a list that is narrowed and sorted,
// and at other places, and is where it was each time.
func TestListIsAsItWasLeft(t *testing.T) {
	h := open(t, setup{before: mixed(t)})
	h.filter(platformField, 1) // cloud
	h.filter(stateField, 0)
	h.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	h.typed("example")
	h.canvas.Focus(h.app.screen.(*listScreen).head.headers[connectors.ByName])
	h.key(fyne.KeyReturn) // descending
	as := func(when, row string) {
		t.Helper()
		s := h.app.screen.(*listScreen)
		if got := h.rowNames(); !slices.Equal(got, []string{"Delta", "Charlie", "Bravo"}) {
			t.Errorf("%s: %v", when, got)
		}
		if s.tools.search.Text != "example" || !slices.Equal(h.fields(), []int{1, 0, 0}) {
			t.Errorf("%s: the fields show %q and %v", when, s.tools.search.Text, h.fields())
		}
		if got := h.current(); got != row {
			t.Errorf("%s: %s has the keyboard, want %s", when, got, row)
		}
	}
	h.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	h.key(fyne.KeyDown) // into the list
	as("before", "Delta")
	h.key(fyne.KeyDown, fyne.KeyReturn)
	h.at("details:loaded")
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt)
	as("after the details", "Charlie")
	h.key(fyne.KeyDown, fyne.KeyReturn)
	h.press("Back to the list")
	as("after the next", "Bravo")
	h.app.showPlan(planSpot{})
	h.app.showSetup("")
	h.app.showList("")
	as("after the plan and the set-up", "Bravo")
	h.app.showList("")
	as("after the list itself", "Bravo")

	h.key(desktop.KeyMenu)
	h.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // Only this tenant
	h.key(fyne.KeyReturn)
	h.at("details:loaded")
	h.press("Back to the list")
	if got := h.rowNames(); !slices.Equal(got, []string{"Charlie", "Bravo"}) {
		t.Errorf("one tenant after the details: %v", got)
	}
	h.press("Only b.example  ✕")
	as("all tenants again", "Delta")
}

// TestListShowsWhatTheFilterHides where it is opened for it, whether the filter
// leaves a page or more.
func TestListShowsWhatTheFilterHides(t *testing.T) {
	for _, n := range []int{10, 3 * firstPage} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			h := open(t, setup{before: branches(t, n)})
			h.canvas.Focus(h.app.screen.(*listScreen).head.headers[connectors.ByName])
			h.key(fyne.KeyReturn) // descending
			h.filter(platformField, 2)
			h.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
			h.typed("branch")
			h.app.showPlan(planSpot{})
			made := register(t, h.world, "Customer 0002 fresh", connectors.Connector{})
			h.app.showList(made.ID)
			h.at("list:loaded")
			s := h.app.screen.(*listScreen)
			if got := h.current(); got != made.ID || s.length() != n+1 {
				t.Errorf("%s of %d rows has the keyboard", got, s.length())
			}
			if s.tools.search.Text != "" || !slices.Equal(h.fields(), []int{0, 0, 0}) || !s.filter.desc {
				t.Errorf("the fields show %q and %v, the order is %+v", s.tools.search.Text, h.fields(), s.filter)
			}
		})
	}
}

// TestRowThatIsGone leaves the filter as it is when the row that was looked at no
// longer passes it, and goes on with the next.
func TestRowThatIsGone(t *testing.T) {
	broken := check.Result{ID: "x", Title: "X", Verdict: check.Fail, Diagnoses: []check.Diagnosis{{Code: "x", Title: "Something", Verdict: check.Fail}}}
	h := open(t, setup{before: func(w *workspace.Workspace) {
		for i := range 4 {
			c := register(t, w, fmt.Sprintf("Customer %d", i), connectors.Connector{Tenant: fmt.Sprintf("t%d.example", i)})
			report := check.Report{Started: today.Add(-time.Hour), Checks: []check.Result{broken}}
			if err := w.Keeper.RecordTest(t.Context(), c.ID, report); err != nil {
				t.Fatal(err)
			}
		}
	}})
	h.filter(stateField, 3) // fails
	h.canvas.Focus(h.app.screen.(*listScreen).list)
	h.key(fyne.KeyHome, fyne.KeyDown, fyne.KeyReturn)
	h.at("details:loaded")
	works := check.Report{Started: today, Checks: []check.Result{{ID: "x", Title: "X", Verdict: check.Pass}}}
	if err := h.world.Keeper.RecordTest(t.Context(), "Customer 1", works); err != nil {
		t.Fatal(err)
	}
	h.press("Back to the list")
	if got := h.current(); got != "Customer 2" || h.app.screen.(*listScreen).length() != 3 {
		t.Errorf("%s has the keyboard", got)
	}
	h.key(fyne.KeyEnd, fyne.KeyReturn)
	if err := h.world.Keeper.RecordTest(t.Context(), "Customer 3", works); err != nil {
		t.Fatal(err)
	}
	h.press("Back to the list")
	if got := h.current(); got != "Customer 2" {
		t.Errorf("after the last one, %s has the keyboard", got)
	}
}

// TestBackAsksNoMore asks for the list that was left as often as for one that was
// never narrowed: once, and once for all after the first page.
func TestBackAsksNoMore(t *testing.T) {
	h := open(t, setup{before: branches(t, 3*firstPage)})
	a := &asked{Registry: h.world.Keeper.Registry}
	h.world.Keeper.Registry = a
	back := func() int {
		h.app.showPlan(planSpot{})
		a.times = 0
		h.app.showList("")
		return a.times
	}
	whole := back()
	h.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	h.typed("branch")
	h.key(fyne.KeyReturn, fyne.KeyEnd)
	at := h.current()
	if n := back(); n != whole || whole != 2 || h.current() != at {
		t.Errorf("asked %d and %d times, at %s; it was left at %s", whole, n, h.current(), at)
	}
	h.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	h.typed(" 01")
	if n := back(); n != 1 {
		t.Errorf("asked %d times for what is one page", n)
	}
}

// TestNothingMatches offers the whole list again.
func TestNothingMatches(t *testing.T) {
	h := open(t, setup{before: branches(t, 4)})
	h.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	h.typed("zzz")
	h.key(fyne.KeyDown, fyne.KeyReturn) // there is no row to go to
	h.app.showPlan(planSpot{})
	h.app.showList("")
	if h.entry() != h.app.screen.(*listScreen).tools.search {
		t.Error("the search does not have the keyboard")
	}
	h.press("Show all")
	if got := h.current(); got != "Customer 0000" {
		t.Errorf("%s has the keyboard", got)
	}
}

// TestMenuOfARowKeepsIt returns to the row whose menu the mouse opened.
func TestMenuOfARowKeepsIt(t *testing.T) {
	h := open(t, setup{before: branches(t, 4)})
	for _, o := range h.visible() {
		if v, ok := o.(*rowView); ok && v.drawn.title == "Customer 0002" {
			v.onMenu()
			break
		}
	}
	h.key(fyne.KeyReturn) // Details
	h.at("details:loaded")
	h.press("Back to the list")
	if got := h.current(); got != "Customer 0002" {
		t.Errorf("%s has the keyboard", got)
	}
}
