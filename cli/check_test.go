package cli

import (
	"bytes"
	"context"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/lab"
)

// TestBadInput: whatever is typed wrongly ends with status 2 before anything
// is connected to, and the error says which part it is.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	file := func(name, data string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	broken := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("nothing")}))
	good := map[string]string{"--url": "https://mail.example.com/EWS/Exchange.asmx", "--account": "svc@example.com", "--mailbox": "anna@example.com"}
	tests := []struct{ name, flag, value, password, want string }{
		{"no address", "--url", "", "pw", "needed and not given: --url"},
		{"blank account", "--account", "  ", "pw", "needed and not given: --account"},
		{"not an address", "--url", "mail server", "pw", "--url:"},
		{"not encrypted", "--url", "http://mail.example.com/EWS/Exchange.asmx", "pw", "--url:"},
		{"with credentials", "--url", "https://user:Sesame@mail.example.com/EWS/Exchange.asmx", "pw", "--url:"},
		{"other scheme", "--url", "ftp://mail.example.com/", "pw", "--url:"},
		{"enormous address", "--url", "https://mail.example.com/" + strings.Repeat("x", 100_000), "pw", "--url:"},
		{"binary address", "--url", "https://mail.example.com/\x00\x1b[2J", "pw", "--url:"},
		{"account with a line break", "--account", "svc@example.com\nBcc: x", "pw", "--account:"},
		{"enormous account", "--account", strings.Repeat("x", 100_000), "pw", "--account:"},
		{"not a mailbox", "--mailbox", "anna", "pw", "--mailbox:"},
		{"two mailboxes", "--mailbox", "anna@example.com,ben@example.com", "pw", "--mailbox:"},
		{"enormous mailbox", "--mailbox", strings.Repeat("x", 100_000) + "@example.com", "pw", "--mailbox:"},
		{"unknown mode", "--security", "lax", "pw", "--security:"},
		{"empty mode", "--security", "", "pw", "needed and not given: --security"},
		{"no such authority", "--ca", filepath.Join(dir, "none.pem"), "pw", "--ca:"},
		{"a folder", "--ca", dir, "pw", "--ca:"},
		{"no certificate", "--ca", file("text.pem", "hello"), "pw", "no certificate in PEM form"},
		{"a broken certificate", "--ca", file("broken.pem", broken), "pw", "certificate 1:"},
		{"enormous authority", "--ca", file("huge.pem", strings.Repeat("x", maxAuthorities+1)), "pw", "more than"},
		{"no password", "", "", "", "no password came"},
		{"empty password", "", "", "\n", "it is empty"},
		{"enormous password", "", "", strings.Repeat("x", 2000), "more than 1024 characters"},
		{"endless password", "", "", strings.Repeat("x", 1<<20), "longer than"},
		{"binary password", "", "", "p\x00w", "not UTF-8"},
		{"password with a control character", "", "", "p\x1bw", "a control character"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := []string{"check", "exchange"}
			for flag, value := range good {
				if flag != test.flag {
					args = append(args, flag, value)
				}
			}
			if test.flag != "" {
				args = append(args, test.flag, test.value)
			}
			var out, errOut bytes.Buffer
			if status := Main(args, strings.NewReader(test.password), &out, &errOut); status != statusBadInput {
				t.Errorf("exit status %d", status)
			}
			said := strings.Join(strings.Fields(errOut.String()), " ")
			if !strings.Contains(said, test.want) || out.Len() > 0 {
				t.Errorf("it said %.300q and %.300q; want %q", said, &out, test.want)
			}
			if strings.Contains(said, "Sesame") || strings.Contains(said, "\x1b") {
				t.Errorf("a password or an escape sequence was repeated: %.300q", said)
			}
			if len(said) > 4000 {
				t.Errorf("the error has %d characters", len(said))
			}
		})
	}
}

func TestAuthoritiesFromAFile(t *testing.T) {
	l, err := lab.Start(context.Background(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // it ends with the test
	noise := "some words\n" + string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")}))
	list, err := parseAuthorities("file", []byte(noise+string(l.CAPEM())+string(l.CAPEM())))
	if err != nil || len(list) != 2 || !list[0].Equal(l.CA()) {
		t.Errorf("%d certificates, %v", len(list), err)
	}
}

func FuzzAuthorities(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Add([]byte("-----BEGIN"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := parseAuthorities("file", data)
		if (err == nil) != (len(list) > 0) {
			t.Errorf("%d certificates, %v", len(list), err)
		}
	})
}
