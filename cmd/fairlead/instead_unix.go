//go:build !windows

package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/term"

	"fairlead/cli"
)

// greet has nothing to do: whatever starts a program here takes what it prints.
func greet() {}

// instead says why there is no window and plays the wizard in the terminal. With
// no terminal it opens one, if a desktop is there to open it on; the lab's
// demonstration needs none.
func (o *options) instead(why string) int {
	typed := term.IsTerminal(int(os.Stdin.Fd()))
	if args := o.terminalArgs(typed); args != nil {
		fmt.Fprintf(os.Stderr, "No window can be opened: %s.\nGoing on in the terminal.\n", why)
		return cli.Main(args, os.Stdin, os.Stdout, os.Stderr)
	}
	fmt.Fprintf(os.Stderr, "fairlead: no window can be opened: %s.\n", why)
	if !o.terminal && noDisplay(os.Getenv) == "" {
		if name := openTerminal(); name != "" {
			fmt.Fprintf(os.Stderr, "The same wizard follows in a terminal, opened by %s.\n", name)
			return 0
		}
	}
	fmt.Fprintln(os.Stderr, "Start it from a terminal, or use fairleadctl, which needs no window.")
	return statusCannot
}

// openTerminal opens a terminal with the wizard in it and returns the name of
// the program that did, or nothing. The names are those of freedesktop.org and
// of Debian; both take a command after them.
func openTerminal() string {
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	for _, terminal := range [][]string{{"xdg-terminal-exec"}, {"x-terminal-emulator", "-e"}} {
		args := append(append(terminal[1:], self, "--terminal"), os.Args[1:]...)
		if exec.Command(terminal[0], args...).Start() == nil {
			return terminal[0]
		}
	}
	return ""
}

// insteadOf gives up a window that does not come. The thread that should draw it
// may be stuck in the driver for ever, so that the program begins anew.
func (o *options) insteadOf(stuck string) int {
	self, err := os.Executable()
	if err != nil || !term.IsTerminal(int(os.Stdin.Fd())) {
		return o.instead(stuck)
	}
	fmt.Fprintf(os.Stderr, "No window can be shown: %s.\n", stuck)
	err = syscall.Exec(self, append([]string{os.Args[0], "--terminal"}, os.Args[1:]...), os.Environ())
	fmt.Fprintln(os.Stderr, "fairlead: the wizard could not be started in the terminal:", err)
	return statusCannot
}
