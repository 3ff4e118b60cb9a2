package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
	"fairlead/workspace"
)

// openRow opens the details of the first connector.
func (h *harness) openFirst() connectors.Connector {
	h.t.Helper()
	all, err := h.world.Keeper.List(h.t.Context())
	if err != nil || len(all) == 0 {
		h.t.Fatalf("%d connectors, %v", len(all), err)
	}
	h.app.showDetails(all[0].ID)
	h.at("details:loaded")
	return all[0]
}

func TestFailedConnectorShowsItsRemedy(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.app.showDetails(h.app.screen.(*listScreen).ids[2])
	h.mustSee("Basic sign-in is not offered", "Turn it on.", "0 checks passed, 1 failed.")
	h.shot("light-details-failed")
}

func TestTestAgain(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	h.fake.broken = true
	h.press("Test again")
	h.at("done:details")
	h.mustSee("Basic sign-in is not offered", "Turn on Basic for EWS, on every Exchange server.")
	if len(h.fake.passwords) != 1 || !h.fake.passwords[0].Equal(secret.New(password)) {
		t.Error("the test did not get the password of the keyring")
	}
	kept, err := h.world.Keeper.Get(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if state, _ := kept.State(); state != connectors.Fails {
		t.Errorf("the state that was kept is %q", state)
	}
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt)
	h.at("list:loaded")
}

// TestTestAgainAsksForThePassword has a connector whose password is not in the
// keyring any more.
func TestTestAgainAsksForThePassword(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	if err := h.world.Keeper.Keyring.Delete(t.Context(), c.Credential.Key); err != nil {
		t.Fatal(err)
	}
	h.press("Test again")
	h.at("dialog:password")
	h.key(fyne.KeyReturn)
	h.mustSee("Type the password.")
	h.typed("Only-For-Now-1")
	field := h.entry()
	h.key(fyne.KeyReturn)
	h.at("done:details")
	if field.Text != "" {
		t.Errorf("the field still holds %q", field.Text)
	}
	if len(h.fake.passwords) != 1 || h.fake.passwords[0].Reveal() != "Only-For-Now-1" {
		t.Error("the test did not get what was typed")
	}
	if _, err := h.world.Keeper.Secret(t.Context(), c); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("what was typed for one test was kept: %v", err)
	}
}

func TestStoppedTestIsNotKept(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	s := h.app.screen.(*detailsScreen)
	suite := h.fake.suite()
	h.held = true
	s.run(&running{}, suite)
	h.at("busy:details")
	h.press("Stop")
	h.release()
	h.at("done:details")
	h.mustSee("Test not finished")
	kept, err := h.world.Keeper.Get(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if state, _ := kept.State(); state != connectors.Works {
		t.Errorf("a test that was stopped changed the state to %q", state)
	}
}

func TestEdit(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	h.press("Edit")
	h.at("dialog:edit")
	h.mustSee("Everything else was proven by the test, so it stays as it is.")
	h.entry().SetText("Exchange, site1.example") // the name of another one
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	h.at("dialog:edit")
	if h.sees("Saved") || !h.sees("name") {
		t.Fatal("a name that is taken is not refused")
	}
	h.entry().SetText("Head office")
	h.key(fyne.KeyReturn)
	h.typed("Mail team")
	h.key(fyne.KeyReturn)
	h.at("details:loaded")
	h.mustSee("Head office", "Mail team")
	kept, err := h.world.Keeper.Get(t.Context(), c.ID)
	if err != nil || kept.Name != "Head office" || kept.Description != "Mail team" {
		t.Errorf("kept %q and %q, %v", kept.Name, kept.Description, err)
	}
}

func TestDelete(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	h.choose(deleteItem)
	h.at("dialog:Delete")
	h.mustSee("Delete this connector?", c.Name, c.Tenant, c.Credential.Key, "Nothing changes on the server")
	h.key(fyne.KeyEscape)
	if _, err := h.world.Keeper.Get(t.Context(), c.ID); err != nil {
		t.Fatalf("Esc deletes: %v", err)
	}
	h.choose(deleteItem)
	h.press("Delete") // the one of the dialog
	h.at("list:loaded")
	if _, err := h.world.Keeper.Get(t.Context(), c.ID); !errors.Is(err, connectors.ErrNotFound) {
		t.Errorf("the record is still there: %v", err)
	}
	if _, err := h.world.Keeper.Secret(t.Context(), c); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("the password is still there: %v", err)
	}
}

func TestAttachedConnectorIsNotDeleted(t *testing.T) {
	h := open(t, setup{before: func(w *workspace.Workspace) {
		fill(t)(w)
		all, err := w.Keeper.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		use := connectors.Attachment{Service: "continuity", Task: "Nightly check"}
		if err := w.Keeper.Attach(t.Context(), all[0].ID, use); err != nil {
			t.Fatal(err)
		}
	}})
	c := h.openFirst()
	h.mustSee("Used by", "Continuity: Nightly check")
	h.choose(deleteItem)
	h.mustSee("The connector is in use", "Nightly check")
	h.key(fyne.KeyReturn) // shows the tasks
	if s := h.app.screen.(*detailsScreen); s.part != partTasks || h.canvas.Overlays().Top() != nil {
		t.Errorf("part %d is shown, want the tasks", s.part)
	}
	if _, err := h.world.Keeper.Get(t.Context(), c.ID); err != nil {
		t.Errorf("it was deleted all the same: %v", err)
	}
}

