package report

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fairlead/check"
	"fairlead/providers"
)

// Mask returns the document without the names of accounts and mail addresses.
// Their shape stays, s***@contoso.com and CONTOSO\s***, and one name becomes the
// same mask everywhere: in what was tested, in evidence and in commands.
//
// A name is masked wherever it stands as a word. The exception are our own
// sentences: there a name that is one of their [ordinary] words stays, since a
// gap would tell that the account is called "test". In a command, behind a
// domain and before an @ it is masked all the same.
func (d Document) Mask() Document {
	m := newMasker(d.Details)
	d.Masked = true
	d.Name = m.own(d.Name)
	d.Details = slices.Clone(d.Details)
	for i := range d.Details {
		d.Details[i].Value = m.said(d.Details[i].Value)
	}
	d.Report = m.report(d.Report)
	return d
}

// MaskText returns a text of any kind without mail addresses and accounts in the form
// DOMAIN\user, as [Document.Mask] masks what a server said.
func MaskText(text string) string { return newMasker(nil).said(text) }

func (m *masker) report(r check.Report) check.Report {
	r.Checks = slices.Clone(r.Checks)
	for i := range r.Checks {
		c := &r.Checks[i]
		c.Summary, c.Evidence = m.said(c.Summary), m.said(c.Evidence)
		c.Diagnoses = slices.Clone(c.Diagnoses)
		for j := range c.Diagnoses {
			d := &c.Diagnoses[j]
			d.Title, d.Remedy, d.Look = m.own(d.Title), m.own(d.Remedy), m.own(d.Look)
			d.Likely = slices.Clone(d.Likely)
			for k := range d.Likely {
				d.Likely[k] = m.own(d.Likely[k])
			}
		}
	}
	r.Facts = maps.Clone(r.Facts)
	for _, name := range sortedFacts(r) {
		r.Facts[name] = m.said(r.Facts[name])
	}
	return r
}

// masker knows the masks of names. Names are compared without case.
type masker struct {
	masks map[string]string // of a name in lower case
	taken map[string]int    // how many names have a mask that begins so
	known []string          // the names of accounts, the longest first
	inAll *regexp.Regexp    // the known names and every form of a mail address
	// down matches an account in the form DOMAIN\user. Paths and the names of
	// virtual directories look the same, so that only what a server said is
	// searched for it.
	down *regexp.Regexp
}

// address is a mail address, also in a URL and in XML. Before the @ stands what
// [providers.CheckAddress] allows (RFC 5322, section 3.2.3), and letters of
// every language.
const address = "((?:&amp;|[\\pL\\pN.!#$%&'*+/=?^_`{|}~-])+)(@|%40|&#64;)([\\pL\\pN-][\\pL\\pN.-]*)"

// newMasker takes the names of accounts from what was tested.
func newMasker(details []providers.Detail) *masker {
	m := &masker{masks: map[string]string{}, taken: map[string]int{}}
	isAddress, isDown := regexp.MustCompile(`^`+address+`$`), regexp.MustCompile(`^[^\\/]+\\([^\\/]+)$`)
	all := address
	for _, d := range details {
		name := ""
		if found := isAddress.FindStringSubmatch(d.Value); found != nil {
			name = found[1]
		} else if found := isDown.FindStringSubmatch(d.Value); found != nil {
			name = found[1]
		}
		if name != "" {
			m.mask(name)
			m.known = append(m.known, name)
		}
	}
	slices.SortFunc(m.known, func(a, b string) int { return len(b) - len(a) })
	for _, name := range m.known {
		all += "|(?i:" + regexp.QuoteMeta(name) + ")"
	}
	m.inAll = regexp.MustCompile(all)
	m.down = regexp.MustCompile(`((?:\b|%[0-9A-Fa-f]{2})[A-Z][A-Z0-9-]{0,14}(?:\\{1,2}|%5[Cc]))([\pL\pN._$&-]+)(\*\*\*)?`)
	return m
}

// mask is what stands for a name: its first letter and three stars, with a
// number where another name has that already.
func (m *masker) mask(name string) string {
	key := strings.ToLower(name)
	if mask, ok := m.masks[key]; ok || name == "" {
		return mask
	}
	first, _ := utf8.DecodeRuneInString(key)
	mask := string(first) + "***"
	m.taken[mask]++
	if n := m.taken[mask]; n > 1 {
		mask = fmt.Sprintf("%s%d", mask, n)
	}
	m.masks[key] = mask
	return mask
}

// said masks what a server or an administrator said.
func (m *masker) said(text string) string {
	// A single letter stands everywhere.
	text = m.replace(text, func(name string) bool { return utf8.RuneCountInString(name) > 1 })
	return m.down.ReplaceAllStringFunc(text, func(found string) string {
		parts := m.down.FindStringSubmatch(found)
		if parts[3] != "" { // it is a mask already
			return found
		}
		return parts[1] + m.mask(parts[2])
	})
}

// own masks our own words. Between backquotes, one or three, stand commands.
func (m *masker) own(text string) string {
	parts := strings.Split(text, "`")
	for i := range parts {
		command := i%2 == 1
		parts[i] = m.replace(parts[i], func(name string) bool {
			return utf8.RuneCountInString(name) > 1 && (command || !ordinary(name))
		})
	}
	return strings.Join(parts, "`")
}

// replace masks mail addresses, and the known names where they are whole words:
// behind a domain and before an @ always, alone where that function says so.
func (m *masker) replace(text string, alone func(name string) bool) string {
	var out strings.Builder
	end := 0
	for _, at := range m.inAll.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(text[end:at[0]])
		found := text[at[0]:at[1]]
		end = at[1]
		switch {
		case at[2] >= 0:
			before, name := m.local(text[at[2]:at[3]])
			found = before + m.mask(name) + text[at[3]:at[1]]
		case wholeWord(text[:at[0]], text[at[1]:]) && (inAccount(text[:at[0]], text[at[1]:]) || alone(found)):
			found = m.mask(found)
		}
		out.WriteString(found)
	}
	return out.String() + text[end:]
}

// local parts what stands before an @ into the name and what only touches it: a
// quote, or the part of a URL before a name that is known. Elsewhere no part of
// it can be told from the name.
func (m *masker) local(text string) (before, name string) {
	for _, known := range m.known {
		at := len(text) - len(known)
		if at >= 0 && strings.EqualFold(text[at:], known) && endsIn(text[:at], "/", "?", "=", "%2F", "%3F", "%3D", "%5C") {
			return text[:at], text[at:]
		}
	}
	at := max(0, strings.IndexFunc(text, letterOrDigit))
	return text[:at], text[at:]
}
