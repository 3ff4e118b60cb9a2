package exchange

import (
	"slices"
	"strings"

	"fairlead/providers"
)

// challenge is one way to sign in that a server offers, of a WWW-Authenticate
// header (RFC 9110, section 11.6.1).
type challenge struct {
	scheme string // as the server wrote it: "Basic"
	realm  string
}

// String shows the challenge without anything that a scheme adds, which for
// some is a message about the caller.
func (c challenge) String() string {
	if c.realm == "" {
		return c.scheme
	}
	return c.scheme + " realm=" + c.realm
}

// challenges reads the values of the headers. One value may hold several
// challenges with commas between, and commas stand between the parameters of
// each as well. What cannot be read is left out.
func challenges(values []string) (all []challenge) {
	for _, value := range values {
		for _, part := range splitCommas(value) {
			name, rest := token(part)
			if name == "" {
				continue
			}
			if !strings.HasPrefix(rest, "=") { // else it is a parameter of the one before
				all = append(all, challenge{scheme: name})
				name, rest = token(rest)
			}
			text, isParameter := strings.CutPrefix(rest, "=")
			if isParameter && len(all) > 0 && strings.EqualFold(name, "realm") {
				all[len(all)-1].realm = unquote(strings.TrimSpace(text))
			}
		}
	}
	return all
}

// token cuts a name off the front of a text, and the spaces around it.
func token(text string) (name, rest string) {
	text = strings.TrimLeft(text, " \t")
	rest = strings.TrimLeft(text, providers.HostLetters+"!#$%&'*+.^`|~") // RFC 9110, section 5.6.2
	return text[:len(text)-len(rest)], strings.TrimLeft(rest, " \t")
}

// splitCommas cuts at commas that are not between quotes.
func splitCommas(text string) (parts []string) {
	quoted, escaped, start := false, false, 0
	for i := range len(text) {
		switch {
		case escaped:
			escaped = false
		case quoted && text[i] == '\\':
			escaped = true
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ',' && !quoted:
			parts = append(parts, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	return append(parts, strings.TrimSpace(text[start:]))
}

func unquote(text string) string {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return text
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(text[1 : len(text)-1])
}

// schemes lists the names of the schemes, each once.
func schemes(all []challenge) (names []string) {
	for i, c := range all {
		if !offers(all[:i], c.scheme) {
			names = append(names, c.scheme)
		}
	}
	return names
}

// offers reports whether a scheme is among the challenges.
func offers(all []challenge, scheme string) bool {
	return slices.ContainsFunc(all, func(c challenge) bool { return strings.EqualFold(c.scheme, scheme) })
}
