package report

import (
	"maps"
	"slices"
	"strings"

	"fairlead/check"
)

// label is what an administrator reads instead of a fact's name.
func label(fact string) string {
	switch fact {
	case "primary":
		return "Primary address"
	case "offered":
		return "Sign-in offered"
	case "frontend":
		return "Answered by"
	case "support":
		return "Life cycle"
	case "password-expires":
		return "Password ends"
	case "certificate-expires":
		return "Certificate ends"
	case "address":
		return "Server address"
	case "tenant":
		return "Verified tenant"
	case "granted":
		return "Permissions granted"
	case "consented":
		return "Consent given"
	case "missing":
		return "Permissions missing"
	case "more":
		return "Permissions beyond"
	}
	// A word already: "build", "domain", "platform", "verified".
	if fact == "" {
		return ""
	}
	return strings.ToUpper(fact[:1]) + strings.ReplaceAll(fact[1:], "-", " ")
}

func sortedFacts(r check.Report) []string { return slices.Sorted(maps.Keys(r.Facts)) }
