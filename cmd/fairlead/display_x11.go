//go:build linux && x11 && !wayland

package main

// wayland says whether this build can open windows on Wayland.
const wayland = false
