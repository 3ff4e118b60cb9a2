package domain

import (
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// DKIMKey is a key record of RFC 6376, section 3.6.1, taken apart.
type DKIMKey struct {
	Type     string // rsa or ed25519
	Bits     int    // the length of the key; zero where it cannot be read
	Revoked  bool   // there is no key any more
	Testing  bool   // failures are not to count
	Hashes   []string
	Services []string
	// Unreadable says why the key cannot be read; empty if it can.
	Unreadable string
	// Problems are sentences on what breaks the rules.
	Problems []string
}

// ParseDKIM takes a key record apart.
func ParseDKIM(text string) DKIMKey {
	tags, problems := parseTags(text)
	k := DKIMKey{Type: "rsa", Problems: problems}
	if version, found := value(tags, "v"); found && (version != "DKIM1" || tags[0].name != "v") {
		k.Problems = append(k.Problems, "`v` must be `DKIM1` and stand first")
	}
	if kind, found := value(tags, "k"); found {
		k.Type = strings.ToLower(kind)
	}
	k.Hashes, k.Services = words(tags, "h"), words(tags, "s")
	k.Testing = slices.Contains(words(tags, "t"), "y")
	key, found := value(tags, "p")
	switch {
	case !found:
		k.Problems = append(k.Problems, "the key is missing: there is no `p`")
	case key == "":
		k.Revoked = true
	case k.Type == "rsa" || k.Type == "ed25519":
		k.Bits, k.Unreadable = keyLength(k.Type, key)
	}
	return k
}

// words are a tag's values with colons between them, in lower case.
func words(tags []tag, name string) (all []string) {
	if text, found := value(tags, name); found {
		for word := range strings.SplitSeq(text, ":") {
			all = append(all, strings.ToLower(strings.TrimSpace(word)))
		}
	}
	return all
}

// keyLength reads a public key. RSA keys come as SubjectPublicKeyInfo, some as
// the bare key, which RFC 6376 meant at first.
func keyLength(kind, text string) (bits int, why string) {
	text = strings.Map(func(c rune) rune {
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			return -1
		}
		return c
	}, text)
	der, err := base64.StdEncoding.DecodeString(text)
	switch {
	case err != nil && strings.Contains(text, `\`):
		return 0, "a backslash stands in it"
	case err != nil && len(text)%4 != 0:
		return 0, "it is cut off"
	case err != nil:
		return 0, "it is not written in Base64"
	}
	if kind == "ed25519" {
		if len(der) != ed25519.PublicKeySize {
			return 0, fmt.Sprintf("it has %d bytes instead of %d", len(der), ed25519.PublicKeySize)
		}
		return 8 * len(der), ""
	}
	if any, err := x509.ParsePKIXPublicKey(der); err == nil {
		if key, ok := any.(*rsa.PublicKey); ok {
			return key.N.BitLen(), ""
		}
		return 0, "it is not a key for RSA"
	}
	if key, err := x509.ParsePKCS1PublicKey(der); err == nil {
		return key.N.BitLen(), ""
	}
	return 0, "it is cut off or damaged"
}
