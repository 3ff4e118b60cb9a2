package assets

import _ "embed"

//go:embed icon.svg
var icon []byte

// Icon returns the program's icon, a rope that runs through a ring, as SVG.
func Icon() []byte { return icon }
