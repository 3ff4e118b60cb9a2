package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/secret"
)

// CleanUp makes the fake platform leave things behind outside.
func (f *fakeProvider) CleanUp(c providers.Sibling, others []providers.Sibling) []providers.Left {
	if !f.leaves {
		return nil
	}
	return []providers.Left{
		{
			ID: "firewall", Title: "The firewall rule", Text: "Close port 443 of mail.contoso.com.", Where: "Your firewall",
			Keep: providers.RestsToo(others, func(o providers.Sibling) bool {
				return c.Settings["address"] != "" && o.Settings["address"] == c.Settings["address"]
			}),
		},
		{ID: "basic", Title: "Basic authentication of EWS", Text: "Turn it off.", Command: "Set-WebServicesVirtualDirectory -BasicAuthentication $false"},
	}
}

func (f *fakeProvider) Rests(settings map[string]string) []string {
	if settings["url"] == "" {
		return nil
	}
	return []string{settings["url"]}
}

func (f *fakeProvider) Recall(string, []providers.Left) map[string]string { return nil }

func (f *fakeProvider) Organisation(map[string]string) string { return "contoso.com" }

func (f *fakeProvider) Prefill(settings map[string]string) map[string]any {
	return map[string]any{"exchange.address": settings["address"], "exchange.url": settings["url"]}
}

// TestHistory shows when a connector broke and what changed then.
func TestHistory(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	h.fake.broken = true
	h.press("Test again")
	h.at("done:details")
	h.app.showDetails(c.ID)
	h.shortcut(fyne.Key3, fyne.KeyModifierShortcutDefault)
	h.mustSee("It fails since", "did not fail", "Basic sign-in", "passed; now failed: Basic sign-in is not offered", "Save this report …")
	h.shot("light-details-tests")
	h.key(fyne.KeyRight, fyne.KeyReturn)
	h.mustSee("While there is a task, the connector cannot be deleted.")
	h.key(fyne.KeyRight, fyne.KeyReturn)
	h.mustSee("Tested", "Basic sign-in is not offered, by MAIL01", "Registered")
	h.shot("light-details-timeline")
	h.key(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyReturn)
	h.mustSee("Turn on Basic for EWS, on every Exchange server.")
}

// TestTestFromAnotherPart runs a test while the timeline is shown.
func TestTestFromAnotherPart(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.openFirst()
	h.shortcut(fyne.Key5, fyne.KeyModifierShortcutDefault)
	h.press("Test again")
	h.at("done:details")
	h.mustSee("offered: Negotiate, NTLM", "EWS URL")
}

func TestTasks(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	h.shortcut(fyne.Key4, fyne.KeyModifierShortcutDefault)
	h.press("Add a task …")
	h.at("dialog:task")
	h.key(fyne.KeyReturn)
	h.mustSee("The task has no name that can be shown.")
	h.typed("Nightly check")
	h.key(fyne.KeyReturn)
	h.at("details:loaded")
	h.mustSee("Tasks (1)", "Nightly check")
	h.shot("light-details-tasks")

	list := filepath.Join(t.TempDir(), "tasks.csv")
	if err := os.WriteFile(list, []byte("service,task,connector\ncontinuity,Weekly check,"+strings.ReplaceAll(`"`+c.Name+`"`, "\n", "")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.press("Take in a list …")
	h.at("dialog:tasks")
	h.typed(list + "x")
	h.key(fyne.KeyReturn)
	h.mustSee("no such file")
	h.key(fyne.KeyBackspace, fyne.KeyReturn)
	h.mustSee("1 task listed, 1 of them new.")
	h.press("Close")
	h.mustSee("Tasks (2)", "Weekly check")

	h.choose(deleteItem)
	h.mustSee("The connector is in use", "Nightly check", "Weekly check")
	h.press("Close")
	h.press("Remove")
	h.mustSee("Tasks (1)")
}

// TestRotate types a wrong password, a right one, and finds the new one in the
// keyring and the old one gone.
func TestRotate(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	h.choose(rotateItem)
	h.at("page:rotate.secret")
	h.mustSee("What is the new password?", "The old one stays in use until the new one works.")
	h.shot("light-rotate")
	h.typed("Gull-on-the-quay-2")
	h.key(fyne.KeyReturn)
	h.at("page:rotate.test")
	h.fake.broken = true
	h.press("Test connection")
	h.at("done:rotate.test")
	if s, err := h.world.Keeper.Secret(t.Context(), c); err != nil || !s.Equal(secret.New(password)) {
		t.Errorf("a password that does not work has taken the place of the old one: %v", err)
	}
	h.fake.broken = false
	h.press("Run again")
	h.at("done:rotate.test")
	h.press("Next")
	h.at("page:rotate.commit")
	h.mustSee("Put the new password into use?")
	h.press("Put into use")
	h.at("page:rotate.done")
	h.press("Done")
	h.at("details:loaded")
	now, err := h.world.Keeper.Get(t.Context(), c.ID)
	if err != nil || now.Credential.Key == c.Credential.Key {
		t.Fatalf("the record names the old password: %v", err)
	}
	if s, err := h.world.Keeper.Secret(t.Context(), now); err != nil || s.Reveal() != "Gull-on-the-quay-2" {
		t.Errorf("the new password is not in the keyring: %v", err)
	}
	if _, err := h.world.Keeper.Secret(t.Context(), c); err == nil {
		t.Error("the old password is still in the keyring")
	}
	if drafts, err := h.world.Keeper.Registry.Drafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("%d drafts are left: %v", len(drafts), err)
	}
}

// TestRotationIsLeft leaves nothing behind.
func TestRotationIsLeft(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	h.choose(rotateItem)
	h.typed("Gull-on-the-quay-2")
	h.key(fyne.KeyReturn)
	h.at("page:rotate.test")
	h.press("Cancel")
	h.at("details:loaded")
	h.mustSee(c.Name)
	if drafts, err := h.world.Keeper.Registry.Drafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("%d drafts, %v", len(drafts), err)
	}
}

