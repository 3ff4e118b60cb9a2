package app

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/lab/zone"
	"fairlead/workspace"
)

// inLab lets the window ask the name servers of the lab.
func inLab(t *testing.T) func(w *workspace.Workspace) {
	return func(w *workspace.Workspace) {
		n, l, err := workspace.OpenNetwork(t.Context(), workspace.Options{Lab: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		w.Network, w.Lab = n, l
	}
}

// addDomain adds a domain from its table, and comes to its page.
func (h *harness) addDomain(name string) {
	h.t.Helper()
	h.press("Add a domain")
	h.at("dialog:add-domain")
	h.typed(name)
	h.key(fyne.KeyReturn)
	h.at("domain:loaded")
}

// answer types what pages ask for, each text into the field that has the keyboard.
func (h *harness) answer(texts ...string) {
	h.t.Helper()
	for _, text := range texts {
		h.typed(text)
		h.key(fyne.KeyReturn)
	}
}

// account answers the section Account.
func (h *harness) account() {
	h.t.Helper()
	h.shortcut(fyne.Key1, fyne.KeyModifierShortcutDefault)
	h.at("page:account.contact")
	h.answer("Anna Berg", "anna@elsewhere.example", "+49 30 1234567")
}

// TestSetupBegins adds a domain, leaves a section in the middle, and comes back.
func TestSetupBegins(t *testing.T) {
	h := open(t, setup{before: inLab(t)})
	h.app.showSetup("")
	h.at("setup:loaded")
	h.mustSee("No domains yet")
	h.press("Add a domain")
	h.typed("anna@contoso.example")
	h.key(fyne.KeyReturn)
	h.mustSee("This is a mail address")
	h.key(fyne.KeyEscape)
	h.addDomain(zone.Contoso)
	h.mustSee("Account", "Domain validation", "Mail routing", "Directory", "Anti-spoofing", "Journaling", "to do", "Next: Account")
	h.account()
	h.press("Save and quit")
	h.at("domain:loaded")
	h.mustSee("begun", "Go on")
	h.press("Back")
	h.at("setup:loaded")
	h.mustSee(zone.Contoso, "begun", "1 domain.")
	h.key(fyne.KeyRight, fyne.KeyReturn) // the section Account
	h.at("domain:loaded")
	h.press("Go on")
	if where := h.trace[len(h.trace)-1]; where == "page:account.contact" || !strings.HasPrefix(where, "page:account.") {
		t.Errorf("the section goes on at %s", where)
	}
}

// TestSetupTable searches among many domains and removes one.
func TestSetupTable(t *testing.T) {
	h := open(t, setup{before: func(w *workspace.Workspace) {
		inLab(t)(w)
		for i := range 60 {
			d, err := w.Setup().Open(t.Context(), fmt.Sprintf("site%02d.example", i))
			if err != nil {
				t.Fatal(err)
			}
			j, err := w.Setup().Journey(t.Context(), d, "account")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Setup().Keep(t.Context(), d.Name, "account", j); err != nil {
				t.Fatal(err)
			}
		}
	}})
	h.app.showSetup("site41.example")
	h.at("setup:loaded")
	h.mustSee("60 domains.", "site41.example")
	h.shot("setup-many")
	h.typed("site07")
	h.mustSee("1 row of 60 domains.", "site07.example")
	h.key(fyne.KeyReturn, fyne.KeyDelete)
	h.at("dialog:Remove")
	h.press("Remove")
	h.at("setup:loaded")
	h.mustSee("59 domains.")
	h.key(fyne.KeyF5)
	h.at("done:setup")
	h.mustSee("There is nothing to look at yet")
}

// TestCheckDomain shows the whole diagnosis of a domain, with what to type.
func TestCheckDomain(t *testing.T) {
	h := open(t, setup{before: inLab(t)})
	h.app.showSetup("")
	h.press("Check a domain")
	h.at("domain-check")
	h.answer("no domain")
	h.mustSee("This is no domain")
	h.app.showDomainCheck("spf-missing.example")
	h.at("done:domain-check")
	h.mustSee("spf-missing.example has no SPF record", "TXT spf-missing.example", "v=spf1")
	h.shot("setup-check")
	h.press(saveWords)
	h.at("dialog:report")
	h.key(fyne.KeyEscape)
	h.app.showDomainCheck(zone.Contoso)
	h.mustSee("All is in order", "What the SPF record takes")
	h.app.screen.scroll(true)
	h.shot("setup-tree")
}

// TestSetupLooksAgain looks again at a section by F5, on the page and in the table,
// and opens the wizard of the connector that a directory needs.
func TestSetupLooksAgain(t *testing.T) {
	h := open(t, setup{before: inLab(t)})
	h.app.showSetup("")
	h.addDomain(zone.Contoso)
	h.account()
	h.at("page:account.infrastructure")
	h.key(fyne.KeySpace) // Microsoft 365
	h.next("page:account.region")
	h.key(fyne.KeySpace)
	h.section("account")
	h.mustSee("works: Microsoft 365")
	h.shortcut(fyne.Key5, fyne.KeyModifierShortcutDefault)
	h.at("page:spoofing.senders")
	h.next("page:spoofing.test")
	h.next("done:spoofing.test")
	h.section("spoofing")
	h.mustSee("SPF record")
	h.key(fyne.KeyF5)
	h.at("done:domain")
	h.mustSee("Looked again at 1 section.", "SPF record", "works: checked")
	h.shot("setup-looked")
	h.shortcut(fyne.Key4, fyne.KeyModifierShortcutDefault)
	h.at("page:directory.kind")
	h.key(fyne.KeySpace) // Microsoft Entra
	h.section("directory")
	h.mustSee("waits: needs a Microsoft 365 connector")
	h.press("Open the Microsoft 365 wizard")
	if _, at := h.app.screen.(*wizardScreen); !at {
		t.Fatalf("the wizard is not shown: %v", h.trace)
	}
	h.press("Cancel")
	h.at("domain:loaded")
	h.shortcut(fyne.KeyLeft, fyne.KeyModifierAlt)
	h.at("setup:loaded")
	h.shortcut(fyne.KeyR, fyne.KeyModifierShortcutDefault)
	h.at("done:setup")
	h.mustSee("Looked again at 1 section.", "works", "waits", "to do")
}

// section goes on to the summary of a section, keeps it, and is back at the domain.
func (h *harness) section(name string) {
	h.t.Helper()
	h.next("page:" + name + ".keep")
	h.next("page:" + name + ".kept")
	h.next("domain:loaded")
}
