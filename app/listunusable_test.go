package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// TestWhatIsLeftOut shows what would not be taken in, each by its kind, and takes
// in the rest.
func TestWhatIsLeftOut(t *testing.T) {
	folder := home(t)
	h := open(t, setup{before: fill(t)})
	path := filepath.Join(folder, "some.csv")
	const table = "name,provider,tenant,services\n" +
		"Old mail,lotus,a.example,continuity\n" +
		"New mail,exchange,b.example,continuity\n" +
		"Same mail,exchange,b.example,continuity\n"
	if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	h.more(2)
	h.at("dialog:Look what would change")
	h.entry().SetText(path)
	h.key(fyne.KeyReturn)
	h.at("dialog:preview")
	h.mustSee("1 new, 0 changed, 0 the same, 2 left out.", "What is unusable, in conflict or a duplicate is left out.",
		"Unusable, line 2: Old mail", "There is no provider \"lotus\".", "Duplicate, line 4: Same mail", "New: New mail", "Take in the rest")
	h.press("Take in the rest")
	h.at("dialog:missing")
	h.mustSee("New mail")
	h.press("Later")
	h.mustSee("5 connectors")
}
