package doctor

import "golang.org/x/sys/windows"

// errDiskFull is what the system says when there is no room.
var errDiskFull error = windows.ERROR_DISK_FULL

// freeBytes is the room that this account may still use on a folder's disk.
func freeBytes(folder string) (uint64, error) {
	path, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	return free, err
}
