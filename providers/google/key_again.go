package google

import (
	"strings"

	"fairlead/providers"
	"fairlead/secret"
)

var _ providers.Keyed = Provider{}

// KeyOf names the key of a connector with a service account of the customer's own.
func (Provider) KeyOf(settings map[string]string) string {
	if settings[settingAccount] == "" {
		return ""
	}
	return "key " + settings[settingKeyID] + " of " + settings[settingAccount]
}

// ReadKey reads the key of a connector again, which has to be the very one that
// the connector was made with. What the keyring keeps is taken as well.
func (Provider) ReadKey(settings map[string]string, given secret.Secret) (secret.Secret, error) {
	if _, err := (Target{Key: given}).restore(); err == nil {
		return given, nil
	}
	key, err := readGiven(given.Reveal())
	if err != nil {
		return secret.Secret{}, err
	}
	switch {
	case key.Account != settings[settingAccount] || key.Client != settings[settingClient]:
		return secret.Secret{}, &providers.Problem{
			What: "this is the key of another account, " + key.Account,
			Do:   "give a key of " + settings[settingAccount],
		}
	case key.ID != settings[settingKeyID]:
		return secret.Secret{}, &providers.Problem{
			What: "this is another key of the account, " + key.ID,
			Do:   "give the key " + settings[settingKeyID] + ", or make the connector anew with this one",
		}
	}
	return key.Secret()
}

// longestPath is more than the name of any key file has, in bytes. A private key
// alone is longer, so that none is taken for a name, which errors repeat.
const longestPath = 1024

// readGiven reads a key from its text, or from the file whose name the text is.
func readGiven(text string) (*Key, error) {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text, "{\r\n") || strings.HasPrefix(text, "-----") || len(text) > longestPath {
		return ParseKey([]byte(text))
	}
	return ReadKey(strings.Trim(text, `"`)) // as Windows copies a path
}
