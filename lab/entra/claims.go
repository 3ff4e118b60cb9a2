package entra

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"fairlead/assets"
)

// claims are those that both tokens have.
func (v *visit) claims(s session) map[string]any {
	now := v.now()
	subject := sha256.Sum256([]byte(s.user.id + s.app.id)) // pairwise: another one for each application
	return map[string]any{
		"iss": "https://" + s.tenant.cloud.Login + "/" + s.tenant.id + "/v2.0",
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(tokenLife).Unix(),
		"tid": s.tenant.id, "oid": s.user.id, "sub": encode(subject[:]), "name": s.user.name,
		"uti": encode([]byte(uuid.NewString())[:16]), "ver": "2.0",
	}
}

// idToken is that of OpenID Connect Core 1.0, section 2, or what a fault makes
// of it.
func (v *visit) idToken(s session) string {
	c := v.claims(s)
	c["aud"], c["preferred_username"] = s.app.id, s.user.address
	if s.nonce != "" {
		c["nonce"] = s.nonce
	}
	other := stableID("tenant of somebody else")
	stranger := "https://" + s.tenant.cloud.Login + "/" + other + "/v2.0"
	now := v.now()
	for fault, change := range map[string]func(){
		"id-token-other-audience": func() { c["aud"] = stableID("application of somebody else") },
		"id-token-other-issuer":   func() { c["iss"] = stranger },
		"id-token-other-tenant":   func() { c["iss"], c["tid"] = stranger, other },
		"id-token-other-nonce":    func() { c["nonce"] = uuid.NewString() },
		"id-token-expired": func() {
			c["iat"], c["nbf"], c["exp"] = now.Add(-2*tokenLife).Unix(), now.Add(-2*tokenLife).Unix(), now.Add(-tokenLife).Unix()
		},
		"id-token-early": func() { c["nbf"], c["exp"] = now.Add(time.Hour).Unix(), now.Add(2*time.Hour).Unix() },
	} {
		if v.on(fault) {
			change()
		}
	}
	k := v.keys()
	switch {
	case v.on("id-token-unsigned"):
		return unsigned(c)
	case v.on("id-token-other-key"):
		return sign(k.stranger, k.signingID, c)
	}
	return sign(k.signing, k.signingID, c)
}

// accessToken is for a resource, which alone may look into it.
func (v *visit) accessToken(s session, names []string) string {
	c := v.claims(s)
	host := s.tenant.cloud.Graph
	if s.asked.resource == "exchange" {
		host = s.tenant.cloud.Exchange
	}
	c["aud"], c["appid"], c["upn"] = "https://"+host, s.app.id, s.user.address
	c["scp"] = scopeText(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == "offline_access" }))
	k := v.keys()
	return sign(k.signing, k.signingID, c)
}

func scopeText(names []string) string { return strings.Join(names, " ") }

// delegated are the permissions that are for people who signed in.
func delegated(needs []need) []need {
	return slices.DeleteFunc(slices.Clone(needs), func(n need) bool { return n.kind != assets.Delegated })
}
