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
	"fairlead/lab/google"
)

// TestRestoreAsksForMissingSecrets restores a backup at a terminal, on a
// computer whose keyring has neither the password nor the key.
func TestRestoreAsksForMissingSecrets(t *testing.T) {
	dir := t.TempDir()
	answers, saved := filepath.Join(dir, "answers.yaml"), filepath.Join(dir, "saved.json")
	text := "services: [continuity, sync-and-recover]\nexchange:\n  address: " + lab.Address + "\n  url: https://mail.contoso.example/EWS/Exchange.asmx\n  mailbox: " +
		lab.Mailbox + "\nname: Head office\n"
	if err := os.WriteFile(answers, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cloud := filepath.Join(dir, "cloud.yaml")
	text = "services: [remediation]\nprovider: google\ngoogle.customer: " + google.CustomerID + "\ngoogle.address: " + google.Mailbox +
		"\ngoogle.way: file\nname: Workspace\n"
	if err := os.WriteFile(cloud, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	key, other := filepath.Join(dir, "key.json"), filepath.Join(dir, "other.json")
	for name, account := range map[string]string{key: google.Account, other: google.NewAccount} {
		if err := os.WriteFile(name, google.KeyFile(account), 0o600); err != nil {
			t.Fatal(err)
		}
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
	run(&program{in: bytes.NewReader(nil), keyring: first}, "new", "--data", filepath.Join(dir, "a"), "--answers", cloud)
	run(&program{in: bytes.NewReader(nil), keyring: first}, "backup", saved, "--data", filepath.Join(dir, "a"))

	master, slave := openTerminal(t)
	x := &terminal{t: t, master: master}
	x.more = sync.NewCond(&x.mu)
	go x.watch()
	second := keyring.Memory()
	restore := func() *sync.WaitGroup {
		var done sync.WaitGroup
		done.Go(func() {
			p := &program{in: slave, out: slave, errOut: slave, keyring: second, keys: keyboard.New(slave), plain: true}
			run(p, "restore", saved, "--data", filepath.Join(dir, "b"), "--accessible")
		})
		return &done
	}
	done := restore()
	x.expect("Take them in? [y/N]")
	x.send("y\n")
	x.expect("These connectors wait for theirs")
	x.expect("look where its password goes")
	x.expect("EWS URL: https://mail.contoso.example/EWS/Exchange.asmx")
	x.password("Password of Head office", lab.Password+"\n")
	x.expect("Its password is in the keyring now")
	x.password("Key or file (not shown; Enter leaves it for later): ", other+"\r")
	x.expect("✕") // it is another account's
	done.Wait()

	done = restore() // what is still missing is asked for once more
	x.password("Key or file (not shown; Enter leaves it for later): ", "\r")
	done.Wait()
	done = restore()
	x.password("Key or file (not shown; Enter leaves it for later): ", key+"\r")
	x.expect("Workspace works. Its key is in the keyring now")
	done.Wait()
	_ = slave.Close()
	for _, name := range []string{"Head office", "Workspace"} {
		run(&program{in: bytes.NewReader(nil), keyring: second}, "test", name, "--data", filepath.Join(dir, "b"))
	}
}
