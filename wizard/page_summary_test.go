package wizard

import (
	"testing"

	"fairlead/keyring"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// keyed is a platform whose connectors may hold a key.
type keyed struct {
	platform
	key string
}

func (k keyed) KeyOf(map[string]string) string { return k.key }
func (k keyed) ReadKey(map[string]string, secret.Secret) (secret.Secret, error) {
	return secret.Secret{}, nil
}

// TestWritten names the registry that the record goes to, and what goes where.
func TestWritten(t *testing.T) {
	some := secret.New("some")
	for _, tt := range []struct {
		name string
		team bool
		keyed
		want string
	}{
		{"no secret", false, keyed{}, "The record, to this computer's registry. There is no password, and no sign-in is kept."},
		{"no secret, in a team", true, keyed{}, "The record, to the team's registry. There is no password, and no sign-in is kept."},
		{
			"a password", false,
			keyed{platform: platform{outcome: providers.Outcome{Secret: some}}},
			"The record, without the password, to this computer's registry. The password to this session only.",
		},
		{
			"a key, in a team", true,
			keyed{platform: platform{outcome: providers.Outcome{Secret: some}}, key: "the key of a"},
			"The record, without the key, to the team's registry. The key to this session only.",
		},
		{
			"a key for now", false,
			keyed{platform: platform{outcome: providers.Outcome{Secret: some, Session: true}}, key: "the key of a"},
			"The record, without the key, to this computer's registry. The key stays in memory until Fairlead closes.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := &NewConnector{Team: tt.team, Providers: []providers.Provider{tt.keyed}}
			n.Env.Keyring = keyring.Memory()
			if got := n.written(&page.Answers{}); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
