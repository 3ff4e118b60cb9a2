package domain

import (
	"slices"
	"strings"
)

// ProposedDMARC is the record as it should be, to copy.
func (s *test) ProposedDMARC() string { return s.proposeDMARC().Line() }

// proposeDMARC goes one step further than today: first reports alone, then
// putting aside, then refusing.
func (s *test) proposeDMARC() Record {
	d := s.dmarc
	policy := "none"
	switch {
	case d.from != "" && d.record.Policy != "" && len(d.record.ReportsTo) > 0:
		policy = map[string]string{"none": "quarantine", "quarantine": "reject", "reject": "reject"}[d.record.Policy]
	case d.record.Policy != "":
		policy = d.record.Policy
	}
	if d.record.Testing {
		policy = d.record.Policy
	}
	words := []string{"v=DMARC1", "p=" + policy}
	var addresses []string
	for _, a := range d.record.ReportsTo {
		if a.mailbox != "" && !slices.Contains(d.unwilling, a.domain()) {
			addresses = append(addresses, "mailto:"+a.mailbox)
		}
	}
	if len(addresses) == 0 {
		addresses = []string{"mailto:dmarc@" + s.domain}
	}
	return newRecord(s.domain, "_dmarc."+s.domain, "TXT", strings.Join(append(words, "rua="+strings.Join(addresses, ",")), "; "))
}

// What the texts of causes fill in.
func (s *test) DMARCCount() int         { return s.dmarc.count }
func (s *test) DMARCProblems() []string { return s.dmarc.record.Problems }
func (s *test) DMARCRemoved() string    { return strings.Join(s.dmarc.record.Removed, "; ") }
func (s *test) DMARCUnknown() string    { return strings.Join(s.dmarc.record.UnknownValues, "; ") }
func (s *test) DMARCPolicy() string     { return s.dmarc.record.Policy }
func (s *test) DMARCSub() string        { return s.dmarc.record.Subdomains }
func (s *test) DMARCNone() string       { return s.dmarc.record.Nonexistent }
func (s *test) DMARCOthers() []string   { return s.dmarc.unwilling }
func (s *test) DMARCOrg() string        { return s.dmarc.org }

// DMARCAddresses are those for reports that are none.
func (s *test) DMARCAddresses() string {
	var texts []string
	for _, a := range s.dmarc.record.ReportsTo {
		if a.mailbox == "" {
			texts = append(texts, a.text)
		}
	}
	return list(texts)
}

const proposeDMARC = "\n\nProposed:\n\n```text\n{{.ProposedDMARC}}\n```\n\n" +
	"Go one step at a time, each for two weeks or more: `p=none` changes nothing for anybody and brings reports; `p=quarantine` puts mail aside that neither SPF nor DKIM prove; `p=reject` has it refused. " +
	"Senders that are forgotten lose their mail then: read the reports first."

// dmarcWhen is a condition on the record that counts.
func dmarcWhen(applies func(r DMARCRecord) bool) func(*test, error) bool {
	return func(s *test, err error) bool { return err == nil && s.dmarc.from != "" && applies(s.dmarc.record) }
}

var dmarcMisplaced = &cause{
	Code: "dmarc-misplaced", Title: "The DMARC record is at the domain itself", Verdict: fails,
	When: func(s *test, err error) bool {
		return err == nil && s.dmarc.from == "" && s.dmarc.count == 0 && s.dmarc.misplaced
	},
	Likely: []string{"`@` was typed as its name"},
	Remedy: "Nobody looks for it there. Its name is `_dmarc`; take the other one away." + proposeDMARC,
}

var dmarcMissing = &cause{
	Code: "dmarc-missing", Title: "{{.Domain}} has no DMARC record", Verdict: fails,
	When: func(s *test, err error) bool {
		return err == nil && s.dmarc.from == "" && s.dmarc.count == 0 && !s.dmarc.misplaced && !s.dmarc.almost
	},
	Likely: []string{"it was never made, here or at a domain above"},
	Remedy: "Receivers decide by themselves what to do with forged mail, nobody tells you of it, and Google and others take less mail from the domain." + proposeDMARC,
}

var dmarcTwo = &cause{
	Code: "dmarc-two-records", Title: "{{.Domain}} has {{.DMARCCount}} DMARC records", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && s.dmarc.count > 1 },
	Likely: []string{"a new record was added instead of changing the one that was there"},
	Remedy: "Receivers then use none of them (RFC 9989, section 4.10.1). Keep one." + proposeDMARC,
}

var dmarcSyntax = &cause{
	Code: "dmarc-syntax", Title: "The DMARC record breaks the rules", Verdict: fails,
	When: func(s *test, err error) bool {
		return err == nil && s.dmarc.count < 2 && (s.dmarc.almost || s.dmarc.from != "") && len(s.dmarc.record.Problems) > 0
	},
	Likely: []string{"a word is mistyped, or something other than a semicolon stands between two"},
	Remedy: "Receivers do not use it:\n{{range .DMARCProblems}}\n- {{.}}{{end}}" + proposeDMARC,
}

