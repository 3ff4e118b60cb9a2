package app

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/connectors"
)

// picked are the names of what is picked.
func (h *harness) picked() (names []string) {
	s := h.app.screen.(*listScreen)
	rows, err := h.world.Keeper.Registry.Rows(h.t.Context(), s.picked())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range rows {
		names = append(names, r.Name)
	}
	return names
}

// hold holds modifiers down while something is done.
func (h *harness) hold(m fyne.KeyModifier, do func()) {
	s := h.app.screen.(*listScreen)
	s.list.Modifiers = func() fyne.KeyModifier { return m }
	do()
	s.list.Modifiers = func() fyne.KeyModifier { return 0 }
}

func TestPick(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	s := h.app.screen.(*listScreen)
	const a, b, c, d = "Exchange, site0.example", "Exchange, site1.example", "Exchange, site2.example", "Exchange, site3.example"
	want := func(when string, names ...string) {
		t.Helper()
		if got := h.picked(); !slices.Equal(got, names) {
			t.Errorf("%s: %v is picked, want %v", when, got, names)
		}
	}
	h.key(fyne.KeySpace)
	want("Space", a)
	h.mustSee("1 picked")
	h.hold(fyne.KeyModifierShift, func() { h.key(fyne.KeyDown, fyne.KeyDown) })
	want("Shift and two arrows", a, b, c)
	h.hold(fyne.KeyModifierShift, func() { h.key(fyne.KeyUp) })
	want("and back", a, b)
	h.hold(fyne.KeyModifierShortcutDefault, func() { s.list.Press(3) })
	want("Ctrl and a click", a, b, d)
	h.hold(fyne.KeyModifierShift, func() { s.list.Press(2) })
	want("Shift and a click", c, d)
	s.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	want("Ctrl+A", a, b, c, d)
	h.shot("light-list-picked")
	h.key(fyne.KeyEscape)
	want("Escape")
	if h.sees("picked") {
		t.Error("nothing is picked and the bar is still there")
	}
	h.hold(fyne.KeyModifierShift, func() { h.key(fyne.KeyDown) })
	want("Shift and an arrow with nothing picked", c, d)
}

// TestTestPicked tests several: each row tells its state by then, and the line
// what it came to.
func TestTestPicked(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.fake.broken = true
	h.key(fyne.KeyEnd, fyne.KeySpace, fyne.KeyUp, fyne.KeySpace)
	h.press("Test")
	h.at("done:list")
	h.mustSee("2 tested.")
	counts, err := h.world.Keeper.Registry.Counts(t.Context(), connectors.Query{})
	if err != nil || counts[connectors.Fails] != 2 {
		t.Errorf("%v, %v: both fail by now", counts, err)
	}
	h.pass(listGlance)
	h.mustSee("4 connectors: 1 works, 1 warns, 2 fail")
	if len(h.fake.options) != 2 || !h.fake.options[0].Unattended {
		t.Errorf("the tests were made with %+v", h.fake.options)
	}
}

// TestDeletePicked deletes what can be deleted, after one question that names
// what goes and what stays.
func TestDeletePicked(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	all, err := h.world.Keeper.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.world.Keeper.Attach(t.Context(), all[1].ID, connectors.Attachment{Service: "continuity", Task: "Head office"}); err != nil {
		t.Fatal(err)
	}
	h.key(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeyDelete)
	h.at("dialog:Delete")
	h.mustSee("Delete 2 connectors?", all[0].Name+all[2].Name, "In use, these stay", all[1].Name+": Head office")
	h.key(fyne.KeyReturn) // Keep them has the keyboard
	h.key(fyne.KeyDelete, fyne.KeyTab, fyne.KeyReturn)
	h.mustSee("2 deleted.", "2 connectors")
	for _, i := range []int{0, 2} {
		if _, err := h.world.Keeper.Get(t.Context(), all[i].ID); !errors.Is(err, connectors.ErrNotFound) {
			t.Errorf("%s: %v", all[i].Name, err)
		}
	}
	if left := h.picked(); !slices.Equal(left, []string{all[1].Name}) {
		t.Errorf("%v is picked", left)
	}
	h.key(fyne.KeyDelete)
	h.mustSee("All of these are in use", "Continuity, Head office")
}

// TestTasksOf names what uses connectors, as much of it as there is room for.
func TestTasksOf(t *testing.T) {
	var all []connectors.Connector
	for i := range 7 {
		c := connectors.Connector{Name: fmt.Sprintf("Site %d", i)}
		for n := range i + 1 {
			c.Attachments = append(c.Attachments, connectors.Attachment{Service: "continuity", Task: fmt.Sprintf("T%d", n)})
		}
		all = append(all, c)
	}
	want := "Site 0: T0\nSite 1: T0, T1\nSite 2: T0, T1, T2\nSite 3: T0, T1, T2, and 1 more\nSite 4: T0, T1, T2, and 2 more\nand 2 more"
	if got := tasksOf(all); got != want {
		t.Errorf("%s", got)
	}
}
