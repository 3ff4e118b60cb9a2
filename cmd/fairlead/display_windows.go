package main

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32                   = windows.NewLazySystemDLL("user32.dll")
	getProcessWindowStation  = user32.NewProc("GetProcessWindowStation")
	getUserObjectInformation = user32.NewProc("GetUserObjectInformationW")
)

// noDisplay says why no window can be seen, or nothing. A program that was
// started over SSH, by WinRM, by a service or by a task runs in a window station
// that no screen shows; a box would wait there for ever.
func noDisplay(func(string) string) string {
	const (
		flagsOf = 1 // UOI_FLAGS in winuser.h
		visible = 1 // WSF_VISIBLE
	)
	var flags struct{ inherit, reserved, flags uint32 } // USEROBJECTFLAGS
	station, _, _ := getProcessWindowStation.Call()
	ok, _, _ := getUserObjectInformation.Call(station, flagsOf, uintptr(unsafe.Pointer(&flags)), unsafe.Sizeof(flags), 0)
	if ok != 0 && flags.flags&visible == 0 {
		return "this session has no screen, as over SSH or in a task"
	}
	return ""
}
