//go:build unix

package doctor

import "golang.org/x/sys/unix"

// errDiskFull is what the system says when there is no room.
var errDiskFull error = unix.ENOSPC

// freeBytes is the room that this account may still use on a folder's disk.
func freeBytes(folder string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}
