package domain

import (
	"slices"
	"strings"
)

// ProposedSPF is the record as it should be, to copy.
func (s *test) ProposedSPF() string { return s.proposeSPF().Line() }

// proposeSPF keeps what is good in today's record, with the region's include first
// and every sender that was named.
func (s *test) proposeSPF() Record {
	var keep []string
	all := "~all" // first; -all once reports show that nobody was forgotten
	if len(s.spf.records) > 0 {
		for _, r := range s.spf.records {
			for _, t := range ParseSPF(r.Text).Terms {
				_, problem := parseTerm(t.Text)
				switch {
				case problem != "" || t.Name == "ptr" || s.isServiceInclude(t) || s.leadsNowhere(t) || slices.Contains(keep, t.Text):
				case t.Name == "all":
					if t.Qualifier == '-' && len(s.spf.records) == 1 {
						all = t.Text
					}
				default:
					keep = append(keep, t.Text)
				}
			}
		}
	}
	words := []string{"v=spf1"}
	if record := s.wantedInclude(); record != "" {
		words = append(words, "include:"+record)
	}
	add := func(term string) {
		if !slices.Contains(keep, term) && !slices.Contains(words, term) {
			keep = append(keep, term)
		}
	}
	if len(s.spf.records) == 0 && s.spf.online {
		add("include:spf.protection.outlook.com")
	}
	if len(s.spf.records) == 0 && s.spf.google {
		add("include:_spf.google.com")
	}
	for _, sender := range s.options.Senders {
		for _, term := range sender.terms() {
			add(term)
		}
	}
	hasRedirect := slices.ContainsFunc(keep, func(term string) bool { return strings.HasPrefix(strings.ToLower(term), "redirect=") })
	words = append(words, keep...)
	if !hasRedirect {
		words = append(words, all)
	}
	return newRecord(s.domain, s.domain, "TXT", strings.Join(words, " "))
}

// wantedInclude is the record of the region that was chosen, or of the one that
// today's record includes.
func (s *test) wantedInclude() string {
	if record := s.region().Record; record != "" {
		return record
	}
	if s.spf.tree != nil {
		for _, r := range s.options.Regions.List {
			if r.Record != "" && slices.Contains(s.spf.tree.Includes(), r.Record) {
				return r.Record
			}
		}
	}
	return ""
}

// isServiceInclude reports whether a word includes a record of the services.
func (s *test) isServiceInclude(t SPFTerm) bool {
	if t.Name != "include" {
		return false
	}
	for _, r := range s.options.Regions.List {
		if r.Record != "" && strings.EqualFold(t.Value, r.Record) {
			return true
		}
	}
	return strings.EqualFold(t.Value, s.options.Regions.Global)
}

// leadsNowhere reports whether a word's record does not exist or leads back here.
func (s *test) leadsNowhere(t SPFTerm) bool {
	if s.spf.tree == nil {
		return false
	}
	return slices.ContainsFunc(s.spf.tree.Branches, func(b SPFBranch) bool {
		return b.Term.Text == t.Text && (b.Void || b.Node != nil && b.Node.Trouble != "" && b.Node.Trouble != dnsFails)
	})
}

// What the texts of causes fill in.
func (s *test) SPFTree() string       { return s.spf.tree.Draw() }
func (s *test) SPFLookups() int       { return s.spf.tree.Lookups() }
func (s *test) SPFVoids() int         { return s.spf.tree.Voids() }
func (s *test) SPFProblems() []string { return s.spf.problems }
func (s *test) SPFLoops() string      { return list(s.spf.loops) }
func (s *test) SPFBroken() string     { return list(s.spf.broken) }
func (s *test) SPFSplit() string      { return s.spf.split }
func (s *test) SPFOther() string      { return s.spf.other }
func (s *test) SPFCount() int         { return len(s.spf.records) }
func (s *test) SPFInclude() string    { return s.wantedInclude() }
func (s *test) SPFIgnored() string    { return list(s.spf.tree.Record.ignored()) }

const proposeSPF = "\n\nProposed, with every sender that was named:\n\n```text\n{{.ProposedSPF}}\n```\n\n" +
	"Who else sends in the domain's name, such as a newsletter, a shop or a ticket system, must be in it before `-all` is: name them with --sender."

