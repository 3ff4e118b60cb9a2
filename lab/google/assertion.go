package google

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// assertion is what a service account has signed.
type assertion struct {
	account *account
	subject string // whom it acts for; empty means for itself
	scopes  []string
}

const (
	// maxLife is how long an assertion may be good, and leeway how far a client's
	// clock may be off.
	maxLife = 65 * time.Minute
	leeway  = time.Minute
)

// judge checks an assertion: its form, its issuer, its signature (RS256), whom
// it is meant for, its lifetime, and that its scopes exist.
func (g *Google) judge(text string) (assertion, trouble) {
	var head struct{ Alg, Kid string }
	var claims struct {
		Iss, Sub, Aud, Scope string
		Iat, Exp             int64
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 || !decode(parts[0], &head) || !decode(parts[1], &claims) || head.Alg != "RS256" {
		return assertion{}, malformed
	}
	a := assertion{account: g.find(claims.Iss), subject: claims.Sub, scopes: strings.Fields(claims.Scope)}
	if a.account == nil {
		return a, noVerifier
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err != nil || head.Kid != a.account.keyID || rsa.VerifyPKCS1v15(&a.account.key.PublicKey, crypto.SHA256, sum[:], signature) != nil {
		return a, badSignature
	}
	issued, expires, now := time.Unix(claims.Iat, 0), time.Unix(claims.Exp, 0), g.clock()
	switch {
	case claims.Aud != tokenAddress:
		return a, wrongAudience
	case issued.After(now.Add(leeway)) || !expires.After(now.Add(-leeway)) || expires.Before(issued) || expires.Sub(issued) > maxLife:
		return a, notShortLived
	case len(a.scopes) == 0 || slices.ContainsFunc(a.scopes, func(s string) bool { return !slices.Contains(scopes(), s) }):
		return a, badScope
	}
	return a, trouble{}
}

// decode reads a part of a JWT.
func decode(part string, into any) bool {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(raw, into) == nil
}