// TestTakeOver has a connector whose password is in somebody else's keyring.
func TestTakeOver(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.world.Keeper.Holder = `MAIL02\bert`
	c := h.openFirst()
	if err := h.world.Keeper.Keyring.Delete(t.Context(), c.Credential.Key); err != nil {
		t.Fatal(err)
	}
	h.mustSee(`MAIL01\anna`, "Change it in the menu to take the connector over.")
	h.choose(rotateItem)
	h.mustSee("You take the connector over", `held by MAIL01\anna`)
	h.typed("Gull-on-the-quay-2")
	h.key(fyne.KeyReturn)
	h.press("Test connection")
	h.press("Next")
	h.press("Put into use")
	h.press("Done")
	now, err := h.world.Keeper.Get(t.Context(), c.ID)
	if err != nil || now.Credential.Holder != `MAIL02\bert` {
		t.Errorf("it is held by %q, %v", now.Credential.Holder, err)
	}
}

// TestEditMeetsAnotherAdmin: both ways out of a conflict.
func TestEditMeetsAnotherAdmin(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	other := func(name string) {
		t.Helper()
		keeper := connectors.Keeper{Registry: h.world.Keeper.Registry, Keyring: h.world.Keeper.Keyring, Session: h.world.Keeper.Session, Now: h.world.Keeper.Now, Holder: `MAIL02\bert`}
		if err := keeper.Edit(t.Context(), c.ID, name, "theirs", 0); err != nil {
			t.Fatal(err)
		}
	}
	h.press("Edit")
	other("Theirs")
	h.now = today.Add(125e9)
	h.entry().SetText("Mine")
	h.press("Save")
	h.at("dialog:changed")
	h.mustSee("Changed by somebody else", `MAIL02\bert changed it 2 minutes ago.`)
	h.shot("light-edit-changed")
	h.press("Reload")
	if h.entry().Text != "Theirs" {
		t.Errorf("after loading again the field says %q", h.entry().Text)
	}
	other("Theirs again")
	h.entry().SetText("Mine")
	h.press("Save")
	h.press("Overwrite")
	h.at("details:loaded")
	if kept, err := h.world.Keeper.Get(t.Context(), c.ID); err != nil || kept.Name != "Mine" {
		t.Errorf("kept %q, %v", kept.Name, err)
	}
}

