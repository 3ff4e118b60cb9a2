package sqlite

import "syscall"

// remote reports whether a folder may be on another computer, by the kinds of
// file system in linux/magic.h. FUSE may be anything, and 9P is how Windows'
// drives are seen from WSL.
func remote(dir string) bool {
	var fs syscall.Statfs_t
	if syscall.Statfs(dir, &fs) != nil {
		return false
	}
	switch uint32(fs.Type) {
	case 0x6969, // NFS
		0x517b, 0xff534d42, 0xfe534d42, // SMB, CIFS, SMB2
		0x5346414f, 0x00c36400, // AFS, Ceph
		0x65735546, 0x01021997: // FUSE, 9P
		return true
	}
	return false
}
