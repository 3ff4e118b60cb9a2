//go:build !linux && !windows

package main

// noDisplay says why no window can be opened. macOS always has a
// display to open one on.
func noDisplay(func(string) string) string { return "" }
