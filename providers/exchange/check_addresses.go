package exchange

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/wire"
)

// addressesCheck makes more connections beside the one that the test goes on
// with: to every other address of the host, since those who connect from
// elsewhere may be given any of them, and again to the same, since a balancer
// may lead each connection to another server. None carries a sign-in.
var addressesCheck = check.Check[*test]{
	ID: "addresses", Title: "Every address answers", Needs: []string{"tls"},
	Causes: []*check.Cause[*test]{ipv6Broken, oneAddressFails, certificatesDiffer},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		var (
			wait  sync.WaitGroup
			mutex sync.Mutex
		)
		for d, ok := s.dials.next(); ok; d, ok = s.dials.next() {
			wait.Go(func() {
				g := s.greet(ctx, d)
				mutex.Lock()
				defer mutex.Unlock()
				s.greetings = append(s.greetings, g)
			})
		}
		wait.Wait()
		slices.SortFunc(s.greetings, func(a, b greeting) int { return a.address.Compare(b.address) })
		return s.roll(), nil
	},
}

// greeting is what came of a connection beside the one that the test goes on
// with.
type greeting struct {
	address  netip.Addr
	again    bool   // to the address that the test goes on with
	err      error  // why no password could be sent over it
	silent   error  // why the first call got no answer, though one could
	frontEnd string // who answered, or empty
	build    string // and with which build, or empty
	named    string // who answered according to the NTLM challenge, or empty
	changed  string // who answered a later call on the connection, if somebody else; or empty
	other    bool   // it shows another certificate than the one that the test goes on with
	flawed   string // what that certificate is like, where it is not in order; or empty
}

// String is a line of evidence.
func (g greeting) String() string {
	text := g.address.String()
	if g.again {
		text += ", once more"
	}
	if err := errors.Join(g.err, g.silent); err != nil {
		return strings.TrimRight(text+": "+err.Error()+": "+g.flawed, ": ")
	}
	name := g.who()
	if g.changed != "" {
		name += ", then " + g.changed
	}
	if g.other {
		name += ", another certificate"
	}
	return strings.TrimRight(text+": "+name+" "+g.build, ": ")
}

var errOtherCertificate = errors.New("it shows another certificate, which is not in order")

// greet does with another connection what the test does with its own, up to the
// answer to a call without a sign-in.
func (s *test) greet(ctx context.Context, d dialed) greeting {
	g := greeting{address: d.address.Addr(), again: d.again, err: d.err}
	if d.err != nil {
		return g
	}
	ctx, cancel := context.WithTimeout(ctx, waitTLS)
	defer cancel()
	line, err := wire.Handshake(ctx, d.conn, s.Host())
	if err != nil {
		g.err = handshakeError(ctx, err)
		return g
	}
	defer line.Close()
	sent := line.State().PeerCertificates
	if g.other = !sent[0].Equal(s.sent[0]); g.other {
		if j := s.judge(sent); !s.acceptable(j) {
			g.err, g.flawed = errOtherCertificate, judged(j)
			return g
		}
	}
	for call := range s.calls() {
		name, err := s.meet(ctx, line, &g)
		switch {
		case call == 0:
			g.silent = err
		case name != "" && g.changed == "" && name != g.who():
			g.changed = name
		}
		if err != nil || !line.Usable() {
			break
		}
	}
	return g
}

// meet makes one call without a sign-in over another connection, notes who
// answered the first, and returns who answered this one.
func (s *test) meet(ctx context.Context, line *wire.Line, g *greeting) (string, error) {
	answer, err := s.send(ctx, line, call{body: ews.ConvertID(ews.Exchange2013)})
	if err != nil {
		return "", err
	}
	front, named := frontEnd(answer), ""
	if front == "" && offers(challenges(answer.Header.Values("WWW-Authenticate")), "NTLM") {
		// The challenge names the server even where a proxy hides the header.
		if challenge := s.challenge(ctx, line); challenge != nil {
			named = serverName(challenge.Server)
		}
	}
	if g.who() == "" {
		g.frontEnd, g.build, g.named = front, frontBuild(answer), named
	}
	return cmp.Or(front, named), nil
}

// who is who answered first, or empty.
func (g greeting) who() string { return cmp.Or(g.frontEnd, g.named) }

// repeats and calls are how far the test goes to meet every server.
func (s *test) repeats() int {
	if s.target.Options.Deep {
		return deepRepeats
	}
	return repeats
}

func (s *test) calls() int {
	if s.target.Options.Deep {
		return deepCalls
	}
	return 1
}

// roll calls the roll of the addresses.
func (s *test) roll() check.Finding {
	var lines []string
	for _, g := range s.greetings {
		lines = append(lines, g.String())
	}
	found := check.Finding{Summary: "there is one", Evidence: strings.Join(lines, "\n")}
	total, dead := len(s.addresses), 0
	for _, g := range s.greetings {
		if g.err != nil && !g.again {
			dead++
		}
	}
	switch {
	case dead > 0:
		found.Summary = fmt.Sprintf("%d of %d", total-dead, total)
	case total > 1:
		found.Summary = fmt.Sprintf("all %d", total)
	}
	return found
}
