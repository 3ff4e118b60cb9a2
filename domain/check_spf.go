package domain

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/dns"
)

// spf is what the SPF record says.
type spf struct {
	records  []dns.Record
	tree     *SPFNode
	online   bool // mail goes to Exchange Online, which then sends too
	google   bool // or to Google
	problems []string
	loops    []string
	broken   []string // words whose record cannot be used, with why
	split    string   // where strings were put together without a space
	other    string   // the record of another region
	global   bool     // the record of all regions
	own      bool     // the record of the region, or of any where none was chosen
}

// spfCheck reads the SPF record with all that it includes, and counts.
var spfCheck = check.Check[*test]{
	ID: CheckSPF, Title: "SPF record",
	Causes: []*cause{
		spfMissing, spfTwo, spfSplit, spfSyntax, spfPlusAll, spfLoop, spfTooManyLookups, spfTooManyVoids, spfManyMX, spfIncludeBroken,
		spfIncludeMissing, spfIncludeOther, spfLookupFailed, spfIncludeGlobal, spfNoAll, spfNeutral, spfPTR, spfAfterAll,
	},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		mail := make(chan Destination, 1)
		go func() {
			answer, _ := s.dns.Lookup(ctx, s.domain, dns.MX) // it is the proposal alone that would like to know
			mail <- destinations(answer.Texts(), s.domain, s.options.Regions)
		}()
		answer, err := s.dns.Lookup(ctx, s.domain, dns.TXT)
		goes := <-mail
		s.spf.online, s.spf.google = goes == ExchangeOnline, goes == GoogleMail
		if err != nil {
			return check.Finding{}, err
		}
		s.spf.records = spfRecords(answer)
		if len(s.spf.records) != 1 {
			return check.Finding{Evidence: s.spf.evidence()}, nil
		}
		g := &grower{dns: s.dns}
		s.spf.tree = g.grow(ctx, s.domain, ParseSPF(s.spf.records[0].Text), nil)
		s.spf.judge(s)
		return check.Finding{
			Summary:  fmt.Sprintf("%d of %d look-ups, %s", s.spf.tree.Lookups(), MaxSPFLookups, s.spf.strictness()),
			Evidence: s.spf.evidence() + "\n" + s.spf.tree.Draw(),
		}, nil
	},
}

func (v *spf) evidence() string {
	var lines []string
	for _, r := range v.records {
		lines = append(lines, `"`+strings.Join(r.Strings, `" "`)+`"`)
	}
	return strings.Join(lines, "\n")
}

// strictness is what becomes of mail from elsewhere.
func (v *spf) strictness() string {
	all := v.tree.Record.all()
	switch {
	case all == nil && v.tree.Record.redirect() != "":
		return "the rest is up to " + v.tree.Record.redirect()
	case all == nil:
		return "nothing said of all others"
	}
	return map[byte]string{'-': "all others are refused", '~': "all others are suspect", '?': "nothing said of all others", '+': "everybody may send"}[all.Qualifier]
}

// judge looks at the whole tree.
func (v *spf) judge(s *test) {
	v.tree.each(func(n *SPFNode, via string) {
		for _, problem := range n.Record.Problems {
			if n.Domain != s.domain {
				problem = n.Domain + ": " + problem
			}
			v.problems = append(v.problems, problem)
		}
		switch n.Trouble {
		case "", tooManyRead:
		case inCircle:
			v.loops = append(v.loops, via)
		default:
			v.broken = append(v.broken, fmt.Sprintf("%s: %s", via, n.Trouble))
		}
	})
	v.split = joined(v.records[0].Strings)
	includes := v.tree.Includes()
	v.global = slices.Contains(includes, s.options.Regions.Global)
	for _, r := range s.options.Regions.List {
		switch {
		case r.Record == "" || !slices.Contains(includes, r.Record):
		case s.options.Region == "" || r.ID == s.region().ID:
			v.own = true
		case !v.global:
			v.other = r.Record
		}
	}
}

// joined finds where two strings of a record meet without a space between words:
// they are put together as they are (RFC 7208, section 3.3).
func joined(parts []string) string {
	for i := 1; i < len(parts); i++ {
		before, after := parts[i-1], parts[i]
		if before == "" || after == "" || strings.HasSuffix(before, " ") || strings.HasPrefix(after, " ") {
			continue
		}
		end := before[strings.LastIndex(before, " ")+1:]
		start, _, _ := strings.Cut(after, " ")
		if _, problem := parseTerm(start); problem == "" && end != "" {
			if whole, problem := parseTerm(end); problem == "" && whole.Text != "" && strings.ContainsAny(start, ":=/") {
				return end + start
			}
		}
	}
	return ""
}
