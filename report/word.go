package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ordinaryWords are those of our own sentences that accounts are called by too.
const ordinaryWords = "account admin administrator agent api app application archive auth basic calendar cloud connection connector contacts " +
	"continuity customer data default delegate directory domain exchange group host impersonation info lab mail mailbox manager master microsoft " +
	"monitor network office outlook owner partner password person program proxy public recover report root scanner security server service " +
	"services shared support sync synchronisation system team test user users web windows"

// ordinary reports whether a name is a word of our own sentences. Names of up to
// three letters count as such: too many are part of something else.
func ordinary(name string) bool {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return false
	}
	return utf8.RuneCountInString(name) <= 3 || slices.Contains(strings.Fields(ordinaryWords), strings.ToLower(name))
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// wholeWord reports whether no letter or digit touches what stands between two
// texts. The last letter of an encoded character, such as %5C, is none.
func wholeWord(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return (!letterOrDigit(last) || endsEncoded(before)) && !letterOrDigit(first)
}

// endsEncoded reports whether a text ends in an encoded character (RFC 3986,
// section 2.1).
func endsEncoded(text string) bool {
	if len(text) < 3 {
		return false
	}
	code := text[len(text)-3:]
	return code[0] == '%' && strings.Trim(code[1:], "0123456789abcdefABCDEF") == ""
}

// inAccount reports whether what stands between two texts follows a domain, as
// in DOMAIN\user, or comes before the @ of user@domain.
func inAccount(before, after string) bool {
	return endsIn(before, `\`, "%5C", "&#92;") ||
		strings.HasPrefix(after, "@") || strings.HasPrefix(after, "%40") || strings.HasPrefix(after, "&#64;")
}

// endsIn reports whether a text ends in one of others, in either case.
func endsIn(text string, others ...string) bool {
	return slices.ContainsFunc(others, func(other string) bool {
		return len(text) >= len(other) && strings.EqualFold(text[len(text)-len(other):], other)
	})
}
