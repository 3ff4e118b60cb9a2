package app

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"fairlead/providers"
	"fairlead/secret"
)

// keyedProvider is a platform whose connectors have a key.
type keyedProvider struct{ *fakeProvider }

func (keyedProvider) KeyOf(map[string]string) string { return "key 7 of robot@example.com" }

func (keyedProvider) ReadKey(_ map[string]string, given secret.Secret) (secret.Secret, error) {
	if !given.Equal(secret.New(`{"key": 7}`)) && !given.Equal(secret.New("the key itself")) {
		return secret.Secret{}, errors.New("this is another key; give the key 7")
	}
	return secret.New("the key itself"), nil
}

// TestAKeyIsAskedForAgain tests a connector whose key was not kept.
func TestAKeyIsAskedForAgain(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.world.Providers = []providers.Provider{keyedProvider{h.fake}}
	c := h.openFirst()
	h.mustSee("Key")
	if err := h.world.Keeper.Keyring.Delete(t.Context(), c.Credential.Key); err != nil {
		t.Fatal(err)
	}
	h.press("Test again")
	h.at("dialog:key")
	h.mustSee("The key is needed", "holds the key 7 of robot@example.com", "Choose file …")
	h.shot("light-test-again-key")
	h.key(fyne.KeyReturn)
	h.mustSee("Paste the key, or choose its file")
	h.app.dropped(fyne.NewPos(9, 9), []fyne.URI{storage.NewFileURI("/keys/key.json")})
	if got := h.entry().Text; got != "/keys/key.json" {
		t.Errorf("the file that was dropped is not in the field, but %q", got)
	}
	h.entry().SetText("")
	h.typed("something else")
	h.key(fyne.KeyReturn)
	h.mustSee("This is another key; give the key 7")
	h.entry().SetText(`{"key": 7}`)
	field := h.entry()
	h.key(fyne.KeyReturn)
	h.at("done:details")
	if field.Text != "" || h.app.taking != nil {
		t.Errorf("the field still holds %q", field.Text)
	}
	if len(h.fake.passwords) != 1 || h.fake.passwords[0].Reveal() != "the key itself" {
		t.Error("the test did not get the key")
	}
}
