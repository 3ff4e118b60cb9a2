package domain

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// result puts together what was learnt.
func (s *test) result() Result {
	if s.servers.absent {
		return Result{Domain: s.domain, Goes: Nowhere}
	}
	r := Result{
		Domain: s.domain, MX: s.mx.status, Goes: s.mx.goes, Hosts: s.mx.hosts(), Region: s.mx.region.ID, SPF: s.spf.tree,
		TryAgain: s.token.again,
	}
	for _, k := range s.dkim.keys {
		if k.found() {
			r.Selectors = append(r.Selectors, k.selector)
		}
	}
	r.Proposals = slices.Concat(s.proposals(), s.proposeTransport(), s.proposalMX())
	return r
}

// proposals are the records that change who may send.
func (s *test) proposals() (all []Proposal) {
	if txt, _ := TokenRecords(s.domain, s.options.Token, s.options.Regions.Validation.Host); s.asks(CheckToken) && s.options.Token != "" && !s.token.found && !s.token.tenantMail {
		all = append(all, Proposal{Record: txt, Why: "It proves to the services that the domain is yours.", Changes: []string{
			"Nothing changes for anybody's mail. Take the record away once the services have seen it.",
		}})
	}
	if spf := s.proposeSPF(); s.asks(CheckSPF) && (len(s.spf.records) != 1 || !sameWords(spf.Value, s.spf.records[0].Text)) {
		all = append(all, Proposal{
			Record: spf, Current: textsOf(s.spf), Why: "It names who may send in the domain's name.", Changes: s.spfChanges(spf.Value),
		})
	}
	if dmarc := s.proposeDMARC(); s.asks(CheckDMARC) && (s.dmarc.from == "" || s.dmarc.from == s.domain && !sameWords(dmarc.Value, s.dmarc.text)) {
		current := []string{}
		if s.dmarc.text != "" {
			current = append(current, s.dmarc.text)
		}
		all = append(all, Proposal{Record: dmarc, Current: current, Why: "It says what is done with mail that is forged.", Changes: dmarcChanges(dmarc.Value)})
	}
	return all
}

func textsOf(v spf) (texts []string) {
	for _, r := range v.records {
		texts = append(texts, r.Text)
	}
	return texts
}

// sameWords compares two records without regard to spaces, capitals and the last
// semicolon.
func sameWords(a, b string) bool {
	plain := func(text string) string {
		return strings.TrimSuffix(strings.ToLower(strings.Join(strings.Fields(text), "")), ";")
	}
	return plain(a) == plain(b)
}

// spfChanges says who may send after the change and could not before, and the
// other way round.
func (s *test) spfChanges(proposed string) (changes []string) {
	before := map[string]bool{}
	for _, text := range textsOf(s.spf) {
		for _, word := range strings.Fields(text) {
			before[strings.ToLower(word)] = true
		}
	}
	var added, gone []string
	after := map[string]bool{}
	for _, word := range strings.Fields(proposed) {
		word = strings.ToLower(word)
		if after[word] = true; !before[word] && word != "v=spf1" {
			added = append(added, "`"+word+"`")
		}
	}
	for _, word := range slices.Sorted(maps.Keys(before)) {
		if !after[word] {
			gone = append(gone, "`"+word+"`")
		}
	}
	if len(added) > 0 {
		changes = append(changes, "New: "+list(added)+". Mail from there passes SPF.")
	}
	if len(gone) > 0 {
		changes = append(changes, "Gone: "+list(gone)+". Mail that only they let through fails SPF.")
	}
	return append(changes, "Senders that nobody named are not covered: name them before the record is published.")
}

func dmarcChanges(record string) []string {
	switch ParseDMARC(record).Policy {
	case "none":
		return []string{"Nothing changes for anybody's mail. Reports come once a day."}
	case "quarantine":
		return []string{"Mail that neither SPF nor DKIM prove goes into the recipients' junk folder, that of forgotten senders among it."}
	}
	return []string{"Mail that neither SPF nor DKIM prove is refused, that of forgotten senders among it."}
}

// proposeTransport proposes MTA-STS and reports on TLS where they are not used.
func (s *test) proposeTransport() (all []Proposal) {
	if s.asks(CheckMTASTS) && s.mtaSTS.count == 0 && len(s.mtaSTS.mx) > 0 && s.mx.status != MXError {
		all = append(all, Proposal{Record: s.proposeSTS(), Why: "It announces a policy that makes senders use TLS to the domain's hosts. Optional. The policy goes to https://mta-sts." +
			s.domain + "/.well-known/mta-sts.txt:\n\n```text\n" + PolicyFile("testing", s.mtaSTS.mx) + "\n```", Changes: []string{
			"With mode: testing, nothing changes for anybody's mail. With mode: enforce, senders keep mail back that could be read on its way.",
		}})
	}
	if s.asks(CheckTLSRPT) && s.tlsRPT.count == 0 && len(s.mx.records) > 0 {
		all = append(all, Proposal{Record: s.proposeTLSReports(), Why: "It says who gets reports on TLS. Optional.", Changes: []string{
			"Nothing changes for anybody's mail. Large senders report once a day.",
		}})
	}
	return all
}

// proposalMX comes last: incoming mail follows when all else is in order.
func (s *test) proposalMX() (all []Proposal) {
	if !s.asks(CheckRouting) || s.mx.status == MXOK || s.mx.status == MXError {
		return nil
	}
	var current []string
	for _, r := range s.mx.records {
		current = append(current, fmt.Sprintf("%d %s", r.Preference, r.Text))
	}
	for _, record := range s.wantedMX() {
		if slices.Contains(current, record.Value) {
			continue
		}
		all = append(all, Proposal{Record: record, Current: current, Why: "It leads incoming mail through the services.", Changes: []string{
			"Mail for everybody in the domain goes through the services, as soon as senders no longer keep the old record. Take the old records away.",
			"Do this after outgoing mail has gone through the services for some days.",
		}})
	}
	return all
}

// facts are for the report.
func (s *test) facts() map[string]string {
	facts := map[string]string{"domain": s.domain}
	set := func(name, value string) {
		if value != "" {
			facts[name] = value
		}
	}
	if s.servers.absent {
		return facts
	}
	set("mx", string(s.mx.status))
	set("mx-hosts", strings.Join(s.mx.hosts(), ", "))
	if s.asks(CheckRouting) && s.mx.status != MXError {
		set("mail-goes-to", s.mx.goes.String())
	}
	set("region", s.mx.region.ID)
	set("name-servers", strings.Join(s.servers.names, ", "))
	if s.asks(CheckDNSSEC) {
		set("dnssec", map[bool]string{true: "signed", false: "not signed"}[s.dnssec.answer.Signed])
	}
	if s.spf.tree != nil {
		set("spf", s.spf.tree.Record.Text)
		set("spf-lookups", strconv.Itoa(s.spf.tree.Lookups()))
		set("spf-void-lookups", strconv.Itoa(s.spf.tree.Voids()))
	}
	set("dkim", s.dkim.words())
	if s.dmarc.from != "" {
		set("dmarc", s.dmarc.text)
		set("dmarc-organisation", s.dmarc.org)
	}
	if !s.token.again.IsZero() {
		set("try-again-at", clock(s.token.again))
	}
	return facts
}
