package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	simulated "fairlead/lab/google"
	"fairlead/providers"
	"fairlead/providers/google"
	"fairlead/wizard/page"
)

// TestAKeyFileIsDropped drops files on a wizard that asks for a key, before that
// page, on it, and with a folder among them.
func TestAKeyFileIsDropped(t *testing.T) {
	h := open(t, setup{})
	pages := google.Provider{Catalogue: h.world.Catalogue}.Pages(providers.Env{Keyring: h.world.Env.Keyring})
	h.app.showWizard(page.Start(page.Flow{
		ID: "google", Title: "New connector", Label: func(*page.Answers) string { return "Workspace" },
		Pages: func(*page.Answers) []page.Page { return pages },
	}), "")
	key := filepath.Join(t.TempDir(), "schlüssel 1.json")
	if err := os.WriteFile(key, simulated.KeyFile(simulated.NewAccount), 0o600); err != nil {
		t.Fatal(err)
	}
	drop := func(path string) { h.app.dropped(fyne.NewPos(400, 300), []fyne.URI{storage.NewFileURI(path)}) }
	drop(key)
	h.next("page:google.customer")
	h.typed(simulated.CustomerID)
	h.key(fyne.KeyReturn)
	h.typed(simulated.Mailbox)
	h.next("page:google.client")
	if h.sees("Choose …") {
		t.Error("a file was taken by a page that asks for none")
	}
	h.app.dropped(fyne.NewPos(0, 0), nil)
	drop(filepath.Dir(key))
	h.mustSee("Choose …", "Key file")
	h.app.screen.(*wizardScreen).set("google.scopes", simulated.MailScope) // the catalogue would say, for a service
	h.next("done:google.client")
	h.mustSee("This is a folder")
	drop(key)
	if h.sees("This is a folder") {
		t.Error("what was wrong with another file still stands there")
	}
	h.shot("light-key-file")
	h.next("page:google.delegation")
	h.mustSee(simulated.ClientID(simulated.NewAccount))
}
