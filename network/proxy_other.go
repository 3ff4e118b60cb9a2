//go:build !windows && !darwin

package network

// systemProxy is none: programs on these systems read the environment.
func systemProxy() Proxy { return Proxy{} }
