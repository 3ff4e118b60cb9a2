package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
)

// maxSignIn is more than the domain and account names that Active Directory's
// tools let anyone make.
const maxSignIn = 256

// CheckSignIn says what is wrong with a sign-in name, or nothing. Two forms are
// taken: DOMAIN\user and user@domain. Errors are a [*providers.Problem].
func CheckSignIn(name string) error {
	const forms = `type CONTOSO\svc-mail or svc-mail@contoso.com`
	switch {
	case strings.TrimSpace(name) == "":
		return problem("the sign-in name is empty", "", forms)
	case len(name) > maxSignIn || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return problem("this is not a sign-in name", "it is too long or holds characters that cannot be typed", forms)
	case strings.TrimSpace(name) != name:
		return problem("there is a space before or after the name", "", "take it out")
	case strings.Contains(name, ":"):
		return problem("there is a colon in the name", "Basic sign-in ends the name at a colon",
			"use the account's other form: "+forms[len("type "):])
	case strings.Contains(name, "/"):
		return problem("a slash is not part of a sign-in name", "", "use a backslash: "+strings.ReplaceAll(name, "/", `\`))
	}
	domain, user, down := strings.Cut(name, `\`)
	switch {
	case down && domain == ".":
		return problem("this is an account of one computer", "Exchange takes accounts of the domain only", forms)
	case down && (domain == "" || user == "" || strings.Contains(user, `\`)):
		return problem(`there must be one backslash, with a domain before and a user after it`, "", forms)
	case down:
		return nil
	}
	user, domain, at := cutLast(name, "@")
	switch {
	case !at:
		return problem("the domain is missing", "without it the server cannot tell whose account this is", forms)
	case user == "" || domain == "":
		return problem("a sign-in name has something before and after the @", "", forms)
	}
	return nil
}

// LocalName reports whether a sign-in name ends in a domain that exists inside
// the company only, such as contoso.local. Services outside cannot use such a
// name.
func LocalName(name string) bool {
	_, domain, at := cutLast(name, "@")
	if !at || domain == "" {
		return false
	}
	domain = strings.ToLower(strings.TrimSuffix(domain, "."))
	if strings.HasSuffix(domain, ".example") {
		return false // reserved for examples, where it stands for a public one (RFC 2606)
	}
	// The list holds every ending that exists in public, and returns the last
	// label for one that does not.
	suffix, managed := publicsuffix.PublicSuffix(domain)
	return !managed && !strings.Contains(suffix, ".")
}

// cutLast cuts around the last sep.
func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}
