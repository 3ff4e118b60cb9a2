package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fairlead"
	"fairlead/cli"
)

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		args   []string
		status int
		says   string // on either output; empty options are expected with it
	}{
		"nothing":             {nil, 0, ""},
		"lab":                 {[]string{"--lab", "--theme", "dark", "--data", "/d", "--lang", "de", "--fault", "slow"}, 0, ""},
		"version":             {[]string{"--version"}, 0, "Fairlead " + fairlead.Version()},
		"help":                {[]string{"--help"}, 0, "-lab"},
		"unknown":             {[]string{"--nothing"}, 2, "not defined"},
		"a command":           {[]string{"list"}, 2, "fairleadctl has the commands"},
		"theme":               {[]string{"--theme", "blue"}, 2, "light or dark"},
		"registry":            {[]string{"--registry", "postgres://u@db.example/f"}, 0, ""},
		"no registry":         {[]string{"--registry", "connectors.db"}, 2, "takes the address"},
		"registry's password": {[]string{"--registry", "postgres://u:p@db.example/f"}, 2, "PGPASSWORD"},
		"registry and lab":    {[]string{"--registry", "postgres://u@db.example/f", "--lab"}, 2, "leave --registry or --lab out"},
		"fault without a lab": {[]string{"--fault", "slow"}, 2, "add --lab"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			o, status := parse(c.args, &out, &out)
			if status != c.status || (o == nil) != (c.says != "") || !strings.Contains(out.String(), c.says) {
				t.Errorf("options %v, status %d, said %q", o, status, out.String())
			}
		})
	}
}

func TestTerminalArgs(t *testing.T) {
	for _, c := range []struct {
		args  []string
		typed bool
		want  string
	}{
		{[]string{"--lab"}, true, "new --lab"},
		{[]string{"--lab", "--fault", "slow", "--lang", "de"}, true, "new --lab --fault slow --lang de"},
		{[]string{"--data", "/d", "--catalogue", "/c"}, true, "new --data /d --catalogue /c"},
		{[]string{"--registry", "postgres://u@db.example/f"}, true, "new --registry postgres://u@db.example/f"},
		{[]string{"--lab", "--data", "/d"}, false, "demo --data /d"},
		{[]string{"--proxy", "p:8080", "--ca-file", "/a.pem"}, true, "new --proxy p:8080 --ca-file /a.pem"},
		{nil, false, ""},
	} {
		o, _ := parse(c.args, os.Stderr, os.Stderr)
		got := o.terminalArgs(c.typed)
		if strings.Join(got, " ") != c.want || (got == nil) != (c.want == "") {
			t.Errorf("%v at a terminal %v becomes %v, want %q", c.args, c.typed, got, c.want)
		}
	}
}

// TestToSameWorld: a command that the window shows leads the terminal program to the
// same connectors, and its options are those that the terminal program has.
func TestToSameWorld(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "fairleadctl new"},
		{[]string{"--lab"}, "fairleadctl new --lab"},
		{[]string{"--lab", "--fault", "slow"}, "fairleadctl new --lab"},
		{[]string{"--data", "/my data"}, `fairleadctl new --data "/my data"`},
		{[]string{"--registry", "postgres://u@db.example/f"}, `fairleadctl new --registry "postgres://u@db.example/f"`},
		{[]string{"--lab", "--data", "/d", "--catalogue", "/c"}, `fairleadctl new --lab --data "/d" --catalogue "/c"`},
		{[]string{"--proxy", "p:8080", "--ca-file", "/a.pem"}, `fairleadctl new --proxy "p:8080" --ca-file "/a.pem"`},
	} {
		o, _ := parse(c.args, os.Stderr, os.Stderr)
		got := o.toSameWorld("fairleadctl new")
		if got != c.want {
			t.Errorf("%v: %s, want %s", c.args, got, c.want)
		}
		words := strings.Fields(strings.NewReplacer(`"/my data"`, "/d", `"`, "").Replace(strings.TrimPrefix(got, "fairleadctl new")))
		if status := cli.Main(append([]string{"new", "--help"}, words...), strings.NewReader(""), io.Discard, io.Discard); status != 0 {
			t.Errorf("%s: the terminal program does not know an option of it", got)
		}
	}
}

func TestTrace(t *testing.T) {
	if trace, err := openTrace(""); trace != nil || err != nil {
		t.Errorf("no file gives a trace: %v", err)
	}
	path := filepath.Join(t.TempDir(), "trace")
	trace, err := openTrace(path)
	if err != nil {
		t.Fatal(err)
	}
	trace("list")
	trace("page:services")
	data, err := os.ReadFile(path)
	if err != nil || !slices.Equal(strings.Fields(string(data)), []string{"list", "page:services"}) {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if _, err := openTrace(t.TempDir()); err == nil {
		t.Error("a folder is taken for a file")
	}
}
