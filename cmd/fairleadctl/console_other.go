//go:build !windows

package main

// enterConsole has nothing to do: a terminal is ready, and stays.
func enterConsole() (leave func()) { return func() {} }
