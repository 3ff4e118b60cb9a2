//go:build !linux && !darwin && !windows

package sqlite

// remote reports whether a folder is on another computer, which is not known
// here.
func remote(string) bool { return false }
