package page

import (
	"strings"
	"testing"

	"fairlead/secret"
)

// TestAWholeFileAsASecret takes a key with its line breaks, and keeps one that
// was pasted into the wrong field out of the draft.
func TestAWholeFileAsASecret(t *testing.T) {
	key := "{\n" + strings.Repeat("k", MaxText) + "\n}"
	j := Start(Flow{ID: "key", Pages: func(*Answers) []Page {
		return []Page{{ID: "key", Fields: func(*Answers) []Field {
			return []Field{{Key: "file", Kind: Text, Label: "File"}, {Key: "key", Kind: Secret, Label: "Key", Long: true}}
		}}}
	}})
	j.Set("key", secret.New(key))
	if err := j.Leave("key"); err != nil {
		t.Errorf("a key is refused: %v", err)
	}
	j.Set("key", secret.New(strings.Repeat("k", MaxLong+1)))
	if err := j.Leave("key"); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("what is longer than any key: %v", err)
	}
	j.Set("file", key)
	if err := j.Leave("file"); err == nil {
		t.Error("a key is taken for the name of a file")
	}
	if kept := j.Draft().Answers.Text("file"); kept != "" {
		t.Errorf("the draft holds %q", kept)
	}
	j.Set("file", "key.json")
	if kept := j.Draft().Answers.Text("file"); kept != "key.json" {
		t.Errorf("the draft holds %q", kept)
	}
}