// TestReplace makes another connector in the place of one, moves its tasks and
// deletes it.
func TestReplace(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	c := h.openFirst()
	use := connectors.Attachment{Service: "continuity", Task: "Nightly check"}
	if err := h.world.Keeper.Attach(t.Context(), c.ID, use); err != nil {
		t.Fatal(err)
	}
	h.choose(replaceItem)
	h.at("page:exchange.prepare")
	h.press("Next")
	if h.entry().Text != "" || h.app.screen.(*wizardScreen).journey.Answers().Text("exchange.address") != c.Settings["address"] {
		t.Errorf("the page is not filled in from the connector")
	}
	fresh, err := h.world.Keeper.Register(t.Context(), connectors.Connector{
		Name: c.Name + " (new)", Provider: c.Provider, Tenant: c.Tenant, Services: c.Services, Settings: c.Settings, Replaces: c.ID,
		LastTest: &check.Report{},
	}, secret.New(password))
	if err != nil {
		t.Fatal(err)
	}
	h.app.showDetails(c.ID)
	h.mustSee(fresh.Name+" has taken its place", "Tasks that still use this one: 1.")
	h.shot("light-replaced")
	h.press("Move 1 task")
	h.at("details:loaded")
	h.mustSee("No task uses this one any more")
	h.press("Delete this connector …")
	h.mustSee("Name of the one that takes its place", "It is called “"+fresh.Name+"” until then.")
	h.shot("light-delete-replaced")
	h.press("Delete")
	h.at("list:loaded")
	now, err := h.world.Keeper.Get(t.Context(), fresh.ID)
	if err != nil || len(now.Attachments) != 1 || now.Replaced || now.Name != c.Name {
		t.Errorf("the new one: %+v, %v", now, err)
	}
	if _, err := h.world.Keeper.Get(t.Context(), c.ID); !errors.Is(err, connectors.ErrNotFound) {
		t.Errorf("the old one: %v", err)
	}
}

// TestCleanUpOfWhatIsUsed: what a connector rests on that was made after the deletion
// has to stay, and nothing says how to take it away until that one is gone too.
func TestCleanUpOfWhatIsUsed(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.fake.leaves = true
	use := func(name string) connectors.Connector {
		c, err := h.world.Keeper.Register(t.Context(), connectors.Connector{
			Name: name, Provider: "exchange", Tenant: "contoso.com", Services: []string{"continuity"},
			Settings: map[string]string{"url": "https://mail.contoso.com/EWS/Exchange.asmx", "address": "svc@contoso.com"},
		}, secret.New(password))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	remove := func(c connectors.Connector) {
		if err := h.world.Delete(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	offered := func(want bool) {
		t.Helper()
		h.app.showCleanUps()
		h.mustSee("Exchange on-premises, contoso.com", "The firewall rule", "Set-WebServicesVirtualDirectory")
		for text, want := range map[string]bool{"Close port 443": want, "Where: Your firewall": want, "“Head office again” rests on it too": !want} {
			if h.sees(text) != want {
				t.Errorf("%q is seen: %v, want %v", text, !want, want)
			}
		}
	}
	remove(use("Head office"))
	offered(true)
	again := use("Head office again")
	file := filepath.Join(t.TempDir(), "list.md")
	h.press("Save list …") // what is seen is older
	h.entry().SetText(file)
	h.press("Save")
	h.mustSee("The list is written")
	h.press("Close")
	if text, err := os.ReadFile(file); err != nil || strings.Contains(string(text), "Close port") || !strings.Contains(string(text), "Head office again") {
		t.Errorf("the file says %q, %v", text, err)
	}
	offered(false)
	h.shot("light-clean-up-of-what-is-used")
	remove(again)
	offered(true)
}

// TestCleanUp deletes a connector, ticks off what it has left behind, and finds
// the rest after a restart.
func TestCleanUp(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.fake.leaves = true
	c := h.openFirst()
	h.choose(deleteItem)
	h.press("Delete")
	h.at("clean-up:loaded")
	h.mustSee("Clean-up", c.Name, "0 of 2 done.", "The firewall rule", "Where: Your firewall", "Set-WebServicesVirtualDirectory")
	h.shot("light-clean-up")
	h.key(fyne.KeyTab, fyne.KeyTab) // connectors, clean-up
	s := h.app.screen.(*cleanUpScreen)
	h.canvas.Focus(s.boxes[c.ID+" firewall"])
	h.key(fyne.KeySpace)
	h.at("clean-up:ticked")
	h.mustSee("1 of 2 done.", `by MAIL01\anna`)
	if h.canvas.Focused() != fyne.Focusable(h.app.screen.(*cleanUpScreen).boxes[c.ID+" firewall"]) {
		t.Error("the box that was ticked has lost the keyboard")
	}
	h.key(fyne.KeySpace) // not done after all
	h.mustSee("0 of 2 done.")
	h.key(fyne.KeySpace)
	file := filepath.Join(t.TempDir(), "list.md")
	h.press("Save list …")
	h.entry().SetText(file)
	h.press("Save")
	h.mustSee("The list is written")
	h.press("Close")
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "- [x] Done on") {
		t.Errorf("the file says %q, %v", text, err)
	}
	h.press("Back to the list")
	h.app.showCleanUps() // as after a restart: it is read anew
	h.mustSee("1 of 2 done.", "Basic authentication of EWS")
	h.canvas.Focus(h.app.screen.(*cleanUpScreen).boxes[c.ID+" basic"])
	h.key(fyne.KeySpace)
	h.app.showCleanUps()
	h.mustSee("Nothing is left to clean up.")
}