// TestGoneMeanwhile opens a connector that another program has deleted.
func TestGoneMeanwhile(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.app.showDetails("no such id")
	h.mustSee("The connector cannot be shown", "another window or the terminal has deleted it")
	h.press("Close")
	h.mustSee("4 connectors")
}

// reaching goes through the window by Tab, once around, and fails the test where
// what has the keyboard inside the details is out of sight. It returns how often it
// stopped inside.
func (h *harness) reaching() (inside int) {
	h.t.Helper()
	body := h.app.screen.(*detailsScreen).body
	place := func(o fyne.CanvasObject) fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	}
	top, start := place(body).Y, h.canvas.Focused()
	bottom := top + body.Size().Height
	for range 100 {
		h.key(fyne.KeyTab)
		o := h.canvas.Focused().(fyne.CanvasObject)
		if at := place(o); at.X > sideWidth && at.Y+o.Size().Height/2 < bottom {
			inside++
			if at.Y < top || at.Y+o.Size().Height > bottom {
				h.t.Errorf("%T from %v to %v has the keyboard, of %v to %v in sight", o, at.Y, at.Y+o.Size().Height, top, bottom)
			}
		} else if at.X > sideWidth && at.Y < bottom {
			h.t.Errorf("%T at %v is half out of sight", o, at.Y)
		}
		if h.canvas.Focused() == start {
			return inside
		}
	}
	h.t.Fatal("Tab never comes round")
	return 0
}

// TestKeyboardStaysInSight walks by Tab around details that are longer than the
// window, and back up to their top.
func TestKeyboardStaysInSight(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	old, _ := h.replaced()
	for i := range 20 {
		use := connectors.Attachment{Service: "continuity", Task: fmt.Sprintf("Task %02d", i)}
		if err := h.world.Keeper.Attach(t.Context(), old.ID, use); err != nil {
			t.Fatal(err)
		}
	}
	h.app.showDetails(old.ID)
	for part, least := range map[detailsPart]int{partOverview: 7, partTasks: 28} {
		h.app.screen.(*detailsScreen).show(part)
		if n := h.reaching(); n < least {
			t.Errorf("part %d has %d stops, want %d at least", part, n, least)
		}
		h.canvas.Focus(h.app.screen.(*detailsScreen).bar.back)
		h.canvas.FocusPrevious() // the last thing inside
		h.canvas.Focus(h.button("Move 20 tasks"))
		h.mustBeAtTop()
	}
}

// mustBeAtTop fails the test unless the title of the details is in sight.
func (h *harness) mustBeAtTop() {
	h.t.Helper()
	for _, o := range h.visible() {
		if title, ok := o.(*canvas.Text); ok && title.Text == h.app.screen.(*detailsScreen).connector.Name {
			if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y; y < 0 {
				h.t.Errorf("the title stands at %v", y)
			}
			return
		}
	}
	h.t.Error("there is no title")
}

// TestDetailsOpenAtTheTop has a remedy that is longer than the window.
func TestDetailsOpenAtTheTop(t *testing.T) {
	for _, verdict := range []check.Verdict{check.Warn, check.Fail} {
		h := open(t, setup{before: func(w *workspace.Workspace) {
			c := register(t, w, "Long", connectors.Connector{})
			report := check.Report{Started: today}
			for i := range 12 {
				report.Checks = append(report.Checks, check.Result{ID: fmt.Sprint(i), Title: "Check", Verdict: check.Pass})
			}
			report.Checks[9].Verdict = verdict
			report.Checks[9].Diagnoses = []check.Diagnosis{{Code: "x", Title: "It is so", Verdict: verdict, Remedy: strings.Repeat("Do this.\n\n", 30)}}
			if err := w.Keeper.RecordTest(t.Context(), c.ID, report); err != nil {
				t.Fatal(err)
			}
		}})
		h.key(fyne.KeyReturn)
		h.at("details:loaded")
		h.mustSee("It is so", "Do this.")
		h.mustBeAtTop()
	}
}

// TestKeyboardAfterTasks gives the keyboard to what follows from moving, adding and
// removing tasks.
func TestKeyboardAfterTasks(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	has := func(want *kit.Button) {
		t.Helper()
		if h.canvas.Focused() != fyne.Focusable(want) {
			t.Errorf("%T has the keyboard, want %q", h.canvas.Focused(), want.Text())
		}
	}
	old, _ := h.replaced()
	s := h.app.screen.(*detailsScreen)
	s.show(partTasks)
	for _, name := range []string{"One", "Two", "Three"} {
		h.press("Add a task …")
		h.typed(name)
		h.key(fyne.KeyReturn)
		h.at("details:loaded")
		has(s.uses.add)
	}
	for left := 3; left > 1; left-- {
		h.canvas.Focus(s.uses.remove[1])
		h.key(fyne.KeyReturn)
		has(s.uses.remove[min(1, left-2)])
	}
	h.key(fyne.KeyReturn)
	has(s.uses.add)
	if err := h.world.Keeper.Attach(t.Context(), old.ID, connectors.Attachment{Service: "continuity", Task: "Four"}); err != nil {
		t.Fatal(err)
	}
	h.app.showDetails(old.ID)
	h.press("Move 1 task")
	has(h.button("Delete this connector …"))
}
