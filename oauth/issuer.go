package oauth

import "strings"

// tenantPart stands for the tenant in the issuer of an authority of Entra that
// serves many tenants ("organizations").
const tenantPart = "{tenantid}"

// matchIssuer reports whether an issuer is the expected one, by simple
// comparison of strings (RFC 9207, section 2.4). Where the expected one has
// [tenantPart], any tenant's id may stand there, and is returned.
func matchIssuer(expected, issuer string) (tenant string, ok bool) {
	before, after, templated := strings.Cut(expected, tenantPart)
	if !templated {
		return "", expected != "" && issuer == expected
	}
	rest, ok := strings.CutPrefix(issuer, before)
	if !ok {
		return "", false
	}
	tenant, ok = strings.CutSuffix(rest, after)
	if !ok || !IsGUID(tenant) {
		return "", false
	}
	return tenant, true
}

// IsGUID reports whether text has the form of a tenant's id, in letters of either
// case.
func IsGUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i, c := range text {
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !strings.ContainsRune("0123456789abcdefABCDEF", c) {
				return false
			}
		}
	}
	return true
}
