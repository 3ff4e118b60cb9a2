//go:build e2e

package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"unicode/utf16"
)

// holds reports whether data holds a secret in one of its forms.
func holds(data []byte, secret string) bool {
	return slices.ContainsFunc(forms(secret), func(form []byte) bool { return bytes.Contains(data, form) })
}

// forms are the ways in which a secret may stand in a file: as it is, in
// base64 at each of the three offsets, in hexadecimal, and in UTF-16.
func forms(secret string) [][]byte {
	all := [][]byte{[]byte(secret), []byte(hex.EncodeToString([]byte(secret)))}
	for offset := range 3 {
		padded := append(bytes.Repeat([]byte{0}, offset), secret...)
		text := base64.StdEncoding.EncodeToString(padded)
		// the first and the last group depend on what stands beside the secret
		all = append(all, []byte(text[4:len(text)-4]))
	}
	var wide []byte
	for _, unit := range utf16.Encode([]rune(secret)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	return append(all, wide)
}
