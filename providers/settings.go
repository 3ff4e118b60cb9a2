package providers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Settles is a [Provider] that judges the settings of a connector that somebody
// has typed into a file, since nobody can edit them once it is registered.
type Settles interface {
	Provider
	// Settings lists those that a connector can have. docs/export.md has the same
	// list.
	Settings() []Setting
	// Settle returns a connector's settings with what follows from the rest of it.
	// Where its test could not begin with them, the error is a [*SettingError].
	Settle(r Record) (map[string]string, error)
}

// Record is a connector in a file, as far as a [Settles] looks at it.
type Record struct {
	Tenant   string
	Services []string
	Settings map[string]string
}

// Setting is one of the settings that a connector can have.
type Setting struct {
	Name   string
	Needed bool   // in a file; what follows from the rest is not
	What   string // what it is and what may stand in it, without a full stop
}

// SettingError says why a connector with its settings could never work.
type SettingError struct {
	Rule    string // stable: "setting-missing", "setting-unknown", "setting-wrong"
	Setting string
	Reason  string // a sentence for the administrator
	Hint    string // what to type, in sentences; may be empty
}

// Error returns the reason and the hint.
func (e *SettingError) Error() string { return strings.TrimSpace(e.Reason + " " + e.Hint) }

// Wrong says what is wrong with the value of a setting; nothing is wrong with it
// where err is nil.
func Wrong(setting string, err error) error {
	if err == nil {
		return nil
	}
	return &SettingError{"setting-wrong", setting, fmt.Sprintf("The setting %q does not fit: %v.", setting, err), ""}
}

// CheckNames says which setting is missing or one that there is not, or nothing.
// One that is empty counts as missing. Name is that of the provider.
func CheckNames(name string, known []Setting, settings map[string]string) error {
	var names []string
	for _, s := range known {
		names = append(names, s.Name)
	}
	for _, given := range slices.Sorted(maps.Keys(settings)) {
		if !slices.Contains(names, given) && settings[given] != "" {
			return &SettingError{
				"setting-unknown", given, fmt.Sprintf("There is no setting %q of %s.", given, name),
				"Known are " + strings.Join(names, ", ") + ".",
			}
		}
	}
	for _, s := range known {
		if s.Needed && settings[s.Name] == "" {
			return Lacking(s)
		}
	}
	return nil
}

// Lacking says that a setting is missing.
func Lacking(s Setting) error {
	return &SettingError{"setting-missing", s.Name, fmt.Sprintf("The setting %q is missing.", s.Name), "Type the " + s.What + "."}
}

// With returns settings with those that are missing and have a value here. The
// settings that were given stay as they are.
func With(settings, values map[string]string) map[string]string {
	all := maps.Clone(settings)
	if all == nil {
		all = map[string]string{}
	}
	for name, value := range values {
		if all[name] == "" && value != "" {
			all[name] = value
		}
	}
	return all
}
