package routing

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"fairlead/assets"
	"fairlead/dns"
)

// Ranges are the networks of a region, with where they are known from.
type Ranges struct {
	Networks []netip.Prefix // none where they are not known
	Live     bool           // read in the DNS just now; else from the catalogue's table
	AsOf     string         // the day, or what the table says
	Why      error          // why they are not live
}

// Note says in one sentence where the networks are known from.
func (r Ranges) Note() string {
	switch {
	case r.Live:
		return "Read in the DNS on " + r.AsOf + "."
	case len(r.Networks) == 0 && r.Why != nil:
		return fmt.Sprintf("Not known: the catalogue has none for this region, and %v.", r.Why)
	case len(r.Networks) == 0:
		return "Not known: the catalogue has none for this region."
	}
	return fmt.Sprintf("From the catalogue, as of %s: %v.", r.AsOf, r.Why)
}

// maxRecords bounds the records that are followed, as SPF does (RFC 7208, section
// 4.6.4).
const maxRecords = 10

var errNoRecord = errors.New("no name in the DNS lists its networks")

// Lookup reads the networks of a region in the DNS, where its SPF record lists
// them today, and falls back on the catalogue's table.
func Lookup(ctx context.Context, r dns.Resolver, regions assets.Regions, region assets.Region, now time.Time) Ranges {
	networks, err := live(ctx, r, region.Record)
	if err == nil {
		return Ranges{Networks: networks, Live: true, AsOf: now.Format(time.DateOnly)}
	}
	return Ranges{Networks: region.Ranges, AsOf: regions.AsOf, Why: err}
}

// live collects what the record of a name lists, and the records that it includes.
func live(ctx context.Context, r dns.Resolver, name string) ([]netip.Prefix, error) {
	if name == "" {
		return nil, errNoRecord
	}
	var networks []netip.Prefix
	todo, seen := []string{name}, map[string]bool{}
	for len(todo) > 0 {
		name, todo = todo[0], todo[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		if len(seen) > maxRecords {
			return nil, errors.New("its records refer to more than ten others")
		}
		answer, err := r.Lookup(ctx, name, dns.TXT)
		if err != nil {
			return nil, err
		}
		texts := answer.Texts()
		i := slices.IndexFunc(texts, isSPF)
		if i < 0 {
			return nil, fmt.Errorf("%s has no SPF record", name)
		}
		listed, more := networksOf(texts[i])
		networks, todo = append(networks, listed...), append(todo, more...)
	}
	if len(networks) == 0 {
		return nil, errors.New("its record lists no network")
	}
	slices.SortFunc(networks, netip.Prefix.Compare)
	return slices.Compact(networks), nil
}

func isSPF(text string) bool {
	version, _, _ := strings.Cut(text, " ")
	return strings.EqualFold(version, "v=spf1")
}

// networksOf reads ip4, ip6, include and redirect out of an SPF record (RFC 7208,
// section 5). What cannot be read is left out: a firewall must not be opened for
// a guess, and SPF itself is judged elsewhere.
func networksOf(record string) (networks []netip.Prefix, more []string) {
	for _, term := range strings.Fields(record)[1:] {
		term = strings.TrimPrefix(strings.ToLower(term), "+")
		name, value, _ := strings.Cut(term, ":")
		if name == term {
			name, value, _ = strings.Cut(term, "=")
		}
		switch name {
		case "ip4", "ip6":
			if network, ok := ReadNetwork(value); ok && network.Addr().Is4() == (name == "ip4") {
				networks = append(networks, network)
			}
		case "include", "redirect":
			if value != "" && !strings.Contains(value, "%") {
				more = append(more, value)
			}
		}
	}
	return networks, more
}

// ReadNetwork reads a network or a single address. Everybody is no network.
func ReadNetwork(text string) (netip.Prefix, bool) {
	if address, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(address, address.BitLen()), true
	}
	network, err := netip.ParsePrefix(text)
	return network.Masked(), err == nil && network.Bits() > 0
}

// narrow divides IPv4 networks that are wider than Exchange Online takes in a
// connector, which is /24, and leaves out those of IPv6, which it does not take.
func narrow(networks []netip.Prefix) (list []netip.Prefix) {
	const widest = 24
	for _, n := range networks {
		if !n.Addr().Is4() || n.Bits() < 16 { // no service has so wide a network: it would be a slip
			continue
		}
		if n.Bits() >= widest {
			list = append(list, n)
			continue
		}
		for part := netip.PrefixFrom(n.Addr(), widest); n.Overlaps(part); {
			list = append(list, part)
			last := part.Addr().As4()
			after := (uint32(last[0])<<16 | uint32(last[1])<<8 | uint32(last[2])) + 1
			if after > 0xffffff {
				break
			}
			part = netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(after >> 16), byte(after >> 8), byte(after), 0}), widest)
		}
	}
	return list
}
