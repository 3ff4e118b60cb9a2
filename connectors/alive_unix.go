//go:build unix

package connectors

import (
	"errors"
	"syscall"
)

// alive reports whether a process runs.
func alive(pid int) bool {
	if pid <= 0 { // would mean a group of processes
		return false
	}
	err := syscall.Kill(pid, 0) // asks, and sends nothing
	return err == nil || errors.Is(err, syscall.EPERM)
}
