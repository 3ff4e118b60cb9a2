package cli

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/secret"
)

var update = flag.Bool("update", false, "write the expected outputs in the scripts anew")

// TestMain makes the program a command of the scripts as well, for what needs
// a process of its own: terminals, signals, what runs in the background. Such a
// process has no keyring. The other commands are for BenchmarkTestAll.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"fairleadctl": func() {
			p := &program{in: os.Stdin, out: os.Stdout, errOut: os.Stderr, getenv: os.Getenv, keyring: noKeyring{}}
			os.Exit(p.run(os.Args[1:]))
		},
		"test-all":  benchTestAll,
		"bare-loop": benchBareLoop,
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"run":       runCommand,
			"lab-up":    startLab,
			"no-secret": noSecret,
		},
		Setup: func(e *testscript.Env) error {
			e.Values["keyring"] = keyring.Memory()
			e.Setenv("PASSWORD", lab.Password)
			return os.WriteFile(filepath.Join(e.WorkDir, "password"), []byte(lab.Password+"\n"), 0o600)
		},
	})
}

// runCommand is the command "run STATUS [< FILE] ARGUMENTS": it runs the
// program in this process, with a keyring that lasts as long as the script,
// and wants an exit status. With --no-keyring as the first argument there is
// none. Times and ports in what it prints are made the same for every run.
//
// Whatever it prints must not hold a password that was given to it.
func runCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: run STATUS [< FILE] [--no-keyring] ARGUMENTS")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	args = args[1:]
	input := ""
	if len(args) > 1 && args[0] == "<" {
		input, args = ts.ReadFile(args[1]), args[2:]
	}
	p := &program{getenv: ts.Getenv, keyring: ts.Value("keyring").(keyring.Keyring)}
	if len(args) > 0 && args[0] == "--no-keyring" {
		p.keyring, args = noKeyring{}, args[1:]
	}
	var out, errOut bytes.Buffer
	p.in, p.out, p.errOut = strings.NewReader(input), &out, &errOut
	status := p.run(slices.Concat([]string{"--data", ts.MkAbs("data")}, args))
	_, err = ts.Stdout().Write([]byte(steady(out.String())))
	ts.Check(err)
	_, err = ts.Stderr().Write([]byte(steady(errOut.String())))
	ts.Check(err)
	if status != want {
		ts.Fatalf("exit status %d, not %d\n%s\n%s", status, want, &out, &errOut)
	}
	for line := range strings.Lines(input) {
		word := strings.TrimRight(line, "\r\n")
		if word == lab.Password && slices.Contains(args, "--lab") && slices.Contains(args, "new") {
			continue // the wizard itself offers the lab's password as an example
		}
		if looksSecret(word) && strings.Contains(out.String()+errOut.String(), word) {
			ts.Fatalf("the password %q was printed", word)
		}
	}
}

// looksSecret says which lines of an input are passwords: the scripts give
// every one of them a mark.
func looksSecret(line string) bool {
	return strings.Contains(line, lab.Password) || strings.Contains(line, "S3cret")
}

// steady replaces what differs from run to run.
func steady(text string) string {
	for _, r := range []struct{ find, put string }{
		{` +(<1|\d+(\.\d+)?) (ms|s)\b`, "  N ms"},
		{`"ms": [\d.]+`, `"ms": 0`},
		{`"\d{4}-\d\d-\d\dT[^"]*"`, `"DATE"`},
		{`20\d\d-\d\d-\d\d \d\d:\d\d`, "DATE"},
		{`localhost:\d+`, "localhost:PORT"},
		{`EX0[12]`, "EX01"},
		{`203\.0\.113\.[78]\b`, "203.0.113.7"},
	} {
		text = regexp.MustCompile(r.find).ReplaceAllString(text, r.put)
	}
	return text
}

// startLab is "lab-up [FAULT…]": it starts a lab for real clients, puts its
// address into $URL and its authority into ca.pem.
func startLab(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: lab-up [FAULT...]")
	}
	l, err := lab.Start(context.Background(), lab.Options{Faults: args})
	ts.Check(err)
	ts.Defer(func() { _ = l.Close() })
	ts.Setenv("URL", l.LoopbackURL())
	ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), l.CAPEM(), 0o600))
}

// noSecret is "no-secret FOLDER": no file below it may hold the password.
func noSecret(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: no-secret FOLDER")
	}
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		if looksSecret(ts.ReadFile(name)) {
			return fmt.Errorf("%s holds a password", name)
		}
		return nil
	}))
	if files == 0 {
		ts.Fatalf("there is no file below %s", args[0])
	}
}

// noKeyring is a computer without a keyring.
type noKeyring struct{}

func (noKeyring) Name() string     { return "Secret Service" }
func (noKeyring) Persistent() bool { return true }

func (noKeyring) Probe(context.Context) error { return unavailable("probe") }

func (noKeyring) Set(context.Context, string, secret.Secret) error { return unavailable("set") }

func (noKeyring) Get(context.Context, string) (secret.Secret, error) {
	return secret.Secret{}, unavailable("get")
}

func (noKeyring) Delete(context.Context, string) error { return unavailable("delete") }

func unavailable(op string) error {
	return &keyring.Error{Op: op, Kind: keyring.ErrUnavailable, Cause: errors.New("no bus")}
}
