package sqlite

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// remote reports whether a folder is on another computer: named by it, or on a
// drive that stands for it.
func remote(dir string) bool {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	volume := filepath.VolumeName(absolute)
	if strings.HasPrefix(volume, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
