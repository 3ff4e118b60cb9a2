package screen

import (
	"os"

	"golang.org/x/sys/windows"
)

// understandsEscapes asks the console to follow escape sequences and reports
// whether it will: consoles before Windows 10 do not.
func understandsEscapes(f *os.File) bool {
	handle := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(handle, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(handle, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
