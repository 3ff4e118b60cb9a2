//go:build !linux

package main

// noDisplay says why no window can be opened. Windows and macOS always have a
// display to open one on.
func noDisplay(func(string) string) string { return "" }
