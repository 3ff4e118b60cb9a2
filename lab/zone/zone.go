// Package zone is the lab's DNS: name servers on loopback that speak as
// authoritative servers, as public resolvers and as the resolver inside a
// company, with domains that are in order and domains in which one thing is
// wrong. Each broken one has the name of the diagnosis that it must produce.
//
// A domain is declared by what it changes in a healthy one, see the files
// broken_*.go, so that nothing else is wrong with it.
package zone

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/miekg/dns"

	"fairlead/assets"
)

// Where the name servers stand in the lab's world.
var (
	Inside = netip.MustParseAddrPort("10.20.30.53:53") // the resolver inside the company
	// Outside are resolvers that anybody can ask. The last one still keeps old
	// answers for some domains.
	Outside = []netip.AddrPort{
		netip.MustParseAddrPort("1.1.1.1:53"), netip.MustParseAddrPort("8.8.8.8:53"), netip.MustParseAddrPort("9.9.9.9:53"),
	}
	first  = netip.MustParseAddrPort("192.0.2.53:53") // ns1, responsible
	second = netip.MustParseAddrPort("192.0.2.54:53") // ns2, responsible
	// Lame refuses every question.
	Lame  = netip.MustParseAddrPort("192.0.2.55:53")
	older = netip.MustParseAddrPort("192.0.2.56:53") // has not taken over the last change
	// Nothing listens at 192.0.2.57.
)

// What the names of the healthy domains lead to.
const (
	webAddress  = "203.0.113.40" // MTA-STS policies
	mailAddress = "203.0.113.50"
	// Region is that of the healthy domains.
	Region = "eu"
	// Token is the code that proves the ownership of the healthy domains.
	Token = "k3y-5f1c2a90b7d84e6f"
	// Selector is that of the healthy domains' DKIM key.
	Selector = "selector1"
)

// Domain is a domain of the lab.
type Domain struct {
	Name  string // such as "spf-missing.example"
	Code  string // the diagnosis that it must produce; empty where it is in order
	Title string // a few words

	records map[string][]string // by "OWNER TYPE", the owner as in a zone file
	inside  map[string][]string // what the resolver inside says instead
	stale   map[string][]string // what an older server and the last resolver say instead
	acts    map[string]act      // by "OWNER TYPE", how servers behave
	signed  bool
	absent  bool // the domain does not exist
	policy  *Policy
}

// act is how servers behave when they are asked for certain records.
type act int

const (
	fails   act = iota + 1 // SERVFAIL
	bogus                  // resolvers that verify say SERVFAIL
	noTCP                  // the answer does not fit, and TCP breaks off
	garbles                // the answer answers something else
)

// Policy is the file of an MTA-STS policy as the web server has it.
type Policy struct {
	Status   int    // of HTTP; zero means 200
	Type     string // Content-Type; empty means text/plain
	Location string
	Text     string
}

// Zone is all domains with their records.
type Zone struct {
	Domains []Domain
	regions assets.Regions
	names   map[string]*domain // by apex, in lower case, with the last dot
}

// domain is a domain whose records were read.
type domain struct {
	Domain
	usual, inside, stale map[string][]dns.RR // by "name. TYPE"
}

// New reads the records of all domains. The services' own hosts and records are
// those of regions.
func New(regions assets.Regions) (*Zone, error) {
	z := &Zone{regions: regions, names: map[string]*domain{}}
	places := z.placeholders()
	for _, d := range slices.Concat(infrastructure(regions), Good(), Broken()) {
		read := &domain{Domain: d}
		var err error
		if read.usual, err = parse(d.Name, d.records, places); err == nil {
			if read.inside, err = parse(d.Name, d.inside, places); err == nil {
				read.stale, err = parse(d.Name, d.stale, places)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("domain %s: %w", d.Name, err)
		}
		z.names[dns.Fqdn(d.Name)] = read
		z.Domains = append(z.Domains, d)
	}
	return z, nil
}

// placeholders are what records say instead of the services' own names, which are
// data of the catalogue.
func (z *Zone) placeholders() *strings.Replacer {
	own, _ := z.regions.Find(Region)
	other, _ := z.regions.Find("de")
	pairs := []string{
		"{spf}", own.Record, "{other-spf}", other.Record, "{global-spf}", z.regions.Global, "{validation}", z.regions.Validation.Host,
	}
	for i, host := range own.MX.Names {
		pairs = append(pairs, fmt.Sprintf("{mx%d}", i+1), host)
	}
	for i, host := range other.MX.Names {
		pairs = append(pairs, fmt.Sprintf("{other-mx%d}", i+1), host)
	}
	return strings.NewReplacer(pairs...)
}

// parse reads records of a domain.
func parse(name string, records map[string][]string, places *strings.Replacer) (map[string][]dns.RR, error) {
	all := map[string][]dns.RR{}
	for key, values := range records {
		owner, kind, _ := strings.Cut(key, " ")
		for _, value := range values {
			line := fmt.Sprintf("$ORIGIN %s.\n%s 300 IN %s %s\n", name, places.Replace(owner), kind, places.Replace(value))
			parser := dns.NewZoneParser(strings.NewReader(line), "", name)
			rr, ok := parser.Next()
			if !ok {
				return nil, fmt.Errorf("%s: %w", line, parser.Err())
			}
			at := strings.ToLower(rr.Header().Name) + " " + kind
			all[at] = append(all[at], rr)
		}
	}
	return all, nil
}

// Standard reports whether any name server can serve a domain as it is here: all
// say the same of it, and none misbehaves.
func (d Domain) Standard() bool {
	return len(d.acts) == 0 && len(d.inside) == 0 && len(d.stale) == 0 && !d.absent && !d.signed
}

// Text is the zone of a domain as a file (RFC 1035, section 5), for another name
// server.
func (z *Zone) Text(name string) string {
	var lines []string
	for _, records := range z.names[dns.Fqdn(name)].usual {
		for _, rr := range records {
			lines = append(lines, rr.String())
		}
	}
	slices.SortFunc(lines, func(a, b string) int {
		soa := func(line string) bool { return strings.Contains(line, "\tSOA\t") }
		if soa(a) != soa(b) { // it comes first
			if soa(a) {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return strings.Join(lines, "\n") + "\n"
}

// Policy is the MTA-STS policy of a host such as "mta-sts.contoso.example".
func (z *Zone) Policy(host string) (Policy, bool) {
	name, found := strings.CutPrefix(strings.ToLower(host), "mta-sts.")
	d := z.names[dns.Fqdn(name)]
	if !found || d == nil || d.policy == nil {
		return Policy{}, false
	}
	p := *d.policy
	p.Text = z.placeholders().Replace(p.Text)
	return p, true
}

// PolicyHosts are the hosts that [Zone.Policy] knows.
func (z *Zone) PolicyHosts() (hosts []string) {
	for _, d := range z.Domains {
		if d.policy != nil {
			hosts = append(hosts, "mta-sts."+d.Name)
		}
	}
	return hosts
}

// WebAddress is where the hosts of policies are.
func WebAddress() netip.Addr { return netip.MustParseAddr(webAddress) }
