package sqlite

import "syscall"

const mountedLocally = 0x1000 // MNT_LOCAL in sys/mount.h

// remote reports whether a folder is on another computer.
func remote(dir string) bool {
	var fs syscall.Statfs_t
	return syscall.Statfs(dir, &fs) == nil && fs.Flags&mountedLocally == 0
}
