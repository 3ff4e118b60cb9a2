package domain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/dns"
	"fairlead/network"
)

// test is the state of one diagnosis. Each check writes its own part alone.
type test struct {
	net     *network.Network
	dns     *dns.Client
	domain  string
	options Options
	only    []string // ids of the checks that are asked; empty: all

	servers servers
	dnssec  dnssec
	split   split
	token   token
	mx      mx
	spf     spf
	senders senders
	dkim    dkim
	message message
	dmarc   dmarc
	mtaSTS  mtaSTS
	tlsRPT  tlsRPT
}

type cause = check.Cause[*test]

const (
	fails = check.Fail
	warns = check.Warn
)

// Domain is for the texts of causes.
func (s *test) Domain() string { return s.domain }

// asks reports whether a check is among those that are asked.
func (s *test) asks(id string) bool { return len(s.only) == 0 || slices.Contains(s.only, id) }

// region is the one that was chosen; zero without one.
func (s *test) region() assets.Region {
	r, _ := s.options.Regions.Find(s.options.Region)
	return r
}

// shell is a command to copy.
func shell(command string) string { return "\n\n```powershell\n" + command + "\n```" }

// resolve shows what the public DNS says, on Windows and elsewhere.
func resolve(name, kind string) string {
	return shell(fmt.Sprintf("Resolve-DnsName %s -Type %s -Server 1.1.1.1", name, kind))
}

// whereItExists asks a question only of a domain that exists, and where there is
// a DNS to ask: the check of the name servers says so once for all. It costs no
// round trip, since both are found out at once.
func whereItExists(c check.Check[*test]) check.Check[*test] {
	ask := c.Ask
	c.Ask = func(ctx context.Context, s *test) (check.Finding, error) {
		exists := make(chan bool, 1)
		go func() {
			answer, err := s.dns.Lookup(ctx, s.domain, dns.SOA)
			exists <- err != nil || answer.Exists
		}()
		found, err := ask(ctx, s)
		switch {
		case !<-exists:
			return check.Finding{}, check.Skipped("the domain does not exist")
		case errors.Is(err, dns.ErrUnreachable):
			return check.Finding{}, check.Skipped("no name server answers this computer")
		}
		return found, err
	}
	return c
}

// lookupFailed is what every check says where the DNS fails on its records.
func lookupFailed(code, records string, others ...*cause) *cause {
	return &cause{
		Code: code, Title: "The DNS fails on the " + records + " of {{.Domain}}", Verdict: fails,
		When: check.Otherwise(others...),
		Likely: []string{
			"a name server of the domain is out of order, or has the zone wrong",
			"a firewall lets datagrams through and no DNS over TCP, which large answers need",
			"the domain is signed (DNSSEC) and the signatures are wrong",
		},
		Remedy: "Receivers that meet this put mail off or refuse it. Look where it fails:" +
			shell("Resolve-DnsName {{.Domain}} -Type SOA -Server 1.1.1.1\nTest-NetConnection 1.1.1.1 -Port 53") +
			"\n\nThen let whoever looks after the zone put it right.",
	}
}

// clock writes a time for people.
func clock(at time.Time) string {
	if at.IsZero() {
		return "some minutes from now"
	}
	return at.UTC().Format("2006-01-02 15:04 UTC")
}

// plural is "1 host" or "2 hosts".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// list writes words as a person would.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// evidence are the records of an answer as a zone file has them.
func evidence(answers ...dns.Answer) string {
	var lines []string
	for _, a := range answers {
		who := a.Server.String()
		if len(a.Records) == 0 {
			lines = append(lines, fmt.Sprintf("%s %s: none (%s)", a.Name, a.Type, who))
		}
		for _, r := range a.Records {
			text := r.Text
			switch r.Type {
			case dns.MX:
				text = fmt.Sprintf("%d %s", r.Preference, r.Text)
			case dns.TXT:
				text = `"` + strings.Join(r.Strings, `" "`) + `"`
			}
			lines = append(lines, fmt.Sprintf("%s %d %s %s (%s)", r.Name, int(r.TTL.Seconds()), r.Type, text, who))
		}
	}
	return strings.Join(lines, "\n")
}
