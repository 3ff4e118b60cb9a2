// Package e2e drives the real window on a display of its own, by keyboard
// alone, with the real keyring: from an empty list to a registered connector.
//
// It runs with the build tag e2e, on Linux, and needs Xvfb, xdotool, import (of
// ImageMagick), dbus-run-session and gnome-keyring-daemon; `make deps` installs
// them. No window manager is needed. `-update` writes the pictures to
// docs/screens.
package e2e
