package exchange

import (
	"strings"
	"testing"

	"fairlead/wizard/page"
)

// TestFoundNote: where the address comes from is said beside it, and a guess is
// never shown as something that was found.
func TestFoundNote(t *testing.T) {
	const mail, other = "https://mail.contoso.com" + servicePath, "https://www.contoso.com" + servicePath
	for _, test := range []struct {
		name, found, where, typed string
		tone                      page.Tone
		label, hint               string
	}{
		{"named", mail, "Autodiscover (JSON) at contoso.com", mail, page.Good, "Found by Autodiscover", "Autodiscover (JSON) at contoso.com named it."},
		{"named, and another typed", mail, "Autodiscover (JSON) at contoso.com", other, page.Heed, "Not what Autodiscover says", "named " + mail},
		{"guessed", mail, guessMark + "The DNS record x names y.", mail, page.Heed, "A guess: check it", "The DNS record x names y. Compare it"},
		{"guessed, and another typed", mail, guessMark + "The DNS record x names y.", other, page.Heed, "Not what was guessed", "The guess was " + mail + ". The DNS"},
		{"not found", "", "Autodiscover names no EWS address", "", page.Heed, "Not found: type it", "Autodiscover names no EWS address"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := page.NewAnswers()
			a.Set(keyFoundURL, test.found)
			a.Set(keyFoundWhere, test.where)
			a.Set(keyURL, test.typed)
			note := foundNote(a)
			if note.Tone != test.tone || note.Label != test.label || !strings.HasPrefix(note.Hint, test.hint) && !strings.Contains(note.Hint, test.hint) {
				t.Errorf("the note is %v, %q, %q", note.Tone, note.Label, note.Hint)
			}
		})
	}
}
