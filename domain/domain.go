// Package domain says what the DNS has to say of a mail domain: who is
// responsible for it, where its mail goes, whether its ownership is proved, and
// what keeps others from sending in its name (SPF, DKIM, DMARC, MTA-STS,
// TLS-RPT).
//
// Each question is a check in a file check_*.go, with what may be wrong in a file
// causes_*.go. None waits for another: what two of them need is asked once, see
// [fairlead/dns.Client], so that a whole diagnosis takes as many round trips as
// its longest chain of look-ups.
//
// A [Test] makes a check.Suite. Once it has run, [Test.Result] has what was
// learnt, with a [Proposal] for every record that should change.
package domain

import (
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/idna"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/dns"
	"fairlead/network"
	"fairlead/providers"
)

// Options say what a domain should be like, as far as that is known. The zero
// value of everything is good.
type Options struct {
	Regions assets.Regions
	Region  string   // id of the services' region; empty: as the records say
	Hosts   []string // the region's hosts for incoming mail, where the console lists others than the catalogue

	Token  string    // the code that proves the ownership; empty: not looked for
	Issued time.Time // when the services gave the token out; zero if unknown

	Senders   []Sender // who else sends in the domain's name
	Selectors []string // of its DKIM keys; empty: the usual ones are tried
	Message   []byte   // a mail from the domain as it arrived elsewhere, or empty

	Resolvers []netip.AddrPort // public resolvers; empty: [dns.PublicResolvers]
}

// How long to wait: for everything, and for the file of an MTA-STS policy.
const (
	waitWhole  = time.Minute
	waitPolicy = 15 * time.Second
)

// ParseName reads a domain's name as a person types it: in any case, with
// letters beyond ASCII, perhaps with a dot at its end. It returns the form that
// the DNS knows.
func ParseName(text string) (string, error) {
	name := strings.TrimSuffix(strings.TrimSpace(text), ".")
	rules := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
	ascii, err := rules.ToASCII(name)
	if err == nil {
		_, err = rules.ToASCII(ascii) // what came of it must be a name too
	}
	switch {
	case name == "" || strings.ContainsAny(name, "@/:") || !strings.Contains(name, "."), strings.HasSuffix(name, "."):
	case err != nil:
	default:
		if _, address := netip.ParseAddr(ascii); address != nil {
			return strings.ToLower(ascii), nil
		}
	}
	return "", &providers.Problem{What: "this is no domain", Do: "type it without anything before or behind, such as contoso.com"}
}

// Test is the diagnosis of one domain.
type Test struct {
	state *test
	mu    sync.Mutex
	done  *Result
}

// New makes the diagnosis of a domain, whose name is as [ParseName] returns it.
func New(n *network.Network, name string, o Options) *Test {
	return &Test{state: &test{net: n, dns: dns.New(n, o.Resolvers...), domain: name, options: o}}
}

// The ids of the checks.
const (
	CheckServers = "name-servers"
	CheckRouting = "mx"
	CheckToken   = "token"
	CheckSplit   = "split-horizon"
	CheckDNSSEC  = "dnssec"
	CheckSPF     = "spf"
	CheckSenders = "senders"
	CheckDKIM    = "dkim"
	CheckMessage = "message"
	CheckDMARC   = "dmarc"
	CheckMTASTS  = "mta-sts"
	CheckTLSRPT  = "tls-rpt"
)

// Suite makes the checks, ready to run once: those with these ids, or all.
func (t *Test) Suite(ids ...string) *check.Suite {
	t.state.only = ids
	asked := slices.DeleteFunc(checks(), func(c check.Check[*test]) bool { return !t.state.asks(c.ID) })
	return check.NewSuite(t.state, asked, check.Options[*test]{Deadline: waitWhole, Redact: providers.Printable, Facts: t.facts})
}

// facts is called when no check runs any more.
func (t *Test) facts(s *test) map[string]string {
	result := s.result()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = &result
	return s.facts()
}

// Result is what was learnt. There is none before the suite has run, nor if it
// was stopped.
func (t *Test) Result() (Result, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done == nil {
		return Result{}, false
	}
	return *t.done, true
}

// Result is what a diagnosis learnt beyond its verdicts.
type Result struct {
	Domain    string
	MX        MXStatus
	Goes      Destination // where mail for the domain goes today
	Hosts     []string    // those of the MX records, the first choice first
	Region    string      // id of the services' region that the records show; empty if unclear
	SPF       *SPFNode    // the tree of the SPF record; nil without one
	Selectors []string    // under which DKIM keys were found
	Proposals []Proposal  // what should change, in the order in which it is safe
	TryAgain  time.Time   // when resolvers will have heard of a change of now; zero if unknown
}

// checks are the questions in the order in which they are shown.
func checks() []check.Check[*test] {
	all := []check.Check[*test]{mxCheck, tokenCheck, splitCheck, dnssecCheck, spfCheck, sendersCheck, dkimCheck, messageCheck, dmarcCheck, mtaSTSCheck, tlsRPTCheck}
	for i := range all {
		all[i] = whereItExists(all[i])
	}
	return slices.Concat([]check.Check[*test]{serversCheck}, all)
}
