package main

import (
	"fmt"
	"os"

	"golang.org/x/term"

	"fairlead/cli"
)

// inTerminal does without a window: it plays the wizard in the terminal, and
// with no terminal either the demo of the lab.
func (o *options) inTerminal(why string) int {
	typed := term.IsTerminal(int(os.Stdin.Fd()))
	args := o.terminalArgs(typed)
	if args == nil {
		fmt.Fprintf(os.Stderr, "fairlead: no window can be opened: %s.\n"+
			"Start it in a desktop session, or use fairleadctl, which needs none.\n", why)
		return statusCannot
	}
	fmt.Fprintf(os.Stderr, "No window can be opened: %s. Going on in the terminal.\n", why)
	return cli.Main(args, os.Stdin, os.Stdout, os.Stderr)
}

// dark says what to do where a display answers and nothing can be drawn on it.
func dark() {
	fmt.Fprintln(os.Stderr, "fairlead: the window could not be drawn yet. It needs OpenGL 2.1 or later, "+
		"which a display without a graphics driver may not have. fairleadctl does the same in the terminal.")
}

// terminalArgs are the arguments of the terminal program that do what the
// window would have been for; nil when nothing can be done.
func (o *options) terminalArgs(typed bool) []string {
	var args []string
	switch {
	case typed && o.world.Lab:
		args = []string{"new", "--lab"}
		for _, fault := range o.world.Faults {
			args = append(args, "--fault", fault)
		}
	case typed:
		args = []string{"new"}
	case o.world.Lab:
		args = []string{"demo"}
	default:
		return nil
	}
	if o.world.Dir != "" {
		args = append(args, "--data", o.world.Dir)
	}
	if o.registry != "" {
		args = append(args, "--registry", o.registry)
	}
	if o.world.Catalogue != "" {
		args = append(args, "--catalogue", o.world.Catalogue)
	}
	if o.world.Language != "" {
		args = append(args, "--lang", o.world.Language)
	}
	return args
}
