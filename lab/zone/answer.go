package zone

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// answer is what the server at an address says.
func (z *Zone) answer(at netip.AddrPort, m *dns.Msg) *dns.Msg {
	reply := new(dns.Msg)
	reply.SetReply(m)
	wantsSigned := false
	if options := m.IsEdns0(); options != nil {
		reply.SetEdns0(1232, options.Do())
		wantsSigned = options.Do()
	}
	if len(m.Question) != 1 {
		reply.Rcode = dns.RcodeFormatError
		return reply
	}
	q := m.Question[0]
	resolver := at == Inside || slices.Contains(Outside, at)
	reply.RecursionAvailable = resolver
	d := z.find(q.Name)
	if at == Lame || d == nil && !resolver {
		reply.Rcode = dns.RcodeRefused
		return reply
	}
	reply.Authoritative = !resolver
	switch z.behaviour(at, q) {
	case fails:
		reply.Rcode = dns.RcodeServerFailure
		return reply
	case bogus:
		if resolver && !m.CheckingDisabled {
			reply.Rcode = dns.RcodeServerFailure
			return reply
		}
	}
	if d == nil || d.absent {
		reply.Rcode = dns.RcodeNameError
		return reply
	}
	z.fill(at, reply, d, q, resolver)
	if d.signed && wantsSigned {
		reply.Answer = append(reply.Answer, signature(d.Name, q))
		reply.AuthenticatedData = resolver
	}
	return reply
}

// fill puts the records into a reply, following aliases as far as the server can.
func (z *Zone) fill(at netip.AddrPort, reply *dns.Msg, d *domain, q dns.Question, resolver bool) {
	name, seen := q.Name, 0
	for {
		records, exists := d.records(at, name, dns.TypeToString[q.Qtype])
		alias, _ := d.records(at, name, "CNAME")
		if len(records) > 0 || len(alias) == 0 || q.Qtype == dns.TypeCNAME {
			reply.Answer = append(reply.Answer, named(records, name)...)
			if len(records) == 0 {
				if soa, _ := d.records(at, dns.Fqdn(d.Name), "SOA"); len(soa) > 0 {
					reply.Ns = soa
				}
				if !exists {
					reply.Rcode = dns.RcodeNameError
				}
			}
			return
		}
		reply.Answer = append(reply.Answer, named(alias, name)...)
		if seen++; seen > 8 {
			return
		}
		name = alias[0].(*dns.CNAME).Target
		if !dns.IsSubDomain(dns.Fqdn(d.Name), name) {
			if d = z.find(name); !resolver {
				return
			}
		}
		if d == nil || d.absent {
			reply.Rcode = dns.RcodeNameError
			return
		}
	}
}

// find returns the domain that a name belongs to: the nearest above it.
func (z *Zone) find(name string) *domain {
	name = strings.ToLower(name)
	for {
		if d := z.names[name]; d != nil {
			return d
		}
		i, end := dns.NextLabel(name, 0)
		if end {
			return nil
		}
		name = name[i:]
	}
}

// records are those of a name as the server at an address has them, and whether
// the name exists.
func (d *domain) records(at netip.AddrPort, name, kind string) (found []dns.RR, exists bool) {
	name = strings.ToLower(name)
	key := name + " " + kind
	if records, other := d.inside[key]; other && at == Inside {
		return records, true
	}
	if records, other := d.stale[key]; other && (at == older || at == Outside[len(Outside)-1]) {
		return records, true
	}
	for known := range d.usual {
		owner, _, _ := strings.Cut(known, " ")
		exists = exists || owner == name || dns.IsSubDomain(name, owner)
	}
	if records := d.usual[key]; exists || len(records) > 0 {
		return records, exists
	}
	if i, end := dns.NextLabel(name, 0); !end {
		if records, wild := d.usual["*."+name[i:]+" "+kind]; wild {
			return records, true
		}
	}
	return nil, exists
}

// named gives the records of a wildcard the name that was asked for.
func named(records []dns.RR, name string) (all []dns.RR) {
	for _, rr := range records {
		rr = dns.Copy(rr)
		rr.Header().Name = name
		all = append(all, rr)
	}
	return all
}

// behaviour is how a server treats a question.
func (z *Zone) behaviour(_ netip.AddrPort, q dns.Question) act {
	d := z.find(q.Name)
	if d == nil {
		return 0
	}
	owner := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(q.Name), dns.Fqdn(d.Name)), ".")
	if owner == "" {
		owner = "@"
	}
	return d.acts[owner+" "+dns.TypeToString[q.Qtype]]
}

// signature is an RRSIG record as it comes along. Nobody verifies it: the lab's
// resolvers say that they have.
func signature(zone string, q dns.Question) dns.RR {
	return &dns.RRSIG{
		Hdr:         dns.RR_Header{Name: q.Name, Rrtype: dns.TypeRRSIG, Class: dns.ClassINET, Ttl: 300},
		TypeCovered: q.Qtype, Algorithm: dns.ECDSAP256SHA256, Labels: uint8(dns.CountLabel(q.Name)), OrigTtl: 300,
		Expiration: 1798761600, Inception: 1767225600, KeyTag: 12345, SignerName: dns.Fqdn(zone), Signature: "AAAA",
	}
}
