package dns

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/miekg/dns"

	"fairlead/network"
)

type dialer = func(ctx context.Context, addr netip.AddrPort) (net.Conn, error)

// PublicResolvers are those that are asked unless others are named: of
// Cloudflare, Google and Quad9.
func PublicResolvers() []netip.AddrPort {
	return []netip.AddrPort{
		netip.MustParseAddrPort("1.1.1.1:53"), netip.MustParseAddrPort("8.8.8.8:53"), netip.MustParseAddrPort("9.9.9.9:53"),
	}
}

// Client asks name servers, each once for the same thing. Its methods may be
// called from any goroutine.
type Client struct {
	net    *network.Network
	public []netip.AddrPort
	system func() ([]netip.AddrPort, error)

	mu    sync.Mutex
	asked map[key]*entry
	dead  map[netip.AddrPort]bool // did not answer: not waited for again
}

type key struct {
	server netip.AddrPort
	name   string
	t      Type
}

// entry is a question that is on its way or was answered.
type entry struct {
	done   chan struct{}
	answer Answer
	err    error
}

// New makes a client for one check. Without public resolvers, [PublicResolvers]
// are asked.
func New(n *network.Network, public ...netip.AddrPort) *Client {
	if len(public) == 0 {
		public = PublicResolvers()
	}
	return &Client{
		net: n, public: public, system: sync.OnceValues(n.NameServers), asked: map[key]*entry{}, dead: map[netip.AddrPort]bool{},
	}
}

// Lookup asks what the world sees: the first public resolver that answers, or
// the name servers of this computer where none can be reached.
func (c *Client) Lookup(ctx context.Context, name string, t Type) (Answer, error) {
	answer, err := c.first(ctx, servers(Public, c.public), name, t)
	if !errors.Is(err, ErrUnreachable) || ctx.Err() != nil {
		return answer, err
	}
	if own, failed := c.System(ctx, name, t); failed == nil || !errors.Is(failed, ErrUnreachable) && !errors.Is(failed, ErrNoServer) {
		return own, failed
	}
	return answer, err
}

// System asks the name servers of this computer, one after the other until one
// answers.
func (c *Client) System(ctx context.Context, name string, t Type) (Answer, error) {
	own, err := c.system()
	if err != nil || len(own) == 0 {
		return Answer{}, &Error{Name: Normal(name), Type: t, Kind: ErrNoServer, Cause: err}
	}
	return c.first(ctx, servers(System, own), name, t)
}

func servers(source Source, addresses []netip.AddrPort) (all []Server) {
	for _, address := range addresses {
		all = append(all, Server{Address: address, Source: source})
	}
	return all
}

// first asks servers one after the other until one answers. Those that were
// silent before are asked last.
func (c *Client) first(ctx context.Context, all []Server, name string, t Type) (answer Answer, err error) {
	for _, silent := range []bool{false, true} {
		for _, s := range all {
			if c.isDead(s.Address) != silent {
				continue
			}
			if answer, err = c.Ask(ctx, s, name, t); !errors.Is(err, ErrUnreachable) || ctx.Err() != nil {
				return answer, err
			}
		}
		if err != nil {
			return answer, err
		}
	}
	return answer, err
}

func (c *Client) isDead(address netip.AddrPort) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dead[address]
}

// Ask asks one server, or waits for the answer that somebody else asked for.
func (c *Client) Ask(ctx context.Context, s Server, name string, t Type) (Answer, error) {
	name = Normal(name)
	if _, ok := dns.IsDomainName(name); !ok || name == "" {
		return Answer{}, &Error{Server: s, Name: name, Type: t, Kind: ErrName}
	}
	c.mu.Lock()
	k := key{s.Address, name, t}
	e := c.asked[k]
	if e != nil {
		c.mu.Unlock()
		select {
		case <-e.done:
			return e.answer, e.err
		case <-ctx.Done():
			return Answer{}, &Error{Server: s, Name: name, Type: t, Kind: ErrUnreachable, Cause: ctx.Err()}
		}
	}
	e = &entry{done: make(chan struct{})}
	c.asked[k] = e
	c.mu.Unlock()

	e.answer, e.err = c.askNow(ctx, s, name, t)
	c.mu.Lock()
	if ctx.Err() != nil {
		delete(c.asked, k) // it says nothing about the server
	} else if errors.Is(e.err, ErrUnreachable) {
		c.dead[s.Address] = true
	}
	c.mu.Unlock()
	close(e.done)
	return e.answer, e.err
}

func (c *Client) askNow(ctx context.Context, s Server, name string, t Type) (Answer, error) {
	start := time.Now()
	reply, overTCP, err := c.ask(ctx, s, name, t, false)
	if err != nil {
		return Answer{}, &Error{Server: s, Name: name, Type: t, Kind: kindOf(err), Cause: err}
	}
	if reply.Rcode == dns.RcodeServerFailure && s.Source != Authoritative {
		// A resolver that verifies says the same where signatures are wrong. Without
		// verification it then has an answer.
		if unchecked, _, err := c.ask(ctx, s, name, t, true); err == nil && unchecked.Rcode != dns.RcodeServerFailure {
			return Answer{}, &Error{Server: s, Name: name, Type: t, Kind: ErrBogus, Note: note(reply)}
		}
	}
	answer, err := read(s, name, t, reply)
	answer.OverTCP, answer.At, answer.Took = overTCP, c.net.Now(), time.Since(start)
	return answer, err
}
