package entra

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
)

// keys are those that sign tokens, and one that nobody should believe.
type keys struct {
	signing, rolled, stranger *rsa.PrivateKey
	signingID, rolledID       string
}

// newKeys makes RSA keys of 2048 bits, as Entra has them. Two are published, so
// that a client has to choose by kid.
func newKeys() keys {
	var made [3]*rsa.PrivateKey
	for i := range made {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err) // the size is a good one, and rand.Reader never fails
		}
		made[i] = key
	}
	return keys{made[0], made[1], made[2], thumbprint(made[0]), thumbprint(made[1])}
}

// thumbprint is a name for a key.
func thumbprint(k *rsa.PrivateKey) string {
	sum := sha256.Sum256(k.N.Bytes())
	return encode(sum[:20])
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// published is the JWKS (RFC 7517).
func (k keys) published(issuer string) map[string]any {
	var list []map[string]any
	for _, key := range []struct {
		id  string
		key *rsa.PrivateKey
	}{{k.rolledID, k.rolled}, {k.signingID, k.signing}} {
		list = append(list, map[string]any{
			"kty": "RSA", "use": "sig", "kid": key.id, "x5t": key.id, "n": encode(key.key.N.Bytes()),
			"e": encode(big.NewInt(int64(key.key.E)).Bytes()), "issuer": issuer, "cloud_instance_name": "lab",
		})
	}
	return map[string]any{"keys": list}
}

// sign makes a JWT (RFC 7519) under a kid, with RS256.
func sign(key *rsa.PrivateKey, kid string, claims map[string]any) string {
	head, _ := json.Marshal(map[string]string{"typ": "JWT", "alg": "RS256", "kid": kid}) // strings always fit
	body, _ := json.Marshal(claims)                                                      // as above, and numbers
	text := encode(head) + "." + encode(body)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err) // the key is a good one
	}
	return text + "." + encode(signature)
}

// unsigned makes a JWT that nobody has signed (RFC 7519, section 6).
func unsigned(claims map[string]any) string {
	body, _ := json.Marshal(claims) // strings and numbers always fit
	return encode([]byte(`{"typ":"JWT","alg":"none"}`)) + "." + encode(body) + "."
}

var errToken = errors.New("the token is not one of ours")

// verify returns the claims of a token that the signing key has signed.
func (k keys) verify(token string) (map[string]any, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, errToken
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, errToken
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if rsa.VerifyPKCS1v15(&k.signing.PublicKey, crypto.SHA256, sum[:], signature) != nil {
		return nil, errToken
	}
	body, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil, errToken
	}
	var claims map[string]any
	if err := json.Unmarshal(body, &claims); err != nil {
		return nil, errToken
	}
	return claims, nil
}
