package providers

import "fairlead/secret"

// Keyed is a [Provider] whose connectors hold a key that comes as a file, in place
// of a password. A key has several lines.
type Keyed interface {
	Provider
	// KeyOf says, for whoever is asked for it again, which key a connector with
	// these settings has. It is empty where it has none.
	KeyOf(settings map[string]string) string
	// ReadKey makes a connector's secret of what was given for it: the text of a
	// key's file, or the name of the file. Errors are a [*Problem], or say why the
	// file cannot be read; none holds any of the key.
	ReadKey(settings map[string]string, given secret.Secret) (secret.Secret, error)
}
