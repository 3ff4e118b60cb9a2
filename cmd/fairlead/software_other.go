//go:build !linux && !windows

package main

import "errors"

// hasSoftware says that the system has one way to draw and chooses it itself.
func hasSoftware() bool { return false }

func takeSoftware() error { return errors.New("this system has no software rendering to switch on") }
