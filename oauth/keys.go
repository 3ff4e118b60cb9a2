package oauth

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"net/http"

	"github.com/go-jose/go-jose/v4"
)

// signingKey is one of an authority's keys.
type signingKey struct {
	public *rsa.PublicKey
	// issuer is for whom it signs, where the authority says so: Entra publishes the
	// keys of several issuers in one set.
	issuer string
}

// fetchKeys reads an authority's keys by their ids. They are read for each
// sign-in, so that an unknown id is a forgery and not a matter of age.
func fetchKeys(ctx context.Context, web *http.Client, address string) (map[string]signingKey, error) {
	body, err := get(ctx, web, address)
	if err != nil {
		return nil, err
	}
	return parseKeys(body)
}

// minRSA is the shortest key that RS256 allows (RFC 7518, section 3.3), in bits.
const minRSA = 2048

// parseKeys reads a set of keys (RFC 7517). Keys of other kinds and for other
// uses are passed over, as the RFC wants; two keys of one id are refused.
func parseKeys(body []byte) (map[string]signingKey, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if json.Unmarshal(body, &set) != nil {
		return nil, fail(BadReply, "the sign-in service's keys cannot be read")
	}
	keys := map[string]signingKey{}
	for _, raw := range set.Keys {
		var key jose.JSONWebKey
		var extra struct {
			Issuer string `json:"issuer"`
		}
		if json.Unmarshal(raw, &key) != nil || json.Unmarshal(raw, &extra) != nil {
			continue
		}
		public, ok := key.Key.(*rsa.PublicKey)
		if !ok || key.KeyID == "" || key.Use != "" && key.Use != "sig" || key.Algorithm != "" && key.Algorithm != string(jose.RS256) ||
			public.N.BitLen() < minRSA {
			continue
		}
		if _, twice := keys[key.KeyID]; twice {
			return nil, fail(BadReply, "the sign-in service has two keys of one name")
		}
		keys[key.KeyID] = signingKey{public, extra.Issuer}
	}
	if len(keys) == 0 {
		return nil, fail(BadReply, "the sign-in service shows no key to check its signature with")
	}
	return keys, nil
}
