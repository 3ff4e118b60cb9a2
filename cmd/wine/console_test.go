//go:build wine

package wine

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairlead/lab"
)

const answers = `services: [continuity, sync-and-recover]
provider: exchange
exchange:
  address: ` + lab.Address + `
  url: https://mail.contoso.example/EWS/Exchange.asmx
  mailbox: ` + lab.Mailbox + `
name: Head office
`

// TestConnector makes a connector to the lab's Exchange, tests it again in
// another process, which finds the password in wine's Credential Manager, and
// deletes it with its password.
func TestConnector(t *testing.T) {
	t.Parallel()
	b := newBottle(t, "")
	file := filepath.Join(b.home, "answers.yaml")
	if err := os.WriteFile(file, []byte(answers), 0o600); err != nil {
		t.Fatal(err)
	}
	ctl := filepath.Join(programs(t), "fairleadctl.exe")
	run := func(input, wants string, args ...string) {
		t.Helper()
		c := b.command(nil, ctl, args...)
		c.Stdin = strings.NewReader(input)
		if said := b.must(c); !strings.Contains(said, wants) {
			t.Fatalf("fairleadctl %s does not say %q:\n%s", strings.Join(args, " "), wants, said)
		}
	}
	run(lab.Password, "Registered: Head office", "new", "--lab", "--answers", "Z:"+file, "--password-stdin")
	run("", "Credential Manager", "show", "--lab", "Head office")
	run("", "Mailbox check", "test", "--lab", "Head office")
	b.settle()
	if !holds(t, b.prefix(), "fairlead") {
		t.Error("the Credential Manager holds nothing of Fairlead")
	}
	if holds(t, b.prefix(), lab.Password) {
		t.Error("the password can be read in a file of the system")
	}
	run("", "Deleted", "delete", "--lab", "Head office", "--yes")
	run("", "no connector yet", "list", "--lab")
}

// holds reports whether a file below a folder holds a text, as UTF-8 or UTF-16.
func holds(t *testing.T, folder, text string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.Contains(path, "/windows/") {
			return err // the system's own files
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, []byte(text)) || bytes.Contains(data, wide(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestKeyring runs the contract of keyrings on wine's Credential Manager.
func TestKeyring(t *testing.T) {
	t.Parallel()
	b := newBottle(t, "")
	said := b.must(b.command([]string{"FAIRLEAD_KEYRING_STATE=unlocked"}, compile(t, "fairlead/keyring", "realkeyring"),
		"-test.run", "^TestReal$", "-test.v"))
	if !strings.Contains(said, "--- PASS: TestReal/persists") {
		t.Errorf("the contract was not run:\n%s", said)
	}
}

// TestBrowser opens an address with all that a command line would cut, and looks
// what the browser gets. Wine passes on 1,024 characters of a command, where
// Windows takes twice as many in an address.
func TestBrowser(t *testing.T) {
	t.Parallel()
	b := newBottle(t, newDisplay(t, "-extension", "GLX"))
	opened := filepath.Join(b.home, "opened")
	bin := filepath.Join(b.home, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nprintf %s \"$1\" >" + opened + ".new && mv " + opened + ".new " + opened + "\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	address := "https://login.example/authorize?client_id=1&scope=openid+%2Fa&state=(x)&pad="
	address += strings.Repeat("y", 950-len(address))
	b.must(b.command([]string{"FAIRLEAD_TEST_OPENS=" + address, "PATH=" + bin + ":" + os.Getenv("PATH")},
		compile(t, "fairlead/oauth", ""), "-test.run", "^TestLauncherIsSilent$"))
	if got := readSoon(t, opened); got != address {
		t.Errorf("the browser gets %d characters of %d: %.200s", len(got), len(address), got)
	}
}

// readSoon reads a file as soon as something is in it.
func readSoon(t *testing.T, path string) string {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(patience); ; {
		if data, err := os.ReadFile(path); err == nil && len(data) > 0 {
			return string(data)
		}
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("nothing was written to %s", path)
		}
	}
}
