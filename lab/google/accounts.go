package google

import (
	"crypto/rsa"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"strings"
	"sync"
)

// The service accounts in the lab, by their addresses. Their clients have the
// same names as those of a project in Google Cloud.
const (
	// Account may do at Contoso what a service's connector needs.
	Account = "fairlead@lab-connectors.iam.gserviceaccount.com"
	// NewAccount is authorised nowhere yet: the page of the Admin console does it.
	NewAccount = "fairlead-new@lab-connectors.iam.gserviceaccount.com"
)

// ServiceClient is the numeric client id of a service's own client, whose key
// the service keeps to itself.
const ServiceClient = "108844200311955120017"

// account is a service account of a project.
type account struct {
	address, clientID, keyID, project string
	key                               *rsa.PrivateKey
}

// keyText holds the keys of both accounts, as PKCS#8 in base64. They open
// nothing outside the lab, and stay the same so that a connector that was made
// in the lab works when the lab has been started anew.
//
//go:embed keys.txt
var keyText string

// keys are read once: RSA keys take their time.
var keys = sync.OnceValue(func() []*rsa.PrivateKey {
	var list []*rsa.PrivateKey
	for line := range strings.Lines(keyText) {
		der, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
		if err != nil {
			panic(err) // a mistake in keys.txt, as below
		}
		key, err := x509.ParsePKCS8PrivateKey(der)
		if err != nil {
			panic(err)
		}
		list = append(list, key.(*rsa.PrivateKey))
	}
	return list
})

const project = "lab-connectors"

func sampleAccounts() []*account {
	return []*account{
		{Account, "110248495921238986420", "8f1d6f3f0b6c4e2a9d7b5a3c1e0f2d4b6a8c0e12", project, keys()[0]},
		{NewAccount, "117093356784120984533", "2b4d6f8a0c1e3f5a7b9d0e2c4a6b8d0f1e3c5a79", project, keys()[1]},
	}
}

// find returns the account with an address, or nil.
func (g *Google) find(address string) *account {
	for _, a := range g.accounts {
		if a.address == address {
			return a
		}
	}
	return nil
}

// KeyFile is the key of an account, by its address, as Google Cloud gives it out
// for download; or nil for an account that there is not.
func KeyFile(address string) []byte {
	for _, a := range sampleAccounts() {
		if a.address == address {
			return a.keyFile()
		}
	}
	return nil
}

// ClientID is the numeric id of an account's client, or empty.
func ClientID(address string) string {
	for _, a := range sampleAccounts() {
		if a.address == address {
			return a.clientID
		}
	}
	return ""
}

func (a *account) keyFile() []byte {
	der, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		panic(err) // the key is a good one
	}
	const certs = "https://www.googleapis.com/oauth2/v1/certs"
	text, err := json.MarshalIndent(map[string]string{
		"type": "service_account", "project_id": a.project, "private_key_id": a.keyID,
		"private_key":  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		"client_email": a.address, "client_id": a.clientID,
		"auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": tokenAddress,
		"auth_provider_x509_cert_url": certs,
		"client_x509_cert_url":        "https://www.googleapis.com/robot/v1/metadata/x509/" + strings.ReplaceAll(a.address, "@", "%40"),
		"universe_domain":             "googleapis.com",
	}, "", "  ")
	if err != nil {
		panic(err) // strings always fit
	}
	return append(text, '\n')
}
