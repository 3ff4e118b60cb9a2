// Package dns looks names up and keeps apart who said what: the name servers of
// this computer, public resolvers, and the servers that are responsible for a
// domain. Where those differ, an administrator who looks from inside sees
// something else than the world does (split horizon).
//
// A [Client] lives for one check of one domain: it asks every server once for
// the same thing, however many want to know, and keeps how long an answer holds,
// so that it can be said when to try again. Everything goes through a
// [network.Network], so that the lab can stand in.
package dns

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// Type is a type of records.
type Type uint16

// The types that Fairlead asks for.
const (
	A     = Type(dns.TypeA)
	AAAA  = Type(dns.TypeAAAA)
	CNAME = Type(dns.TypeCNAME)
	MX    = Type(dns.TypeMX)
	NS    = Type(dns.TypeNS)
	PTR   = Type(dns.TypePTR)
	SOA   = Type(dns.TypeSOA)
	TXT   = Type(dns.TypeTXT)
)

// String is how zone files write the type.
func (t Type) String() string { return dns.Type(t).String() }

// Resolver answers questions about names.
type Resolver interface {
	// Lookup asks for the records of a name. A name without such records, or that
	// does not exist, is an answer and no error. Errors are an [*Error].
	Lookup(ctx context.Context, name string, t Type) (Answer, error)
}

// Source says whose answer it is.
type Source string

// The sources.
const (
	System        Source = "system"        // the name servers of this computer
	Public        Source = "public"        // resolvers that anybody can ask
	Authoritative Source = "authoritative" // the servers that are responsible for the name
)

// Server is a name server.
type Server struct {
	Address netip.AddrPort
	Name    string // of an authoritative one, such as "ns1.contoso.com"; else empty
	Source  Source
}

// String names the server for people.
func (s Server) String() string {
	address := s.Address.String()
	if s.Address.Port() == 53 {
		address = s.Address.Addr().String()
	}
	if s.Name == "" {
		return address
	}
	return s.Name + " (" + address + ")"
}

// Record is one record.
type Record struct {
	Name string // whose record it is, in lower case, without the last dot
	Type Type
	TTL  time.Duration
	// Text is what it says: an address, a host's name without the last dot, the
	// strings of a TXT record put together, the serial number of an SOA record.
	Text       string
	Strings    []string // those of a TXT record, as they are stored
	Preference uint16   // of an MX record; the lowest is tried first
}

// Answer is what one server said about one name and type.
type Answer struct {
	Server  Server
	Name    string // as asked
	Type    Type   // as asked
	Exists  bool   // the name, perhaps with other types only
	Records []Record
	// Chain are the names that aliases (CNAME) lead to, one after the other; the
	// last has the records. Empty where the name is no alias.
	Chain []string

	Authoritative bool // the server is responsible for the name
	Validated     bool // the resolver verified the signatures (DNSSEC, AD)
	Signed        bool // signatures came along (RRSIG)
	OverTCP       bool // the answer was too large for a datagram

	TTL  time.Duration // how long a resolver may keep the answer; zero if unknown
	At   time.Time     // when it came
	Took time.Duration
	Note string // what the server said beside it (RFC 8914), or empty
}

// Until is when those who keep the answer have to ask again.
func (a Answer) Until() time.Time { return a.At.Add(a.TTL) }

// Texts are what the records say.
func (a Answer) Texts() []string {
	var all []string
	for _, r := range a.Records {
		all = append(all, r.Text)
	}
	return all
}

// Normal is a name in lower case and without spaces around it or the last dot.
func Normal(name string) string {
	return strings.ToLower(strings.TrimSuffix(strings.TrimSpace(name), "."))
}

// Reverse is the name under which the DNS keeps the name of an address.
func Reverse(address string) (string, error) {
	name, err := dns.ReverseAddr(address)
	return Normal(name), err
}
