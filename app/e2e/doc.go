// Package e2e drives the real window on a display of its own, by keyboard
// alone, with the real keyring: from an empty list to a registered connector.
// Where a flow leads to a web page, the page is in a real Chromium, which the
// program opens as the system's browser.
//
// It runs with the build tag e2e, on Linux, and needs Xvfb, xdotool, import (of
// ImageMagick), dbus-run-session, gnome-keyring-daemon and Chromium; `make deps`
// installs them. No window manager is needed. `-update` writes the pictures to
// docs/screens.
package e2e
