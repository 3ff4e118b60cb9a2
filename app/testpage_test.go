package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// TestFailedCheckOpens shows the remedy of the first check that failed.
func TestFailedCheckOpens(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.fake.broken = true
	h.next("done:exchange.test")
	h.shot("light-failed")
	h.mustSee("Basic sign-in is not offered", "6 checks passed, 1 failed, 3 wait for it, seen from this computer.",
		"Turn on Basic for EWS, on every Exchange server.",
		"Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -BasicAuthentication $true",
		"Why it may be so, the most likely first", "A load balancer removes the header.", "Where to look",
		"skipped: needs Basic sign-in")
	row, ok := h.canvas.Focused().(*kit.Item)
	if !ok || row.Look().Title != "Basic sign-in" || !row.Look().Open {
		t.Fatalf("%T has the keyboard, want the row that failed", h.canvas.Focused())
	}
	h.press("Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.HasSuffix(got, "-BasicAuthentication $true") {
		t.Errorf("the clipboard holds %q", got)
	}
	if h.sees("WWW-Authenticate: Negotiate") {
		t.Error("the evidence is shown before anybody asks")
	}
	h.press("Show what the server said")
	h.mustSee("basic: HTTP/1.1 401 Unauthorized", "WWW-Authenticate: Negotiate")
	h.canvas.Focus(row)
	h.key(fyne.KeySpace)
	if h.sees("Turn on Basic for EWS") {
		t.Error("Space does not close the row")
	}
	h.fake.broken = false
	h.next("done:exchange.test")
	h.mustSee("The connection works")
	if h.sees("Turn on Basic for EWS") {
		t.Error("the remedy outlives the failure")
	}
}

// TestAnyRowOpens opens a row that passed, by arrow key and by mouse.
func TestAnyRowOpens(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.next("done:exchange.test")
	rows := h.app.screen.(*wizardScreen).page.test.rows
	h.canvas.Focus(rows[0].item)
	h.key(fyne.KeyDown, fyne.KeyReturn)
	h.mustSee("What was seen", "port: HTTP/1.1 401 Unauthorized")
	rows[2].item.Tapped(&fyne.PointEvent{})
	h.mustSee("tls: HTTP/1.1 401 Unauthorized")
	h.key(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp) // ends at the first
	if h.canvas.Focused() != fyne.Focusable(rows[0].item) {
		t.Error("Up does not go to the row above")
	}
}

// TestOpenedRowIsInSight keeps the opened row and its remedy above the buttons.
func TestOpenedRowIsInSight(t *testing.T) {
	h := open(t, setup{})
	h.toTest()
	h.fake.broken = true
	h.next("done:exchange.test")
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject(h.canvas.Focused().(*kit.Item)).Y
	if where < 60 || where > windowHeight-200 {
		t.Errorf("the row that failed stands at %v of %v", where, windowHeight)
	}
}

func TestSaveReport(t *testing.T) {
	h := open(t, setup{})
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	h.toTest()
	h.fake.broken = true
	h.next("done:exchange.test")
	h.press(saveWords)
	h.at("dialog:report")
	path := h.entry().Text
	if filepath.Dir(path) != home {
		t.Fatalf("the report would go to %s", path)
	}
	h.key(fyne.KeyReturn)
	if h.canvas.Overlays().Top() != nil {
		t.Fatal("the dialog stays open after saving")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<!DOCTYPE html>", "Basic sign-in is not offered", "BasicAuthentication", "6 checks passed", address} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the report lacks %q:\n%s", want, data)
		}
	}
	if strings.Contains(string(data), password) {
		t.Error("the password is in the report")
	}
	h.press(saveWords)
	h.key(fyne.KeyReturn)
	h.mustSee("There is a file of this name already; choose another name.")
	h.press("Copy instead")
	copied := fyne.CurrentApp().Clipboard().Content()
	if !strings.Contains(copied, "Evidence of Name") || !strings.Contains(copied, address) {
		t.Errorf("the clipboard does not hold the report: %s", copied)
	}
	fyne.CurrentApp().Clipboard().SetContent("")
	h.press(copyWords)
	if got := fyne.CurrentApp().Clipboard().Content(); got != copied {
		t.Errorf("the other button copies %s", got)
	}
	h.mustSee("Copied")
}

// TestSaveReportMasked chooses form, region and mask by keyboard.
func TestSaveReportMasked(t *testing.T) {
	h := open(t, setup{})
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	h.toTest()
	h.next("done:exchange.test")
	h.press(saveWords)
	path := strings.TrimSuffix(h.entry().Text, ".html") + ".txt"
	h.press("Folder …")
	h.canvas.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) // gives up that, not the whole
	h.key(fyne.KeyTab, fyne.KeyTab)                             // past the folder, to the form
	h.pick(1)
	h.key(fyne.KeyTab)
	h.pick(2)
	h.key(fyne.KeyTab, fyne.KeySpace)
	h.press("Save")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	local, _, _ := strings.Cut(address, "@")
	if strings.Contains(string(data), local) || !strings.Contains(string(data), local[:1]+"***@") {
		t.Errorf("names are not masked:\n%s", data)
	}
	for _, want := range []string{"Firewall checklist, Germany", "[ ] 51.163.158.0/24"} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the report lacks %q:\n%s", want, data)
		}
	}
}

// pick opens the picker that has the keyboard and takes an entry, counted from 0.
func (h *harness) pick(entry int) {
	h.t.Helper()
	if _, ok := h.canvas.Focused().(*kit.Picker); !ok {
		h.t.Fatalf("%T has the keyboard, want a picker", h.canvas.Focused())
	}
	picker := h.canvas.Focused()
	h.key(fyne.KeyReturn)
	for range entry {
		h.key(fyne.KeyDown)
	}
	h.key(fyne.KeyReturn)
	if h.canvas.Focused() != picker {
		h.t.Fatalf("after the menu %T has the keyboard", h.canvas.Focused())
	}
}
