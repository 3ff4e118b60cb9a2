package cli

import (
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// words splits a line as a shell does, as far as the examples need it.
var words = regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)

// TestEveryCommandHasHelp: each has a text and examples, and the examples name
// commands and flags that exist.
func TestEveryCommandHasHelp(t *testing.T) {
	seen := 0
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		seen++
		if cmd.Short == "" || cmd.Long == "" || cmd.Example == "" {
			t.Errorf("%s lacks a text or an example", cmd.CommandPath())
		}
		examples := strings.ReplaceAll(cmd.Example, "\\\n", " ")
		for line := range strings.Lines(examples) {
			if line = strings.TrimSpace(line); line != "" {
				tryExample(t, line)
			}
		}
		for _, below := range cmd.Commands() {
			look(below)
		}
	}
	look(newRoot(&program{}))
	if seen < 14 {
		t.Errorf("only %d commands", seen)
	}
}

func tryExample(t *testing.T, line string) {
	t.Helper()
	line, _, _ = strings.Cut(line, " <")
	line, _, _ = strings.Cut(line, " >")
	line, _, _ = strings.Cut(line, "   ") // what it does
	args := words.FindAllString(line, -1)
	if args[0] != "fairleadctl" {
		t.Errorf("the example %q is no command", line)
		return
	}
	for i := range args {
		args[i] = strings.Trim(args[i], `"'`)
	}
	root := newRoot(&program{})
	root.SetOut(io.Discard)
	cmd, rest, err := root.Find(args[1:])
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err == nil {
		err = cmd.ValidateArgs(cmd.Flags().Args())
	}
	if err != nil && !strings.Contains(err.Error(), "help requested") {
		t.Errorf("the example %q: %v", line, err)
	}
}
