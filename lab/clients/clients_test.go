//go:build clients

package clients

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fairlead/lab"
)

// TestJavaScript opens a mailbox with ews-javascript-api.
func TestJavaScript(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"package.json", "package-lock.json", "bind.js"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(t, command(t, dir, "npm", "ci", "--no-audit", "--no-fund"))

	l, ca := start(t, lab.Options{})
	bind := func(account, password, mailbox string, scheme ...string) *exec.Cmd {
		c := command(t, dir, "node", append([]string{"bind.js", l.LoopbackURL(), account, mailbox}, scheme...)...)
		c.Env = append(os.Environ(), "NODE_EXTRA_CA_CERTS="+ca, "LAB_PASSWORD="+password)
		return c
	}
	for _, account := range []string{lab.SignIn, lab.Address} {
		var inbox struct {
			Name   string
			Total  int
			Items  int
			Person string
			Build  string
		}
		out := run(t, bind(account, lab.Password, lab.Mailbox))
		if err := json.Unmarshal([]byte(out), &inbox); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		if inbox.Name != "Inbox" || inbox.Total != 12 || inbox.Items != 5 || inbox.Person != "Anna Berg" || inbox.Build != "15.2.2562" {
			t.Errorf("as %s: got %+v", account, inbox)
		}
	}
	refuse(t, bind(lab.SignIn, lab.Password+"x", lab.Mailbox), "401")
	refuse(t, bind(lab.SignIn, lab.Password, "nobody@contoso.example"), "The SMTP address has no mailbox associated with it.")
	if _, failed := l.SignIns(); failed != 1 {
		t.Errorf("%d failed sign-ins, want 1", failed)
	}
	run(t, bind(lab.SignIn, lab.Password, lab.Mailbox, "ntlm"))
	refuse(t, bind(lab.SignIn, lab.Password+"x", lab.Mailbox, "ntlm"), "401")
	if err := l.Set("impersonation-denied", true); err != nil {
		t.Fatal(err)
	}
	refuse(t, bind(lab.SignIn, lab.Password, lab.Mailbox), "does not have permission to impersonate")
}

// TestPython opens a mailbox with exchangelib, the usual client for Python.
func TestPython(t *testing.T) {
	python := ""
	for _, candidate := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(candidate, "-c", "import exchangelib").Run() == nil {
			python = candidate
		}
	}
	if python == "" {
		t.Skip("exchangelib is not installed; on Debian: apt install python3-exchangelib")
	}
	script, err := filepath.Abs("bind.py")
	if err != nil {
		t.Fatal(err)
	}
	l, ca := start(t, lab.Options{})
	bind := func(account, password, mailbox, scheme string) *exec.Cmd {
		dir := t.TempDir()
		c := command(t, dir, python, script, l.LoopbackURL(), account, mailbox, scheme)
		c.Env = append(os.Environ(), "REQUESTS_CA_BUNDLE="+ca, "LAB_PASSWORD="+password, "HOME="+dir, "TMPDIR="+dir)
		return c
	}
	for _, scheme := range []string{"basic", "ntlm", "guess"} {
		if got, want := run(t, bind(lab.SignIn, lab.Password, lab.Mailbox, scheme)), "Inbox 12 12 Anna Berg 15.2.2562."; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", scheme, got, want)
		}
	}
	refuse(t, bind(lab.SignIn, lab.Password+"x", lab.Mailbox, "basic"), "UnauthorizedError")
	refuse(t, bind(lab.SignIn, lab.Password, "anna.berg@contoso.example", "basic"), "ErrorNonPrimarySmtpAddress")
}

// TestNTLM signs in with curl's own NTLM, which knows no channel bindings.
func TestNTLM(t *testing.T) {
	l, ca := start(t, lab.Options{})
	for _, test := range []struct{ account, password, fault, want string }{
		{lab.SignIn, lab.Password, "", "200"},
		{lab.Address, lab.Password, "", "200"},
		{lab.SignIn, lab.Password + "x", "", "401"},
		{lab.SignIn, lab.Password, "extended-protection", "401"},
	} {
		if test.fault != "" {
			if err := l.Set(test.fault, true); err != nil {
				t.Fatal(err)
			}
		}
		c := command(t, t.TempDir(), "curl", "--silent", "--cacert", ca, "--noproxy", "*", "--ntlm", "--config", "-",
			"--output", os.DevNull, "--write-out", "%{http_code}", l.LoopbackURL())
		c.Stdin = strings.NewReader("user = " + strconv.Quote(test.account+":"+test.password) + "\n")
		if got := run(t, c); got != test.want {
			t.Errorf("%s, %s: status %s, want %s", test.account, test.fault, got, test.want)
		}
	}
}

// TestRoundTrips lets curl measure what a request over a new connection costs:
// three round trips, of TCP, TLS and the request; and one for each that follows.
func TestRoundTrips(t *testing.T) {
	const delay = 500 * time.Millisecond
	l, ca := start(t, lab.Options{Delay: delay})
	out := run(t, command(t, t.TempDir(), "curl", "--silent", "--cacert", ca, "--tlsv1.3", "--noproxy", "*",
		"--data", "<x/>", "--output", os.DevNull, "--write-out", "%{http_code} %{time_total} ", l.LoopbackURL(),
		"--next", "--silent", "--cacert", ca, "--tlsv1.3", "--noproxy", "*",
		"--data", "<x/>", "--output", os.DevNull, "--write-out", "%{http_code} %{time_total} ", l.LoopbackURL()))
	fields := strings.Fields(out)
	if len(fields) != 4 {
		t.Fatalf("curl says %q", out)
	}
	for i, want := range []int{3, 1} {
		seconds, err := strconv.ParseFloat(fields[2*i+1], 64)
		if err != nil {
			t.Fatal(err)
		}
		if trips := seconds / delay.Seconds(); fields[2*i] != "401" || int(trips) != want {
			t.Errorf("request %d: status %s after %.2f round trips, want 401 after %d", i+1, fields[2*i], trips, want)
		}
	}
}

// start opens a lab and writes its authority's certificate to a file.
func start(t *testing.T, o lab.Options) (l *lab.Lab, ca string) {
	t.Helper()
	l, err := lab.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	ca = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, l.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	return l, ca
}

func command(t *testing.T, dir, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir = dir
	return c
}

// run runs a command that has to succeed and returns what it printed.
func run(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", c.Args[0], err, out, stderr.String())
	}
	return string(out)
}

// refuse runs a command that has to fail for this reason.
func refuse(t *testing.T, c *exec.Cmd, reason string) {
	t.Helper()
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), reason) {
		t.Errorf("%s: %v, %s; want a failure with %q", c.Args[0], err, out, reason)
	}
}
