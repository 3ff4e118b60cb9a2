package main

import (
	"os"

	"golang.org/x/sys/windows"
)

var attachConsole = windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")

// greet makes what is printed appear in the console that the program was started
// from, which Windows does not connect to a program with windows. What was sent
// elsewhere stays there.
func greet() {
	const ofParent = ^uintptr(0) // ATTACH_PARENT_PROCESS
	if attached, _, _ := attachConsole.Call(ofParent); attached == 0 {
		return
	}
	for handle, file := range map[uint32]**os.File{windows.STD_OUTPUT_HANDLE: &os.Stdout, windows.STD_ERROR_HANDLE: &os.Stderr} {
		if h, err := windows.GetStdHandle(handle); err == nil && h != 0 && h != windows.InvalidHandle {
			continue
		}
		if f, err := os.OpenFile("CONOUT$", os.O_RDWR, 0); err == nil {
			*file = f
		}
	}
}
