package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fairlead/cli/keyboard"
	"fairlead/keyring"
	"fairlead/lab"
)

// TestRestoreAsksForMissingPasswords restores a backup at a terminal, on a
// computer whose keyring does not have the password.
func TestRestoreAsksForMissingPasswords(t *testing.T) {
	dir := t.TempDir()
	answers, saved := filepath.Join(dir, "answers.yaml"), filepath.Join(dir, "saved.json")
	text := "services: [continuity, sync-and-recover]\nexchange:\n  address: " + lab.Address + "\n  url: https://mail.contoso.example/EWS/Exchange.asmx\n  mailbox: " +
		lab.Mailbox + "\nname: Head office\n"
	if err := os.WriteFile(answers, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(p *program, args ...string) {
		t.Helper()
		var out bytes.Buffer
		p.getenv = os.Getenv
		if p.out == nil {
			p.out, p.errOut = &out, &out
		}
		if status := p.run(append(args, "--lab")); status != 0 {
			t.Errorf("%v: status %d\n%s", args, status, &out)
		}
	}
	first := keyring.Memory()
	run(&program{in: bytes.NewReader([]byte(lab.Password + "\n")), keyring: first},
		"new", "--data", filepath.Join(dir, "a"), "--answers", answers, "--password-stdin")
	run(&program{in: bytes.NewReader(nil), keyring: first}, "backup", saved, "--data", filepath.Join(dir, "a"))

	master, slave := openTerminal(t)
	x := &terminal{t: t, master: master}
	x.more = sync.NewCond(&x.mu)
	go x.watch()
	second := keyring.Memory()
	var done sync.WaitGroup
	done.Go(func() {
		defer slave.Close() //nolint:errcheck // a terminal
		p := &program{in: slave, out: slave, errOut: slave, keyring: second, keys: keyboard.New(slave)}
		run(p, "restore", saved, "--data", filepath.Join(dir, "b"))
	})
	x.expect("Take them in?")
	x.send("y\n")
	x.expect("These connectors wait for theirs")
	x.expect("Password of Head office")
	x.send(lab.Password + "\n")
	x.expect("Its password is in the keyring now")
	done.Wait()
	run(&program{in: bytes.NewReader(nil), keyring: second}, "test", "Head office", "--data", filepath.Join(dir, "b"))
}
