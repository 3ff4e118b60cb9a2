package domain

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/dns"
)

// dmarc is what is done with mail that fails both SPF and DKIM.
type dmarc struct {
	walk      []treeNode
	org       string
	from      string // the name whose record counts; empty without one
	text      string
	record    DMARCRecord
	count     int      // how many records stand at the domain's own name
	misplaced bool     // there is one at the domain itself
	almost    bool     // there is one whose beginning is wrong
	unwilling []string // domains that do not agree to get reports
}

// dmarcCheck walks the tree: all its names are asked at once, since they are
// known beforehand.
var dmarcCheck = check.Check[*test]{
	ID: CheckDMARC, Title: "DMARC policy",
	Causes: []*cause{
		dmarcMisplaced, dmarcMissing, dmarcTwo, dmarcSyntax, dmarcReportAddress, dmarcUnwilling, dmarcLookupFailed, dmarcNone,
		dmarcTesting, dmarcPublicSuffix, dmarcSubdomains, dmarcNonexistent, dmarcNoReports, dmarcUnknownValue, dmarcRemoved, dmarcSize,
	},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		names := treeNames(s.domain)
		answers := make([]dns.Said, len(names))
		var apex dns.Answer
		var all sync.WaitGroup
		for i, name := range names {
			all.Go(func() { answers[i].Answer, answers[i].Err = s.dns.Lookup(ctx, "_dmarc."+name, dns.TXT) })
		}
		all.Go(func() { apex, _ = s.dns.Lookup(ctx, s.domain, dns.TXT) }) // a hint alone
		all.Wait()
		if answers[0].Err != nil {
			return check.Finding{}, answers[0].Err
		}
		s.dmarc.read(names, answers, apex)
		if s.dmarc.from != "" {
			s.dmarc.askOthers(ctx, s.dns)
		}
		return check.Finding{Summary: s.dmarc.words(s.domain), Evidence: s.dmarc.evidence()}, nil
	},
}

// read finds the record that counts.
func (d *dmarc) read(names []string, answers []dns.Said, apex dns.Answer) {
	for i, name := range names {
		n := treeNode{domain: name}
		texts := slices.DeleteFunc(answers[i].Texts(), func(text string) bool { return !IsDMARC(text) })
		if len(texts) == 1 {
			record := ParseDMARC(texts[0])
			n.record = &record
		}
		if i == 0 {
			d.count = len(texts)
			d.almost = d.count == 0 && slices.ContainsFunc(answers[0].Texts(), looksLikeDMARC)
		}
		d.walk = append(d.walk, n)
	}
	d.misplaced = slices.ContainsFunc(apex.Texts(), looksLikeDMARC)
	d.org = organisation(d.walk)
	for i, n := range d.walk {
		if n.record != nil && (i == 0 || n.domain == d.org) {
			d.from, d.record = n.domain, *n.record
			d.text = answers[i].Texts()[slices.IndexFunc(answers[i].Texts(), IsDMARC)]
			return
		}
	}
	if d.almost {
		d.text = answers[0].Texts()[slices.IndexFunc(answers[0].Texts(), looksLikeDMARC)]
		d.record = ParseDMARC(d.text)
	}
}

// askOthers asks domains outside the organisation whether they agree to get its
// reports (RFC 9990, section 4).
func (d *dmarc) askOthers(ctx context.Context, r dns.Resolver) {
	var others []string
	for _, a := range d.record.ReportsTo {
		if o := a.domain(); o != "" && o != d.org && !strings.HasSuffix(o, "."+d.org) && !slices.Contains(others, o) {
			others = append(others, o)
		}
	}
	agrees := make([]bool, len(others))
	var all sync.WaitGroup
	for i, other := range others {
		all.Go(func() {
			answer, err := r.Lookup(ctx, d.from+"._report._dmarc."+other, dns.TXT)
			agrees[i] = err != nil || slices.ContainsFunc(answer.Texts(), IsDMARC)
		})
	}
	all.Wait()
	for i, other := range others {
		if !agrees[i] {
			d.unwilling = append(d.unwilling, other)
		}
	}
}

// effective is the policy for mail in the name of the domain.
func (d *dmarc) effective(domain string) string {
	if d.from == domain || d.record.Subdomains == "" {
		return d.record.Policy
	}
	return d.record.Subdomains
}

func (d *dmarc) words(domain string) string {
	if d.from == "" {
		return ""
	}
	words := map[string]string{"none": "forged mail is let through", "quarantine": "forged mail is put aside", "reject": "forged mail is refused"}[d.effective(domain)]
	if d.from != domain {
		words += ", by the record of " + d.from
	}
	return words
}

func (d *dmarc) evidence() string {
	if d.text == "" {
		return ""
	}
	return fmt.Sprintf("_dmarc.%s: %s\norganisation: %s", d.from, d.text, d.org)
}
