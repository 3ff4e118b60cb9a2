package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab/google"
)

// TestAKeyIsPastedAtATerminal tests a connector whose key was not kept: with the
// lines of its file pasted, with its name, and with Ctrl-C in the middle.
func TestAKeyIsPastedAtATerminal(t *testing.T) {
	data, answers := t.TempDir(), filepath.Join(t.TempDir(), "answers.yaml")
	err := os.WriteFile(answers, []byte(`services: [remediation]
provider: google
google.customer: `+google.CustomerID+`
google.address: `+google.Mailbox+`
google.way: file
google.session: true
name: Not kept
`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	p := &program{in: strings.NewReader(""), out: &said, errOut: &said, getenv: os.Getenv, keyring: noKeyring{}}
	if status := p.run([]string{"--data", data, "new", "--lab", "--answers", answers}); status != 0 {
		t.Fatalf("exit status %d\n%s", status, &said)
	}
	key := string(google.KeyFile(google.Account))
	secret := strings.Split(key, `\n`)[5]
	file := filepath.Join(t.TempDir(), "key.json")
	if err := os.WriteFile(file, []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		typed, shown string
		status       int
	}{
		"pasted": {strings.ReplaceAll(key, "\n", "\r"), "7 checks passed", 0}, "a file": {file + "\r", "7 checks passed", 0},
		"cut off":     {key[:len(key)-40] + "\r\r", "the end of the key is missing", 3},
		"interrupted": {key[:900] + "\r\x03", "interrupted", 3},
	} {
		t.Run(name, func(t *testing.T) {
			x := start(t, "test", "--lab", "--data", data, "Not kept")
			x.password("Key or file (not shown): ", c.typed)
			x.expect(c.shown)
			x.end(c.status)
			x.mu.Lock()
			defer x.mu.Unlock()
			if strings.Contains(x.shown, secret) {
				t.Error("the key was shown")
			}
		})
	}
}
