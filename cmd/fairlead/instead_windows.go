package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// console is the terminal program, which is installed beside this one.
const console = "fairleadctl.exe"

// instead says why there is no window, in a box of Windows' own, which needs no
// OpenGL, and opens the wizard in a console. Where nobody could see a box, as
// over SSH, it prints the reason.
func (o *options) instead(why string) int {
	if o.terminal {
		return o.openConsole()
	}
	fmt.Fprintf(os.Stderr, "fairlead: no window can be opened: %s. %s new does the same in a console.\n", why, console)
	if noDisplay(os.Getenv) != "" {
		return statusCannot
	}
	yes := box("Fairlead's window cannot be opened: "+why+".\n\n"+
		"The same wizard runs in a console, which needs no graphics. Open it now?",
		windows.MB_YESNO|windows.MB_ICONWARNING)
	if !yes {
		return statusCannot
	}
	return o.openConsole()
}

// insteadOf gives up a window that does not come.
func (o *options) insteadOf(stuck string) int { return o.instead(stuck) }

// openConsole starts the wizard in a console of its own.
func (o *options) openConsole() int {
	self, err := os.Executable()
	if err == nil {
		var line strings.Builder
		for _, arg := range o.terminalArgs(true) {
			line.WriteString(syscall.EscapeArg(arg) + " ")
		}
		program := filepath.Join(filepath.Dir(self), console)
		err = windows.ShellExecute(0, nil, utf16(program), utf16(line.String()), nil, windows.SW_SHOWNORMAL)
	}
	if err == nil {
		return 0
	}
	why := fmt.Sprintf("%s could not be started (%v). It belongs beside this program; unpack it there, or install Fairlead again.", console, err)
	fmt.Fprintln(os.Stderr, "fairlead:", why)
	box(why, windows.MB_OK|windows.MB_ICONERROR)
	return statusCannot
}

// box shows a message and reports whether it was agreed to.
func box(text string, kind uint32) bool {
	answer, err := windows.MessageBox(0, utf16(text), utf16("Fairlead"), kind|windows.MB_SETFOREGROUND)
	const idYes = 6 // IDYES in winuser.h
	return err == nil && answer == idYes
}

// utf16 is a text as Windows wants it. Ours have no zero in them.
func utf16(text string) *uint16 {
	p, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return windows.StringToUTF16Ptr(strings.ReplaceAll(text, "\x00", " "))
	}
	return p
}