// spfWhen is a condition on a record that could be read.
func spfWhen(applies func(s *test, r SPFRecord) bool) func(*test, error) bool {
	return func(s *test, err error) bool { return err == nil && s.spf.tree != nil && applies(s, s.spf.tree.Record) }
}

var spfMissing = &cause{
	Code: "spf-missing", Title: "{{.Domain}} has no SPF record", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && len(s.spf.records) == 0 },
	Likely: []string{"it was never made", "it stands in the zone under another name than the domain's own"},
	Remedy: "Anybody can send in the domain's name, and receivers such as Google refuse its own mail." + proposeSPF,
}

var spfTwo = &cause{
	Code: "spf-two-records", Title: "{{.Domain}} has {{.SPFCount}} SPF records", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && len(s.spf.records) > 1 },
	Likely: []string{"a second sender's instructions said to add a record, where a word had to be added to the one that was there"},
	Remedy: "Receivers take that as an error and use neither (RFC 7208, section 4.5). Make one of them." + proposeSPF,
}

var spfSplit = &cause{
	Code: "spf-split", Title: "Two words of the SPF record are run together: {{.SPFSplit}}", Verdict: fails,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return s.spf.split != "" }),
	Likely: []string{"a long record was divided into strings, and the space between them was lost"},
	Remedy: "The strings of a TXT record are put together without a space. End the first one with a space, or begin the next one with it." + proposeSPF,
}

var spfSyntax = &cause{
	Code: "spf-syntax", Title: "The SPF record breaks the rules", Verdict: fails,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return len(s.spf.problems) > 0 && s.spf.split == "" }),
	Likely: []string{"a word is mistyped, or a space stands where none may", "the instructions of a sender were copied with something around them"},
	Remedy: "Receivers take the whole record as an error:\n{{range .SPFProblems}}\n- {{.}}{{end}}" + proposeSPF,
}

var spfPlusAll = &cause{
	Code: "spf-plus-all", Title: "The SPF record lets everybody send", Verdict: fails,
	When:   spfWhen(func(_ *test, r SPFRecord) bool { return r.all() != nil && r.all().Qualifier == '+' }),
	Likely: []string{"`all` was written without a sign, which means `+all`", "it was a way out while mail was refused, and stayed"},
	Remedy: "`+all` makes every computer in the world a proper sender. Say `~all` until all senders are known, then `-all`." + proposeSPF,
}

var spfLoop = &cause{
	Code: "spf-loop", Title: "The SPF record leads back to itself", Verdict: fails,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return len(s.spf.loops) > 0 }),
	Likely: []string{"the domain includes itself, or two domains include each other"},
	Remedy: "Receivers go round until the limit of look-ups, and then take the record as an error. Take this out: `{{.SPFLoops}}`." + proposeSPF,
}

const drawn = "\n\n```text\n{{.SPFTree}}\n```"

var spfTooManyLookups = &cause{
	Code: "spf-too-many-lookups", Title: "The SPF record takes {{.SPFLookups}} look-ups; 10 are allowed", Verdict: fails,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return s.spf.tree.Lookups() > MaxSPFLookups && len(s.spf.loops) == 0 }),
	Likely: []string{"senders were added over the years and none taken out", "all regions of the services are included, where one would do"},
	Remedy: "Receivers stop at the eleventh and take the record as an error (RFC 7208, section 4.6.4). This is what takes them:" + drawn +
		"\n\nTake out who no longer sends. Give bulk senders a domain of their own below {{.Domain}}, with its own record." + proposeSPF,
}

var spfTooManyVoids = &cause{
	Code: "spf-too-many-voids", Title: "{{.SPFVoids}} look-ups of the SPF record find nothing; 2 are allowed", Verdict: fails,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return s.spf.tree.Voids() > MaxSPFVoids }),
	Likely: []string{"hosts or senders that no longer exist were left in the record"},
	Remedy: "Receivers may take the record as an error (RFC 7208, section 4.6.4). Take out what finds nothing:" + drawn + proposeSPF,
}

