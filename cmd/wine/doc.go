// Package wine runs the two Windows programs under wine, with wine's Credential
// Manager, on displays with and without OpenGL.
//
// It runs with the build tag wine, on Linux, and needs wine64, mingw's gcc, Xvfb,
// xdotool and import (of ImageMagick); `make deps` installs them. `make windows`
// builds the programs and runs it. `-update` writes the pictures to docs/screens.
//
// Wine is not Windows: docs/platforms.md says what remains to be seen there.
package wine
