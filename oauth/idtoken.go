package oauth

import (
	"crypto/subtle"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// Identity is what a verified id token says of who signed in.
type Identity struct {
	// Issuer and Subject together identify the person.
	Issuer, Subject string
	// Tenant is the id of the tenant (Entra's "tid"), proved; empty elsewhere.
	Tenant string
	// Name and Account are for the screen: a person may change them.
	Name, Account string
	// Domain is the Workspace customer's domain (Google's "hd").
	Domain string
}

// leeway is how far this computer's clock may be from the authority's.
const leeway = 2 * time.Minute

// verifier holds what an id token has to agree with.
type verifier struct {
	keys     map[string]signingKey
	issuer   string // may have [tenantPart] in it
	audience string
	nonce    string // empty in the device code flow, which cannot carry one
	now      time.Time
}

// verify checks an id token (OpenID Connect Core, section 3.1.3.7). Only RS256
// is taken: "none" needs no key, and HS256 would take the public key as secret.
// No error holds any part of the token.
func (v verifier) verify(token string) (Identity, error) {
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return Identity{}, fail(BadToken, "the id token is damaged, or signed in a way that is not accepted")
	}
	key, known := v.keys[signed.Signatures[0].Header.KeyID]
	if !known {
		return Identity{}, fail(BadToken, "the id token is signed with a key that the sign-in service does not have")
	}
	payload, err := signed.Verify(key.public)
	if err != nil {
		return Identity{}, fail(BadToken, "the id token's signature is wrong")
	}
	var claims struct {
		jwt.Claims
		Nonce      string `json:"nonce"`
		Authorized string `json:"azp"`
		Tenant     string `json:"tid"`
		Name       string `json:"name"`
		Preferred  string `json:"preferred_username"`
		Email      string `json:"email"`
		Domain     string `json:"hd"`
	}
	if json.Unmarshal(payload, &claims) != nil {
		return Identity{}, fail(BadToken, "the id token's content cannot be read")
	}
	if err := v.verifyIssuer(key, claims.Issuer, claims.Tenant); err != nil {
		return Identity{}, err
	}
	if len(claims.Audience) != 1 || claims.Audience[0] != v.audience || claims.Authorized != "" && claims.Authorized != v.audience {
		return Identity{}, fail(WrongApp, "the id token is for another application")
	}
	if subtle.ConstantTimeCompare([]byte(claims.Nonce), []byte(v.nonce)) != 1 {
		return Identity{}, fail(BadToken, "the id token is for another sign-in")
	}
	if err := v.verifyTime(claims.Claims); err != nil {
		return Identity{}, err
	}
	if claims.Subject == "" {
		return Identity{}, fail(BadToken, "the id token names nobody")
	}
	account := claims.Preferred
	if account == "" {
		account = claims.Email
	}
	return Identity{
		Issuer: claims.Issuer, Subject: claims.Subject, Tenant: claims.Tenant,
		Name: Clean(claims.Name, 200, nil), Account: Clean(account, 320, nil), Domain: Clean(claims.Domain, 253, nil),
	}, nil
}

// verifyIssuer wants the issuer that was asked for, the tenant that the issuer
// names, and a key that signs for it.
func (v verifier) verifyIssuer(key signingKey, issuer, tid string) error {
	tenant, ok := matchIssuer(v.issuer, issuer)
	if !ok || tenant != "" && tenant != tid {
		return fail(WrongIssuer, "the id token is from another sign-in service or tenant")
	}
	if key.issuer == "" {
		return nil
	}
	if _, ok := matchIssuer(key.issuer, issuer); !ok {
		return fail(WrongIssuer, "the id token is signed with the key of another issuer")
	}
	return nil
}

func (v verifier) verifyTime(c jwt.Claims) error {
	if c.Expiry == nil || c.IssuedAt == nil {
		return fail(BadToken, "the id token does not say when it ends")
	}
	const clock = "; check this computer's clock, which says "
	now := v.now.UTC().Format("2006-01-02 15:04 UTC")
	switch {
	case !v.now.Before(c.Expiry.Time().Add(leeway)):
		return fail(Expired, "the id token has expired"+clock+now)
	case c.NotBefore != nil && v.now.Add(leeway).Before(c.NotBefore.Time()), v.now.Add(leeway).Before(c.IssuedAt.Time()):
		return fail(Expired, "the id token is from the future"+clock+now)
	}
	return nil
}

// scopes splits a "scope" value; without one, what was asked for was granted
// (RFC 6749, section 5.1).
func scopes(granted string, asked []string) []string {
	if granted == "" {
		return slices.Clone(asked)
	}
	return strings.Fields(granted)
}
