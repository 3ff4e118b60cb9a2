package zone

import (
	"slices"
	"strings"
)

// Broken are the domains in which one thing is wrong, area by area.
func Broken() []Domain {
	return slices.Concat(brokenNames(), brokenTokens(), brokenMX(), brokenSPF(), brokenDKIM(), brokenDMARC(), brokenTransport())
}

// broken is a healthy domain with changes, named by its diagnosis.
func broken(code, title string, changes ...change) Domain {
	return healthy(NameOf(code), code, title, changes...)
}

// another is one more domain with the same diagnosis.
func another(name, code, title string, changes ...change) Domain {
	return healthy(name+".example", code, title, changes...)
}

// NameOf is the domain that has a diagnosis.
func NameOf(code string) string { return strings.ReplaceAll(code, "_", "-") + ".example" }
