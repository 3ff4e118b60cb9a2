package exchange

import (
	"strings"
	"testing"

	"fairlead/lab"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// TestFoundNote: where the address comes from is said beside it, and a guess is
// never shown as something that was found.
func TestFoundNote(t *testing.T) {
	const mail, other = "https://mail.contoso.com" + servicePath, "https://www.contoso.com" + servicePath
	for _, test := range []struct {
		name, found, where string
		guess              bool
		typed              string
		tone               page.Tone
		label, hint        string
	}{
		{"named", mail, "Autodiscover (JSON) at contoso.com", false, mail, page.Good, "Found by Autodiscover", "Autodiscover (JSON) at contoso.com named it."},
		{"named, and another typed", mail, "Autodiscover (JSON) at contoso.com", false, other, page.Heed, "Not what Autodiscover says", "named " + mail},
		{"guessed", mail, "The DNS record x names y.", true, mail, page.Heed, "A guess: check it", "The DNS record x names y. Compare it"},
		{"guessed, and another typed", mail, "The DNS record x names y.", true, other, page.Heed, "Not what was guessed", "The guess was " + mail + ". The DNS"},
		{"not found", "", "Autodiscover names no EWS address", false, "", page.Heed, "Not found: type it", "Autodiscover names no EWS address"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := page.NewAnswers()
			a.Set(keyFoundURL, test.found)
			a.Set(keyFoundWhere, test.where)
			a.Set(keyFoundGuess, test.guess)
			a.Set(keyURL, test.typed)
			note := foundNote(a)
			if note.Tone != test.tone || note.Label != test.label || !strings.HasPrefix(note.Hint, test.hint) && !strings.Contains(note.Hint, test.hint) {
				t.Errorf("the note is %v, %q, %q", note.Tone, note.Label, note.Hint)
			}
		})
	}
}

// TestFindKeepsWhatItIs: an address that is looked for anew is shown as what it
// is now, whatever the one before it was.
func TestFindKeepsWhatItIs(t *testing.T) {
	l := startLab(t)
	a := page.NewAnswers()
	a.Set(keyAddress, lab.Address)
	for _, step := range []struct {
		without bool // Autodiscover in JSON
		label   string
	}{{false, "Found by Autodiscover"}, {true, "A guess: check it"}, {false, "Found by Autodiscover"}} {
		if err := l.Set("autodiscover-without-json", step.without); err != nil {
			t.Fatal(err)
		}
		changes, err := find(t.Context(), providers.Env{Network: l.Network()}, a, func(page.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		for key, value := range changes {
			a.Set(key, value)
		}
		if note := foundNote(a); note.Label != step.label || !strings.Contains(note.Hint, "autodiscover.contoso.example") {
			t.Errorf("without JSON %v: %q, %q", step.without, note.Label, note.Hint)
		}
	}
}