var spfManyMX = &cause{
	Code: "spf-many-mx", Title: "`mx` in the SPF record stands for more than ten hosts", Verdict: fails,
	When: spfWhen(func(s *test, _ SPFRecord) bool {
		many := false
		s.spf.tree.each(func(n *SPFNode, _ string) {
			many = many || slices.ContainsFunc(n.Branches, func(b SPFBranch) bool { return b.Term.Name == "mx" && b.Hosts > maxSPFHosts })
		})
		return many
	}),
	Likely: []string{"the domain has very many MX records"},
	Remedy: "Receivers take that as an error (RFC 7208, section 4.6.4). Name the networks with `ip4:` instead." + proposeSPF,
}

var spfIncludeBroken = &cause{
	Code: "spf-include-broken", Title: "The SPF record refers to one that cannot be used", Verdict: fails,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return len(s.spf.broken) > 0 }),
	Likely: []string{"a sender gave up its record, or its name is mistyped"},
	Remedy: "Receivers take the whole record as an error for every sender that is named behind it: {{.SPFBroken}}." + proposeSPF,
}

var spfIncludeMissing = &cause{
	Code: "spf-include-missing", Title: "The services may not send for {{.Domain}}", Verdict: fails,
	When: spfWhen(func(s *test, _ SPFRecord) bool {
		return s.options.Region != "" && s.region().Record != "" && !s.spf.own && !s.spf.global && s.spf.other == "" && len(s.spf.problems) == 0
	}),
	Likely: []string{"outgoing mail does not go through the services yet"},
	Remedy: "Before outgoing mail is sent through them, add `include:{{.SPFInclude}}`." + proposeSPF,
}

var spfIncludeOther = &cause{
	Code: "spf-include-other-region", Title: "The SPF record names another region: {{.SPFOther}}", Verdict: fails,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return s.spf.other != "" && !s.spf.own }),
	Likely: []string{"the record was copied from another customer's instructions", "the region was chosen wrongly here"},
	Remedy: "Mail that the chosen region sends is not covered. Put `include:{{.SPFInclude}}` in its place." + proposeSPF,
}

var spfLookupFailed = lookupFailed("spf-lookup-failed", "TXT records")

var spfIncludeGlobal = &cause{
	Code: "spf-include-global", Title: "The SPF record includes all regions of the services", Verdict: warns,
	When:   spfWhen(func(s *test, _ SPFRecord) bool { return s.spf.global }),
	Likely: []string{"old instructions named the record of all regions"},
	Remedy: "It takes most of the ten look-ups and lets servers send that never do. Include the region's own record{{if .SPFInclude}}, `{{.SPFInclude}}`{{end}}." + drawn + proposeSPF,
}

var spfNoAll = &cause{
	Code: "spf-no-all", Title: "The SPF record does not say what of all other senders", Verdict: warns,
	When:   spfWhen(func(_ *test, r SPFRecord) bool { return r.all() == nil && r.redirect() == "" }),
	Likely: []string{"`~all` or `-all` was left out at the end"},
	Remedy: "Without it, mail from anywhere counts as neither good nor bad." + proposeSPF,
}

var spfNeutral = &cause{
	Code: "spf-neutral", Title: "The SPF record says nothing of all other senders", Verdict: warns,
	When:   spfWhen(func(_ *test, r SPFRecord) bool { return r.all() != nil && r.all().Qualifier == '?' }),
	Likely: []string{"`?all` was for a time of testing, and stayed"},
	Remedy: "Say `~all`, and `-all` once all senders are known." + proposeSPF,
}

var spfPTR = &cause{
	Code: "spf-ptr", Title: "The SPF record uses ptr", Verdict: warns,
	When: spfWhen(func(_ *test, r SPFRecord) bool {
		return slices.ContainsFunc(r.Terms, func(t SPFTerm) bool { return t.Name == "ptr" })
	}),
	Likely: []string{"the record is old"},
	Remedy: "It is slow, and not to be used any more (RFC 7208, section 5.5); some receivers skip it. Name addresses or hosts instead." + proposeSPF,
}

var spfAfterAll = &cause{
	Code: "spf-after-all", Title: "Nobody reads what stands behind all: {{.SPFIgnored}}", Verdict: warns,
	When:   spfWhen(func(_ *test, r SPFRecord) bool { return len(r.ignored()) > 0 }),
	Likely: []string{"a sender was added at the end of the record"},
	Remedy: "Put it before `all`." + proposeSPF,
}
