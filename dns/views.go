package dns

import (
	"context"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Said is what one server said, or why it did not.
type Said struct {
	Answer
	Err error
}

// Views is one question as everybody answers it.
type Views struct {
	System        Said
	Public        []Said // in the order of the resolvers
	Authoritative []Said // of every server that is responsible
	// NoAuthority says why those who are responsible could not be found; nil if
	// they were.
	NoAuthority error
}

// Views asks everybody at once.
func (c *Client) Views(ctx context.Context, name string, t Type) Views {
	var v Views
	var all sync.WaitGroup
	all.Go(func() { v.System.Answer, v.System.Err = c.System(ctx, name, t) })
	all.Go(func() { v.Public = c.Each(ctx, servers(Public, c.public), name, t) })
	all.Go(func() {
		var responsible []Server
		if responsible, v.NoAuthority = c.Responsible(ctx, name); v.NoAuthority == nil {
			v.Authoritative = c.Each(ctx, responsible, name, t)
		}
	})
	all.Wait()
	return v
}

// Each asks every server at once and returns what they said, in their order.
func (c *Client) Each(ctx context.Context, servers []Server, name string, t Type) []Said {
	said := make([]Said, len(servers))
	var all sync.WaitGroup
	for i, s := range servers {
		all.Go(func() {
			said[i].Answer, said[i].Err = c.Ask(ctx, s, name, t)
			said[i].Server = s // in an error too
		})
	}
	all.Wait()
	return said
}

// Split reports whether this computer's name servers say something else than the
// world's: there is a split horizon, or an old answer that is still kept.
func (v Views) Split() bool {
	if v.System.Err != nil {
		return false
	}
	answered := false
	for _, said := range v.Public {
		if said.Err == nil {
			answered = true
			if Same(v.System.Answer, said.Answer) {
				return false
			}
		}
	}
	return answered
}

// Same reports whether two answers come to the same, whatever the order.
func Same(a, b Answer) bool { return slices.Equal(sorted(a), sorted(b)) }

func sorted(a Answer) []string {
	var all []string
	for _, r := range a.Records {
		all = append(all, r.line())
	}
	slices.Sort(all)
	return all
}

func (r Record) line() string {
	if r.Type == MX {
		return strings.Join([]string{r.Text, strconv.Itoa(int(r.Preference))}, " ")
	}
	return r.Text
}

// TryAgain is when every resolver has asked anew: the latest end of what they
// keep. Zero if none answered.
func (v Views) TryAgain() (at time.Time) {
	for _, said := range append(slices.Clone(v.Public), v.System) {
		if said.Err == nil && said.Until().After(at) {
			at = said.Until()
		}
	}
	return at
}

const (
	// mostServers bounds how many servers of a zone are asked.
	mostServers = 8
	// mostLabels bounds how far up a zone is searched for.
	mostLabels = 6
)

// Responsible finds the servers that are responsible for a name: it asks for
// those of the name and of every name above it at once, takes the nearest, and
// looks their addresses up. The error is an [*Error]; [ErrNoServer] means that
// none of those that are named has an address.
func (c *Client) Responsible(ctx context.Context, name string) ([]Server, error) {
	_, hosts, err := c.Zone(ctx, name)
	if err != nil {
		return nil, err
	}
	found := make([][]Server, len(hosts))
	var all sync.WaitGroup
	for i, host := range hosts[:min(len(hosts), mostServers)] {
		all.Go(func() { found[i] = c.addresses(ctx, host) })
	}
	all.Wait()
	servers := slices.Concat(found...)
	if len(servers) == 0 {
		return nil, &Error{Name: Normal(name), Type: NS, Kind: ErrNoServer}
	}
	return servers, nil
}

// Zone finds the zone that a name belongs to, and the names of its servers.
func (c *Client) Zone(ctx context.Context, name string) (zone string, hosts []string, err error) {
	names := Above(name, mostLabels)
	said := make([]Said, len(names))
	var all sync.WaitGroup
	for i, above := range names {
		all.Go(func() { said[i].Answer, said[i].Err = c.Lookup(ctx, above, NS) })
	}
	all.Wait()
	for i, s := range said {
		if s.Err != nil {
			return "", nil, s.Err
		}
		if len(s.Records) > 0 && len(s.Chain) == 0 {
			hosts = s.Texts()
			slices.Sort(hosts)
			return names[i], hosts, nil
		}
	}
	return "", nil, &Error{Name: Normal(name), Type: NS, Kind: ErrNoServer}
}

// Above lists a name and those above it, as far as the one below the top, at most
// a number of them.
func Above(name string, most int) (names []string) {
	labels := strings.Split(Normal(name), ".")
	for i := 0; i < max(len(labels)-1, 1) && len(names) < most; i++ {
		names = append(names, strings.Join(labels[i:], "."))
	}
	return names
}

// addresses are a server's: IPv4 where it has one, since not every computer can
// reach the other.
func (c *Client) addresses(ctx context.Context, host string) (servers []Server) {
	for _, address := range c.Addresses(ctx, host) {
		if address.Is4() || len(servers) == 0 {
			servers = append(servers, Server{Address: netip.AddrPortFrom(address, 53), Name: Normal(host), Source: Authoritative})
		}
	}
	return servers
}

// Addresses are those of a host, IPv4 first, as the world sees them; empty where
// there are none, or where they could not be found out.
func (c *Client) Addresses(ctx context.Context, host string) (found []netip.Addr) {
	var said [2]Answer
	var all sync.WaitGroup
	for i, t := range []Type{A, AAAA} {
		all.Go(func() { said[i], _ = c.Lookup(ctx, host, t) }) // no address either way
	}
	all.Wait()
	for _, a := range said {
		for _, text := range a.Texts() {
			if address, err := netip.ParseAddr(text); err == nil {
				found = append(found, address)
			}
		}
	}
	return found
}