var dmarcReportAddress = &cause{
	Code: "dmarc-report-address", Title: "An address for DMARC reports is none: {{.DMARCAddresses}}", Verdict: fails,
	When: dmarcWhen(func(r DMARCRecord) bool {
		return slices.ContainsFunc(r.ReportsTo, func(a reportAddress) bool { return a.mailbox == "" })
	}),
	Likely: []string{"`mailto:` is missing before it", "a semicolon stands between two addresses, where a comma belongs"},
	Remedy: "No report comes there. Write `rua=mailto:` and the address." + proposeDMARC,
}

var dmarcUnwilling = &cause{
	Code: "dmarc-reports-not-authorised", Title: "Another domain does not agree to get the DMARC reports", Verdict: warns,
	When: func(s *test, err error) bool { return err == nil && len(s.dmarc.unwilling) > 0 },
	Likely: []string{
		"whoever reads the reports has not published their consent yet",
		"the address is mistyped",
	},
	Remedy: "Senders of reports leave such addresses out (RFC 9990, section 4). Each of these has to publish a record:" +
		"\n\n```text\n{{range .DMARCOthers}}{{$.DMARCFrom}}._report._dmarc.{{.}}. 300 IN TXT \"v=DMARC1\"\n{{end}}```" + proposeDMARC,
}

// DMARCFrom is the domain whose record counts.
func (s *test) DMARCFrom() string { return s.dmarc.from }

var dmarcLookupFailed = lookupFailed("dmarc-lookup-failed", "DMARC record")

var dmarcNone = &cause{
	Code: "dmarc-none", Title: "Forged mail is let through (p=none)", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return r.Policy == "none" && len(r.Problems) == 0 }),
	Likely: []string{"reports are still being collected, which is the right beginning"},
	Remedy: "Once the reports show no sender that was forgotten, go on." + proposeDMARC,
}

var dmarcTesting = &cause{
	Code: "dmarc-testing", Title: "Receivers are asked to do less than the DMARC policy says (t=y)", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return r.Testing }),
	Likely: []string{"the policy was just made stricter, and this is the time of testing"},
	Remedy: "With `t=y`, `reject` counts as `quarantine`, and `quarantine` as `none` (RFC 9989, section 4.7). Receivers that follow the old RFC 7489 do not know it and do what the policy says. Take it out once reports look well." + proposeDMARC,
}

var dmarcPublicSuffix = &cause{
	Code: "dmarc-public-suffix", Title: "{{.DMARCFrom}} says that it is a public suffix (psd=y)", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return r.PublicSuffix == "y" }),
	Likely: []string{"`psd=y` was copied from an example: it is for registries, under whose domain strangers have theirs"},
	Remedy: "Every domain below then counts as an organisation of its own. Take `psd=y` out, or write `psd=n`." + proposeDMARC,
}

var dmarcSubdomains = &cause{
	Code: "dmarc-subdomains-weaker", Title: "Domains below {{.DMARCFrom}} are protected less (sp={{.DMARCSub}})", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return r.Subdomains != "" && weaker(r.Subdomains, r.Policy) }),
	Likely: []string{"domains below were left out at first, and still are"},
	Remedy: "Whoever forges mail takes a name below the domain. Take `sp` out: then `p={{.DMARCPolicy}}` counts there too." + proposeDMARC,
}

var dmarcNonexistent = &cause{
	Code: "dmarc-nonexistent-weaker", Title: "Domains that do not exist are protected less (np={{.DMARCNone}})", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return r.Nonexistent != "" && weaker(r.Nonexistent, r.Policy) }),
	Likely: []string{"`np` was set to less than `p` by mistake: no proper mail comes from a name that does not exist"},
	Remedy: "Write `np=reject`, or take it out (RFC 9989, section 4.7)." + proposeDMARC,
}

var dmarcNoReports = &cause{
	Code: "dmarc-no-reports", Title: "Nobody gets DMARC reports", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return len(r.ReportsTo) == 0 && len(r.Problems) == 0 }),
	Likely: []string{"`rua` was left out"},
	Remedy: "Without reports nobody sees whose mail is refused. Add `rua=mailto:` with a mailbox that somebody or something reads." + proposeDMARC,
}

var dmarcUnknownValue = &cause{
	Code: "dmarc-unknown-value", Title: "The DMARC record has a value that nobody knows: {{.DMARCUnknown}}", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return len(r.UnknownValues) > 0 }),
	Likely: []string{"it is mistyped"},
	Remedy: "Receivers act as if it were not there." + proposeDMARC,
}

var dmarcRemoved = &cause{
	Code: "dmarc-removed-tags", Title: "The DMARC record has tags that are gone: {{.DMARCRemoved}}", Verdict: warns,
	When:   dmarcWhen(func(r DMARCRecord) bool { return len(r.Removed) > 0 }),
	Likely: []string{"the record was made before RFC 9989 of May 2026, which took `pct`, `rf` and `ri` away"},
	Remedy: "New receivers leave them out: `pct=50` no longer means half of the mail. Old ones still follow them. Take them out; `t=y` is there for a time of testing." + proposeDMARC,
}

var dmarcSize = &cause{
	Code: "dmarc-size-limit", Title: "An address for DMARC reports has a limit of size, which is gone", Verdict: warns,
	When: dmarcWhen(func(r DMARCRecord) bool {
		return slices.ContainsFunc(r.ReportsTo, func(a reportAddress) bool { return a.sized })
	}),
	Likely: []string{"the record was made before RFC 9990 of May 2026"},
	Remedy: "Take the exclamation mark and what follows it out of the address." + proposeDMARC,
}
