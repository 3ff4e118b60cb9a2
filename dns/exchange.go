package dns

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/miekg/dns"
)

const (
	// waitDatagram is how long a datagram's answer may take; it is sent twice,
	// since one may be lost.
	waitDatagram = 2 * time.Second
	sendings     = 2
	waitTCP      = 5 * time.Second
	// datagram is the size that passes everywhere in one piece (DNS flag day 2020).
	datagram = 1232
)

// question makes the message. Resolvers are asked to look further; those who are
// responsible are asked for what they know themselves.
func question(s Server, name string, t Type, unchecked bool) *dns.Msg {
	m := new(dns.Msg)
	m.SetQuestion(dns.Fqdn(name), uint16(t))
	m.SetEdns0(datagram, true)
	m.RecursionDesired = s.Source != Authoritative
	m.CheckingDisabled = unchecked
	return m
}

// ask sends a question by datagram, and over TCP where the answer does not fit.
func (c *Client) ask(ctx context.Context, s Server, name string, t Type, unchecked bool) (reply *dns.Msg, overTCP bool, err error) {
	m := question(s, name, t, unchecked)
	for range sendings {
		reply, err = c.exchange(ctx, s, m, c.net.DialUDP, waitDatagram)
		if err == nil || ctx.Err() != nil {
			break
		}
	}
	if err == nil && reply.Rcode == dns.RcodeFormatError && reply.IsEdns0() == nil {
		m.Extra = nil // a server older than EDNS
		reply, err = c.exchange(ctx, s, m, c.net.DialUDP, waitDatagram)
	}
	if err == nil && reply.Truncated {
		overTCP = true
		if reply, err = c.exchange(ctx, s, m, c.net.Dial, waitTCP); err != nil {
			err = fmt.Errorf("%w: %w", ErrTCP, err)
		}
	}
	return reply, overTCP, err
}

func (c *Client) exchange(ctx context.Context, s Server, m *dns.Msg, dial dialer, wait time.Duration) (*dns.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	conn, err := dial(ctx, s.Address)
	if err != nil {
		return nil, err
	}
	defer conn.Close() //nolint:errcheck // it was asked one question
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	client := &dns.Client{UDPSize: datagram, Timeout: wait}
	reply, _, err := client.ExchangeWithConnContext(ctx, m, &dns.Conn{Conn: conn, UDPSize: datagram})
	if err != nil {
		return nil, err
	}
	return reply, fits(m, reply)
}

var errOther = errors.New("it answers another question")

// fits reports whether a message answers the question.
func fits(m, reply *dns.Msg) error {
	if reply.Rcode == dns.RcodeFormatError && len(reply.Question) == 0 {
		return nil
	}
	if !reply.Response || len(reply.Question) != 1 ||
		!strings.EqualFold(reply.Question[0].Name, m.Question[0].Name) || reply.Question[0].Qtype != m.Question[0].Qtype {
		return errOther
	}
	return nil
}

// kindOf says what kind of failure an error of an exchange is.
func kindOf(err error) error {
	if errors.Is(err, ErrTCP) {
		return ErrTCP
	}
	if _, ok := errors.AsType[net.Error](err); ok || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return ErrUnreachable
	}
	if errors.Is(err, net.ErrClosed) {
		return ErrUnreachable
	}
	return ErrGarbled
}
