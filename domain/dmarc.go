package domain

import (
	"fmt"
	"slices"
	"strings"
)

// DMARCRecord is a record of RFC 9989, taken apart.
type DMARCRecord struct {
	Policy        string // p: none, quarantine or reject; empty where it is missing or wrong
	Subdomains    string // sp, or empty
	Nonexistent   string // np, or empty
	Testing       bool   // t=y
	PublicSuffix  string // psd: y, n or u; empty means u
	ReportsTo     []reportAddress
	Removed       []string // tags that RFC 9989 took away, as they stand
	UnknownValues []string // tags whose value is unknown, as they stand
	// Problems are sentences on what keeps receivers from using the record.
	Problems []string
}

// IsDMARC reports whether a TXT record is a DMARC record: its first tag is v, and
// its value DMARC1 in these capitals (RFC 9989, section 4.8).
func IsDMARC(text string) bool {
	name, rest, found := strings.Cut(text, "=")
	version, _, _ := strings.Cut(rest, ";")
	return found && strings.TrimSpace(name) == "v" && strings.TrimSpace(version) == "DMARC1"
}

// looksLikeDMARC finds one whose beginning is not quite right.
func looksLikeDMARC(text string) bool {
	return strings.HasPrefix(strings.ToLower(strings.ReplaceAll(text, " ", "")), "v=dmarc")
}

var dmarcPolicies = []string{"none", "quarantine", "reject"}

// ParseDMARC takes a record apart. Unknown tags are no problem: receivers leave
// them out.
func ParseDMARC(text string) DMARCRecord {
	var r DMARCRecord
	if !IsDMARC(text) {
		r.Problems = append(r.Problems, "it does not begin with `v=DMARC1;`")
	}
	tags, problems := parseTags(text)
	r.Problems = append(r.Problems, problems...)
	for _, t := range tags {
		policy := strings.ToLower(t.value)
		known := true
		switch name := strings.ToLower(t.name); name {
		case "p":
			if slices.Contains(dmarcPolicies, policy) {
				r.Policy = policy
			} else {
				r.Problems = append(r.Problems, fmt.Sprintf("`p=%s` is no policy: there are none, quarantine and reject", t.value))
			}
		case "sp":
			r.Subdomains, known = policy, slices.Contains(dmarcPolicies, policy)
		case "np":
			r.Nonexistent, known = policy, slices.Contains(dmarcPolicies, policy)
		case "t":
			r.Testing, known = policy == "y", policy == "y" || policy == "n"
		case "psd":
			r.PublicSuffix, known = policy, slices.Contains([]string{"y", "n", "u"}, policy)
		case "adkim", "aspf":
			known = policy == "r" || policy == "s"
		case "rua":
			r.ReportsTo = parseAddresses(t.value)
		case "pct", "rf", "ri":
			r.Removed = append(r.Removed, t.name+"="+t.value)
		}
		if !known {
			r.UnknownValues = append(r.UnknownValues, t.name+"="+t.value)
		}
	}
	if _, found := value(tags, "p"); !found {
		if len(r.ReportsTo) == 0 {
			r.Problems = append(r.Problems, "there is neither a policy (`p`) nor an address for reports (`rua`)")
		} else {
			r.Policy = "none" // RFC 9989, section 4.7: as if it were none
		}
	}
	return r
}

// weaker reports whether a policy protects less than another.
func weaker(policy, than string) bool {
	return slices.Index(dmarcPolicies, policy) < slices.Index(dmarcPolicies, than)
}

// treeNames are the domains of the tree walk of RFC 9989, section 4.10: the
// domain, then one label less each time, at most eight names, where long ones
// jump to seven labels after the first.
func treeNames(domain string) (names []string) {
	const mostAfterFirst = 7
	labels := strings.Split(domain, ".")
	names = append(names, domain)
	for from := max(1, len(labels)-mostAfterFirst); from < len(labels); from++ {
		names = append(names, strings.Join(labels[from:], "."))
	}
	return names
}

// treeNode is what the walk found at one name.
type treeNode struct {
	domain string
	record *DMARCRecord // nil without exactly one
}

// organisation is the domain that the organisation is known by (RFC 9989, section
// 4.10.2): the record with psd=n, or the name below one with psd=y, or the
// shortest name with a record; or the domain itself.
func organisation(walk []treeNode) string {
	org := walk[0].domain
	for i, n := range walk {
		switch {
		case n.record == nil:
		case n.record.PublicSuffix == "n":
			return n.domain
		case n.record.PublicSuffix == "y" && i > 0:
			return walk[i-1].domain
		default:
			org = n.domain
		}
	}
	return org
}
