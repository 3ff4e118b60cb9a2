package google

import (
	"bytes"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"fairlead/providers"
)

// Key is the key of a service account.
type Key struct {
	Account string // its address
	Client  string // its numeric id
	ID      string // of the key
	Project string
	private *rsa.PrivateKey
}

// maxKeyFile is more than any key file has, in bytes: they have 2,400.
const maxKeyFile = 32 << 10

// downloadAgain is how to come by a good key file.
const downloadAgain = "download it again in Google Cloud: IAM & Admin, Service Accounts, Keys, Add key, JSON"

// keyFile is the form of a key file, as far as it is looked at.
type keyFile struct {
	Type       string `json:"type"`
	Project    string `json:"project_id"`
	KeyID      string `json:"private_key_id"`
	PrivateKey string `json:"private_key"`
	Account    string `json:"client_email"`
	Client     string `json:"client_id"`
	TokenURI   string `json:"token_uri"`
	Universe   string `json:"universe_domain"`

	Installed json.RawMessage `json:"installed"` // of a client for people
	Web       json.RawMessage `json:"web"`
}

// tokenURIs are those that Google has written into key files over time. None is
// followed: assertions go to one host alone.
var tokenURIs = []string{
	tokenAddress, "https://accounts.google.com/o/oauth2/token", "https://www.googleapis.com/oauth2/v4/token",
	"https://www.googleapis.com/oauth2/v3/token",
}

// ReadKey reads a key from a file. Nothing of the file is ever part of an error.
func ReadKey(name string) (*Key, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the key file cannot be read: %w", err)
	case info.IsDir():
		return nil, &providers.Problem{What: "this is a folder", Do: "name the key file in it"}
	case info.Size() > maxKeyFile:
		return nil, tooBig(int(info.Size()))
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the key file cannot be read: %w", err)
	}
	return ParseKey(data)
}

func tooBig(size int) error {
	return &providers.Problem{
		What: fmt.Sprintf("this has %d bytes and is no key file", size), Why: "a key file has about 2,400", Do: downloadAgain,
	}
}

// ParseKey reads a service account's key as Google Cloud gives it out, in JSON.
// It refuses other kinds of credentials, and files that name a token service
// that is not Google's. Nothing of the data is ever part of an error, except for
// the names of types and hosts.
func ParseKey(data []byte) (*Key, error) {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	var f keyFile
	switch {
	case len(data) > maxKeyFile:
		return nil, tooBig(len(data))
	case len(data) == 0:
		return nil, &providers.Problem{What: "the key is empty", Do: downloadAgain}
	case bytes.HasPrefix(data, []byte("-----BEGIN")):
		return nil, &providers.Problem{What: "this is a bare private key", Why: "it does not say whose it is", Do: "take the whole JSON file that Google Cloud gave out"}
	case data[0] == 0x30 || !utf8.Valid(data):
		return nil, &providers.Problem{What: "this is not JSON", Why: "a key in the old P12 form cannot be used", Do: downloadAgain}
	case json.Unmarshal(data, &f) != nil:
		return nil, notJSON(data)
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	private, err := parsePrivate(f.PrivateKey)
	if err != nil {
		return nil, err
	}
	return &Key{Account: f.Account, Client: f.Client, ID: f.KeyID, Project: f.Project, private: private}, nil
}

func notJSON(data []byte) error {
	if data[0] == '{' && data[len(data)-1] != '}' {
		return &providers.Problem{What: "the end of the key is missing", Do: "copy all of it, from { to }"}
	}
	return &providers.Problem{What: "this is not JSON", Why: "a service account's key is a JSON file", Do: downloadAgain}
}

// otherTypes are credentials of other kinds, in words.
var otherTypes = map[string]string{
	"authorized_user": "the sign-in of a person, as gcloud keeps it", "external_account": "a reference to another cloud's identity",
	"external_account_authorized_user": "the sign-in of a person of another identity provider",
	"impersonated_service_account":     "a reference to a service account without its key",
	"gdch_service_account":             "a key for Google's cloud in your own data centre",
}

func (f *keyFile) check() error {
	const wanted = "a service account's own key is needed; " + downloadAgain
	switch other := otherTypes[f.Type]; {
	case other != "":
		return &providers.Problem{What: "this is " + other + " (" + f.Type + ")", Do: wanted}
	case f.Installed != nil || f.Web != nil:
		return &providers.Problem{What: "this is a client for people to sign in with (OAuth client ID)", Do: wanted}
	case f.Type != "service_account":
		return &providers.Problem{What: "this JSON is not a service account's key", Why: `its "type" is not service_account`, Do: downloadAgain}
	case !slices.Contains(tokenURIs, f.TokenURI) || f.Universe != "" && f.Universe != "googleapis.com":
		return &providers.Problem{
			What: "this key file names another token service than Google's", Why: "a crafted file could send a signed statement elsewhere",
			Do: "do not use it; " + downloadAgain,
		}
	case !strings.HasSuffix(f.Account, ".gserviceaccount.com") || providers.CheckAddress(f.Account) != nil:
		return &providers.Problem{What: `"client_email" is not the address of a service account`, Why: "it ends in .gserviceaccount.com", Do: downloadAgain}
	case CheckClient(f.Client) != nil:
		return &providers.Problem{What: `"client_id" is not the number of a client`, Do: downloadAgain}
	case !plainWord(f.KeyID) || !plainWord(f.Project):
		return &providers.Problem{What: `"private_key_id" or "project_id" is missing`, Do: downloadAgain}
	}
	return nil
}

// plainWord reports whether a text can be nothing but an id.
func plainWord(text string) bool {
	return text != "" && len(text) <= 128 && strings.Trim(text, providers.HostLetters+".:") == ""
}
