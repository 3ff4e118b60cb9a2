package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// TestAsACommand copies the command and saves the answers from the summary, without
// the password that was typed.
func TestAsACommand(t *testing.T) {
	folder := t.TempDir()
	h := open(t, setup{lab: true})
	t.Setenv("HOME", folder)
	t.Setenv("USERPROFILE", folder)
	h.at("list:empty")
	h.key(fyne.KeyReturn)
	h.at("page:services")
	h.key(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	h.next("page:provider")
	h.key(fyne.KeyReturn)
	h.at("page:exchange.prepare")
	h.key(fyne.KeyReturn)
	h.at("page:exchange.account")
	h.typed(address)
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	h.typed(password)
	h.key(fyne.KeyReturn)
	h.at("page:exchange.server")
	h.key(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	h.at("page:exchange.test")
	h.typed(mailbox)
	h.key(fyne.KeyReturn)
	h.at("done:exchange.test")
	h.key(fyne.KeyReturn)
	h.at("page:name")
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	h.at("page:summary")
	h.press(commandWords)
	h.at("dialog:command")
	h.press("Copy command")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "fairleadctl new --answers answers.yaml --password-stdin < password.txt" {
		t.Errorf("copied was %q", got)
	}
	h.press("Save")
	data, err := os.ReadFile(filepath.Join(folder, "answers.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if text := string(data); !strings.Contains(text, "exchange.address: "+address) || strings.Contains(text, password) {
		t.Errorf("the file is\n%s", text)
	}
}

// TestAConnectorAsCommands copies the commands that look after a connector, and saves
// the answers that would make it again.
func TestAConnectorAsCommands(t *testing.T) {
	folder := t.TempDir()
	h := open(t, setup{before: fill(t)})
	t.Setenv("HOME", folder)
	t.Setenv("USERPROFILE", folder)
	c := h.openFirst()
	h.choose(commandItem)
	h.at("dialog:command")
	h.shot("light-details-commands")
	h.press("Copy commands")
	for _, want := range []string{"fairleadctl test \"" + c.Name + "\"\n", "fairleadctl rotate \"", "fairleadctl export connector.json --only \"", "fairleadctl new --answers answers.yaml --password-stdin"} {
		if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, want) {
			t.Errorf("%q is not in what was copied: %q", want, got)
		}
	}
	h.press("Save")
	data, err := os.ReadFile(filepath.Join(folder, "answers.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if text := string(data); !strings.Contains(text, "name: "+c.Name) || strings.Contains(text, password) {
		t.Errorf("the file is\n%s", text)
	}
}
