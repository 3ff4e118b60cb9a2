package main

import (
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

var getConsoleProcessList = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// enterConsole makes the console understand colours, or does without them, and
// returns what to do in the end: a console that was opened for this program
// alone closes with it, so that its last words could not be read.
func enterConsole() (leave func()) {
	for _, file := range []*os.File{os.Stdout, os.Stderr} {
		handle := windows.Handle(file.Fd())
		var mode uint32
		if windows.GetConsoleMode(handle, &mode) != nil {
			continue // a file or a pipe
		}
		if windows.SetConsoleMode(handle, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) != nil {
			_ = os.Setenv("NO_COLOR", "1")
		}
	}
	return func() {
		if !alone() {
			return
		}
		fmt.Print("\nPress Enter to close this window. ")
		_, _ = fmt.Scanln()
	}
}

// alone reports whether no other program uses the console, such as a shell.
func alone() bool {
	var ids [2]uint32
	n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	return n == 1
}
