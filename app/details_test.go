package app

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

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
