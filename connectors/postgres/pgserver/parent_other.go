//go:build postgres && unix && !linux

package pgserver

import "syscall"

// dieWithParent does nothing: this system has no such thing.
func dieWithParent(*syscall.SysProcAttr) {}
