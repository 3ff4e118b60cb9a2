package md4

import (
	"encoding/hex"
	"strings"
	"testing"
)

func TestSum(t *testing.T) { // RFC 1320, appendix A.5
	for message, want := range map[string]string{
		"":                              "31d6cfe0d16ae931b73c59d7e0c089c0",
		"a":                             "bde52cb31de33e46245e05fbdbd6fb24",
		"abc":                           "a448017aaf21d8525fc10ae87aa6729d",
		"message digest":                "d9130a8164549fe818874806e1c7014b",
		strings.Repeat("1234567890", 8): "e33b4ddc9c38f2199c3e7b164fcc0536",
	} {
		if sum := Sum([]byte(message)); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%q: %x, want %s", message, sum, want)
		}
	}
}
