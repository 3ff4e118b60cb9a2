package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/connectors"
)

func (h *harness) drafts() int {
	h.t.Helper()
	drafts, err := h.world.Keeper.Registry.Drafts(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return len(drafts)
}

// TestClosingKeepsADraft closes the window in the middle of the wizard.
func TestClosingKeepsADraft(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.shortcut(fyne.KeyQ, fyne.KeyModifierShortcutDefault)
	if !h.closed || h.drafts() != 1 {
		t.Fatalf("closed: %v, drafts: %d", h.closed, h.drafts())
	}
}

// TestNothingAnsweredKeepsNothing leaves the wizard at once.
func TestNothingAnsweredKeepsNothing(t *testing.T) {
	h := open(t, setup{})
	h.press("New connector")
	h.press("Cancel")
	h.at("list:empty")
	if n := h.drafts(); n != 0 {
		t.Errorf("%d drafts are kept of nothing", n)
	}
}

// TestResume leaves in the middle, comes back, and finishes: the draft is one
// and the same until the connector takes its place.
func TestResume(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.press("Save and quit")
	h.at("list:loaded")
	h.mustSee("Exchange, contoso.com", "Draft: not registered yet", "Waiting since 12:00", "saved now", "0 connectors; 1 draft")
	h.key(fyne.KeyReturn) // the draft's row has the keyboard
	h.at("page:exchange.account")
	if !h.entry().IsPassword() {
		t.Error("the keyboard is not where an answer is missing")
	}
	h.typed(password)
	h.press("Save and quit")
	h.at("list:loaded")
	if n := h.drafts(); n != 1 {
		t.Fatalf("%d drafts after leaving twice", n)
	}
	h.key(fyne.KeyReturn)
	h.typed(password)
	h.next("page:exchange.server")
	h.next("page:exchange.test")
	h.next("done:exchange.test")
	h.next("page:name")
	h.next("page:summary")
	h.next("page:created")
	if n := h.drafts(); n != 0 {
		t.Errorf("%d drafts are left of a registered connector", n)
	}
	h.next("list:loaded")
	h.mustSee("1 connector: 1 works")
}

func TestDeleteDraft(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.press("Save and quit")
	h.key(fyne.KeyDelete)
	h.at("dialog:Delete draft")
	h.mustSee("Delete this draft?", "No connector and no password is touched.")
	h.key(fyne.KeyReturn) // Keep it has the keyboard
	if n := h.drafts(); n != 1 {
		t.Fatal("Enter deletes at once")
	}
	h.key(fyne.KeyDelete)
	h.press("Delete draft")
	h.at("list:empty")
}

// TestDraftCannotBeSaved stays in the wizard, or leaves without a draft, as the
// administrator likes.
func TestDraftCannotBeSaved(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	if err := h.world.Keeper.Registry.Close(); err != nil {
		t.Fatal(err)
	}
	h.shortcut(fyne.KeyQ, fyne.KeyModifierShortcutDefault)
	h.at("dialog:Leave without saving")
	h.mustSee("The draft was not saved")
	h.key(fyne.KeyEscape)
	if h.closed || h.canvas.Overlays().Top() != nil {
		t.Fatal("the window does not stay as it was")
	}
	h.typed("x") // it can be typed into again
	h.mustSee("Does the connection work?", mailbox+"x")
	h.shortcut(fyne.KeyQ, fyne.KeyModifierShortcutDefault)
	h.press("Leave without saving")
	if !h.closed {
		t.Error("the window stays open")
	}
}

// TestClosingWaitsForTheCommit closes the window while the connector is written.
func TestClosingWaitsForTheCommit(t *testing.T) {
	h := open(t, setup{})
	h.toSummary()
	h.held = true
	h.next("busy:summary")
	h.shortcut(fyne.KeyQ, fyne.KeyModifierShortcutDefault)
	h.mustSee("Closing once this is done …")
	if h.closed {
		t.Fatal("the window closed before it was known whether the connector was written")
	}
	h.release()
	all, err := h.world.Keeper.List(t.Context())
	if err != nil || len(all) != 1 || h.drafts() != 0 || !h.closed {
		t.Errorf("%d connectors, %d drafts, closed: %v, %v", len(all), h.drafts(), h.closed, err)
	}
}

// TestDraftOnTheWay finds, after each page, what a program that is killed there
// would have kept: one draft, of the page that it is at, without the password.
func TestDraftOnTheWay(t *testing.T) {
	h := open(t, setup{})
	h.typePassword()
	if n := h.drafts(); n != 1 {
		t.Fatalf("%d drafts after a few pages", n)
	}
	h.next("page:exchange.server")
	d := h.onlyDraft()
	if d.Page != "exchange.server" || !strings.Contains(string(d.Answers), "svc-mail@contoso.com") || strings.Contains(string(d.Answers), password) {
		t.Errorf("the draft is at %s: %s", d.Page, d.Answers)
	}
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt)
	if d := h.onlyDraft(); d.Page != "exchange.account" {
		t.Errorf("the draft is at %s after going back", d.Page)
	}
}

// TestADraftThatWasDeletedStaysDeleted goes on with a wizard whose draft somebody
// else has deleted, and leaves it: only that makes a draft of it again.
func TestADraftThatWasDeletedStaysDeleted(t *testing.T) {
	h := open(t, setup{})
	h.typePassword()
	if err := h.world.Keeper.Registry.DeleteDraft(t.Context(), h.onlyDraft().ID); err != nil {
		t.Fatal(err)
	}
	h.next("page:exchange.server")
	if n := h.drafts(); n != 0 {
		t.Errorf("%d drafts have come back", n)
	}
	h.press("Save and quit")
	h.onlyDraft()
}

func (h *harness) onlyDraft() connectors.Draft {
	h.t.Helper()
	all, err := h.world.Keeper.Registry.Drafts(h.t.Context())
	if err != nil || len(all) != 1 {
		h.t.Fatalf("%d drafts, want 1: %v", len(all), err)
	}
	return all[0]
}

// TestClosingWaitsForTheDraft closes the window once the connector is made, while its
// draft is not deleted yet.
func TestClosingWaitsForTheDraft(t *testing.T) {
	for _, at := range []string{"while it is written", "on the last page"} {
		t.Run(at, func(t *testing.T) {
			h := open(t, setup{})
			h.toSummary()
			h.held = true
			h.next("busy:summary")
			if at == "while it is written" {
				h.shortcut(fyne.KeyQ, fyne.KeyModifierShortcutDefault)
				h.step() // it is registered; the rest is done elsewhere, later
			} else {
				h.step()
				h.at("page:created")
				h.shortcut(fyne.KeyQ, fyne.KeyModifierShortcutDefault)
			}
			if h.closed {
				t.Error("the window has closed before the draft was deleted")
			}
			h.release()
			if n := h.drafts(); n != 0 || !h.closed {
				t.Errorf("%d drafts, closed: %v", n, h.closed)
			}
		})
	}
}
