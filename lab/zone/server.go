package zone

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/miekg/dns"
)

// Server is the lab's name servers on loopback, one socket for each that stands
// in the lab's world.
type Server struct {
	zone  *Zone
	delay time.Duration
	doors map[netip.AddrPort]*door
	close sync.Once
}

// door is one name server.
type door struct {
	at       netip.AddrPort // in the lab's world
	datagram net.PacketConn // nil where there are none, see noDatagrams
	stream   net.Listener
	servers  []*dns.Server
}

// noDatagrams is what wine says of a socket for datagrams that Go opens there (WSAEOPNOTSUPP):
// it has no SIO_UDP_NETRESET. Questions over UDP are then refused, and all else of the
// lab works. Other systems never say it.
const noDatagrams = syscall.Errno(10045)

// Start opens the name servers on 127.0.0.1. Every answer takes delay, as long as
// a round trip; streams through the listener that wrap makes of a plain one.
func Start(z *Zone, delay time.Duration, wrap func(net.Listener) net.Listener) (*Server, error) {
	s := &Server{zone: z, delay: delay, doors: map[netip.AddrPort]*door{}}
	for _, at := range append(slices.Clone(Outside), Inside, first, second, Lame, older) {
		if err := s.open(at, wrap); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

func (s *Server) open(at netip.AddrPort, wrap func(net.Listener) net.Listener) error {
	d := &door{at: at}
	var err error
	if d.datagram, err = net.ListenPacket("udp", "127.0.0.1:0"); err != nil && !errors.Is(err, noDatagrams) {
		return err
	}
	s.doors[at] = d
	if d.stream, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	servers := []*dns.Server{{Listener: wrap(d.stream), Handler: handler{s, at, 0}}}
	if d.datagram != nil {
		servers = append(servers, &dns.Server{PacketConn: d.datagram, Handler: handler{s, at, s.delay}})
	}
	for _, server := range servers {
		ready := make(chan struct{})
		server.NotifyStartedFunc = func() { close(ready) }
		go func() { _ = server.ActivateAndServe() }() // ends with Shutdown
		<-ready
		d.servers = append(d.servers, server)
	}
	return nil
}

// Close ends the name servers and waits for what they are doing.
func (s *Server) Close() {
	s.close.Do(func() {
		for _, d := range s.doors {
			for _, server := range d.servers {
				_ = server.Shutdown()
			}
			if d.datagram != nil {
				_ = d.datagram.Close()
			}
			if d.stream != nil {
				_ = d.stream.Close()
			}
		}
	})
}

// Door is where a name server of the lab's world listens on loopback, for network
// "udp" or "tcp".
func (s *Server) Door(at netip.AddrPort, network string) (string, bool) {
	d := s.doors[netip.AddrPortFrom(at.Addr().Unmap(), at.Port())]
	switch {
	case d == nil || network == "udp" && d.datagram == nil:
		return "", false
	case network == "udp":
		return d.datagram.LocalAddr().String(), true
	}
	return d.stream.Addr().String(), true
}

// Lookup returns the addresses of a host as the resolver inside knows them.
func (s *Server) Lookup(host string) (all []netip.Addr) {
	for _, t := range []uint16{dns.TypeA, dns.TypeAAAA} {
		m := new(dns.Msg)
		m.SetQuestion(dns.Fqdn(host), t)
		for _, rr := range s.zone.answer(Inside, m).Answer {
			var ip net.IP
			switch rr := rr.(type) {
			case *dns.A:
				ip = rr.A
			case *dns.AAAA:
				ip = rr.AAAA
			}
			if address, ok := netip.AddrFromSlice(ip); ok {
				all = append(all, address.Unmap())
			}
		}
	}
	return all
}

// handler answers at one server.
type handler struct {
	server *Server
	at     netip.AddrPort
	delay  time.Duration
}

func (h handler) ServeDNS(w dns.ResponseWriter, m *dns.Msg) {
	if h.delay > 0 {
		time.Sleep(h.delay) // the round trip; each question has its own goroutine
	}
	_, datagram := w.LocalAddr().(*net.UDPAddr)
	reply := h.server.zone.answer(h.at, m)
	if len(m.Question) == 1 {
		switch h.server.zone.behaviour(h.at, m.Question[0]) {
		case noTCP:
			if !datagram {
				_ = w.Close()
				return
			}
			reply.Truncated, reply.Answer = true, nil
		case garbles:
			reply.Question[0].Name = "elsewhere.example."
		}
	}
	if datagram {
		size := dns.MinMsgSize
		if options := m.IsEdns0(); options != nil {
			size = int(options.UDPSize())
		}
		reply.Truncate(size)
	}
	_ = w.WriteMsg(reply) // whoever asked may be gone
}

// Dial connects to a name server of the lab's world.
func (s *Server) Dial(ctx context.Context, network string, at netip.AddrPort) (net.Conn, bool, error) {
	address, known := s.Door(at, network)
	if !known {
		return nil, false, nil
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	return conn, true, err
}
