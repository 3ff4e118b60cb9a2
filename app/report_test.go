package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// openSave opens the dialog that saves a report, and returns the folder that it
// offers.
func openSave(t *testing.T) (h *harness, folder string) {
	t.Helper()
	h = open(t, setup{before: fill(t)})
	folder = t.TempDir()
	t.Setenv("HOME", folder)
	t.Setenv("USERPROFILE", folder)
	h.openFirst()
	h.press(saveWords)
	h.at("dialog:report")
	return h, folder
}

// files are the names of what is in a folder.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestEnterSavesOnce: Enter pressed again while the file is written does not
// write it again, which would complain that it is there.
func TestEnterSavesOnce(t *testing.T) {
	h, folder := openSave(t)
	h.held = true
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	if len(h.later) != 1 {
		t.Errorf("it is written %d times", len(h.later))
	}
	h.release()
	if h.canvas.Overlays().Top() != nil {
		t.Error("the dialog is still there")
	}
	if names := files(t, folder); len(names) != 1 || filepath.Ext(names[0]) != ".html" {
		t.Errorf("the folder has %v", names)
	}
}

// TestSlowSave: the window speaks of the file, not of the keyring, and who does
// not want to wait can save again.
func TestSlowSave(t *testing.T) {
	h, folder := openSave(t)
	h.held = true
	h.key(fyne.KeyReturn)
	h.pass(patience)
	h.at("dialog:waiting")
	h.mustSee("The file is not written yet.")
	if h.sees("keyring") {
		t.Error("it speaks of the keyring")
	}
	h.press("Stop waiting")
	h.release()
	h.mustSee("Fairlead waits no longer.")
	if names := files(t, folder); len(names) != 0 {
		t.Errorf("the folder has %v", names)
	}
	h.key(fyne.KeyReturn)
	if names := files(t, folder); len(names) != 1 || h.canvas.Overlays().Top() != nil {
		t.Errorf("the folder has %v", names)
	}
}

// TestSaveSaysWhyNot: what is there already is not replaced.
func TestSaveSaysWhyNot(t *testing.T) {
	h, folder := openSave(t)
	if err := os.Mkdir(filepath.Join(folder, "x.html"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(folder, "x.html"):         "There is a folder of this name",
		filepath.Join(folder, "none", "r.html"): "The report cannot be written",
		filepath.Join(folder, "letter.docx"):    "ends in .html, .txt or .json",
	} {
		h.entry().Fill(path)
		h.key(fyne.KeyReturn)
		h.mustSee(want)
	}
}
