package assets

import _ "embed"

//go:embed icon.svg
var icon []byte

//go:embed icon-256.png
var windowIcon []byte

// Icon returns the program's icon, a rope that runs through a ring, as SVG.
func Icon() []byte { return icon }

// WindowIcon returns the same as a PNG of 256 × 256 pixels, the size in which
// Fyne hands it to the window system: to draw it anew from SVG is slow enough to
// be seen at each start.
func WindowIcon() []byte { return windowIcon }
