package domain

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// SPFRecord is a record of RFC 7208, taken apart.
type SPFRecord struct {
	Text  string
	Terms []SPFTerm
	// Problems are sentences on what breaks the rules; receivers then take the
	// whole record as an error.
	Problems []string
}

// SPFTerm is one word of a record.
type SPFTerm struct {
	Text      string // as it stands
	Qualifier byte   // + - ~ or ?; 0 for a modifier
	Name      string // in lower case: include, a, mx, ptr, ip4, ip6, exists, all; redirect, exp
	Value     string // what follows the colon or the equals sign
	Modifier  bool
}

// IsSPF reports whether a TXT record is meant to be an SPF record.
func IsSPF(text string) bool {
	return strings.EqualFold(text, "v=spf1") || len(text) > 6 && strings.EqualFold(text[:7], "v=spf1 ")
}

// ParseSPF takes a record apart. What it cannot read is among its problems.
func ParseSPF(text string) SPFRecord {
	r := SPFRecord{Text: text}
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return c == ' ' })[min(1, len(strings.Fields(text))):] {
		term, problem := parseTerm(word)
		r.Terms = append(r.Terms, term)
		if problem != "" {
			r.Problems = append(r.Problems, problem)
		}
	}
	seen := map[string]bool{}
	for _, t := range r.Terms {
		if t.Modifier && (t.Name == "redirect" || t.Name == "exp") {
			if seen[t.Name] {
				r.Problems = append(r.Problems, fmt.Sprintf("%s= stands there twice", t.Name))
			}
			seen[t.Name] = true
		}
	}
	return r
}

// parseTerm reads one word (RFC 7208, section 12).
func parseTerm(word string) (t SPFTerm, problem string) {
	t.Text = word
	if i := strings.IndexAny(word, "=:/"); i > 0 && word[i] == '=' {
		t.Modifier, t.Name, t.Value = true, strings.ToLower(word[:i]), word[i+1:]
		switch {
		case !isModifierName(t.Name):
			return t, fmt.Sprintf("`%s` is no word of SPF", word)
		case (t.Name == "redirect" || t.Name == "exp") && !isSPFDomain(t.Value):
			return t, fmt.Sprintf("`%s` names no domain", word)
		}
		return t, ""
	}
	t.Qualifier = '+'
	rest := word
	if strings.ContainsRune("+-~?", rune(word[0])) {
		t.Qualifier, rest = word[0], word[1:]
	}
	name, value := rest, ""
	if i := strings.IndexAny(rest, ":/"); i >= 0 {
		name, value = rest[:i], strings.TrimPrefix(rest[i:], ":")
	}
	t.Name, t.Value = strings.ToLower(name), value
	switch t.Name {
	case "all":
		if rest != name {
			return t, fmt.Sprintf("`%s`: nothing may follow `all`", word)
		}
	case "include", "exists":
		if !isSPFDomain(value) {
			return t, fmt.Sprintf("`%s` names no domain; the name follows the colon without a space", word)
		}
	case "a", "mx":
		if !isHostTerm(value, strings.HasPrefix(rest[len(name):], ":")) {
			return t, fmt.Sprintf("`%s` is not written as a domain and a length of network", word)
		}
	case "ptr":
		if value != "" && !isSPFDomain(value) {
			return t, fmt.Sprintf("`%s` names no domain", word)
		}
	case "ip4", "ip6":
		if !isNetwork(t.Name, value) {
			return t, fmt.Sprintf("`%s` is no address or network of that kind", word)
		}
	default:
		return t, fmt.Sprintf("`%s` is no word of SPF", word)
	}
	return t, ""
}

func isModifierName(name string) bool {
	for i, c := range name {
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789-_.", c)) {
			return false
		}
	}
	return name != ""
}

// isSPFDomain accepts names with macros too, which only a receiver can fill in.
func isSPFDomain(text string) bool {
	if text == "" || len(text) > 253 {
		return false
	}
	for _, c := range text {
		if c <= ' ' || c > '~' || strings.ContainsRune(`:,;"'\<>()`, c) {
			return false
		}
	}
	if strings.Contains(text, "%") {
		return true
	}
	return !strings.Contains(text, "/") && strings.Contains(strings.Trim(text, "."), ".") && !strings.Contains(text, "..")
}

// isHostTerm reads what follows a or mx: a domain, /24, //64, or several of them.
func isHostTerm(value string, colon bool) bool {
	domain, lengths := value, ""
	if i := strings.Index(value, "/"); i >= 0 && !strings.Contains(value, "%{") {
		domain, lengths = value[:i], value[i:]
	}
	if colon != (domain != "") || domain != "" && !isSPFDomain(domain) {
		return false
	}
	if lengths == "" {
		return true
	}
	four, six, both := strings.Cut(lengths, "//")
	return (four == "" || isLength(four[1:], 32)) && (!both || isLength(six, 128))
}

func isLength(text string, most int) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n >= 0 && n <= most && strconv.Itoa(n) == text
}

func isNetwork(kind, value string) bool {
	address, err := netip.ParseAddr(value)
	if err != nil {
		prefix, failed := netip.ParsePrefix(value)
		if failed != nil {
			return false
		}
		address = prefix.Addr()
	}
	return address.Zone() == "" && address.Is4() == (kind == "ip4")
}

// all is the first word "all", or nil.
func (r SPFRecord) all() *SPFTerm {
	for i := range r.Terms {
		if r.Terms[i].Name == "all" && !r.Terms[i].Modifier {
			return &r.Terms[i]
		}
	}
	return nil
}

// redirect is where the record sends whoever matches nothing, or empty. It does
// not count where there is an "all" (RFC 7208, section 6.1).
func (r SPFRecord) redirect() string {
	if r.all() != nil {
		return ""
	}
	for _, t := range r.Terms {
		if t.Modifier && t.Name == "redirect" {
			return t.Value
		}
	}
	return ""
}

// ignored are the words that no receiver reads, because "all" stands before them.
func (r SPFRecord) ignored() (words []string) {
	passed := false
	for _, t := range r.Terms {
		if passed && (!t.Modifier || t.Name == "redirect") {
			words = append(words, t.Text)
		}
		passed = passed || t.Name == "all" && !t.Modifier
	}
	return words
}

// costs reports whether a word takes a look-up (RFC 7208, section 4.6.4).
func (t SPFTerm) costs() bool {
	switch t.Name {
	case "include", "a", "mx", "ptr", "exists":
		return !t.Modifier
	case "redirect":
		return t.Modifier
	}
	return false
}
