// Package fairlead says what the program is called, which version it is and
// what its id is. FyneApp.toml is the one place where that is written.
package fairlead

import (
	_ "embed"
	"strings"
)

//go:embed FyneApp.toml
var metadata string

// Name is what the program is called on screen.
func Name() string { return value("Name") }

// ID is the program's id, as desktops want it.
func ID() string { return value("ID") }

// Version is the version, without a v.
func Version() string { return value("Version") }

// value returns a text of FyneApp.toml. The file is ours and simple, so that no
// parser is needed; a test holds it to that.
func value(key string) string {
	for line := range strings.Lines(metadata) {
		name, text, found := strings.Cut(line, "=")
		if found && strings.TrimSpace(name) == key {
			return strings.Trim(strings.TrimSpace(text), `"`)
		}
	}
	return ""
}
