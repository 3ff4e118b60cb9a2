package google

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"fairlead/keyring"
	"fairlead/providers"
	"fairlead/secret"
)

// minRSA is the shortest key that RS256 allows (RFC 7518, section 3.3), in bits.
const minRSA = 2048

// parsePrivate reads the private key of a key file, in PEM.
func parsePrivate(text string) (*rsa.PrivateKey, error) {
	damaged := &providers.Problem{What: "the private key in the file is damaged", Why: "part of it is missing or was changed", Do: downloadAgain}
	block, rest := pem.Decode([]byte(text))
	switch {
	case strings.Contains(text, "ENCRYPTED"):
		return nil, &providers.Problem{What: "the private key in the file is encrypted", Why: "Google never gives one out like this", Do: downloadAgain}
	case block == nil || len(bytes.TrimSpace(rest)) > 0:
		return nil, damaged
	case len(block.Bytes) > keyring.MaxSecret: // it would not fit, and a huge key takes minutes to look at
		return nil, tooManyBits(8 * len(block.Bytes) / 5)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		if parsed, err = x509.ParsePKCS1PrivateKey(block.Bytes); err != nil {
			return nil, damaged
		}
	}
	private, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, &providers.Problem{What: "the private key in the file is not an RSA key", Do: downloadAgain}
	}
	if bits := private.N.BitLen(); bits < minRSA {
		return nil, &providers.Problem{What: fmt.Sprintf("the private key has %d bits", bits), Why: "Google's have 2048", Do: downloadAgain}
	}
	if _, err := encode(private); err != nil {
		return nil, err
	}
	return private, nil
}

// encode is a key as the keyring keeps it: PKCS#8 in base64, which fits into
// every system's keyring where the JSON file does not.
func encode(private *rsa.PrivateKey) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return "", &providers.Problem{What: "the private key cannot be used", Do: downloadAgain}
	}
	text := base64.StdEncoding.EncodeToString(der)
	if len(text) > keyring.MaxSecret {
		return "", tooManyBits(private.N.BitLen())
	}
	return text, nil
}

func tooManyBits(bits int) error {
	return &providers.Problem{
		What: fmt.Sprintf("the private key has about %d bits and does not fit into every system's keyring", bits), Do: "make one with 2048 bits",
	}
}

// Secret is the private key alone, for the keyring.
func (k *Key) Secret() (secret.Secret, error) {
	text, err := encode(k.private)
	return secret.New(text), err
}

// errNoKey says that a record's private key is not what [Key.Secret] makes.
var errNoKey = errors.New("the private key is missing or damaged")

// restore puts the key together again from a record and the keyring.
func (t Target) restore() (*Key, error) {
	der, err := base64.StdEncoding.DecodeString(t.Key.Reveal())
	if err != nil || len(der) == 0 {
		return nil, errNoKey
	}
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	private, ok := parsed.(*rsa.PrivateKey)
	if err != nil || !ok {
		return nil, errNoKey
	}
	return &Key{Account: t.Account, Client: t.Client, ID: t.KeyID, Project: t.Project, private: private}, nil
}
