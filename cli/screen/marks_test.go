package screen

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestMarks looks for the marks in the code pages that the fonts of the console
// of Windows were made for.
func TestMarks(t *testing.T) {
	pass, fail := marks(true)
	for _, mark := range []string{pass, fail} {
		_, dos := charmap.CodePage437.NewEncoder().String(mark)
		_, windows := charmap.Windows1252.NewEncoder().String(mark)
		if dos != nil && windows != nil {
			t.Errorf("%s is in none of the code pages", mark)
		}
	}
	if pass == fail {
		t.Error("both marks look the same")
	}
}
