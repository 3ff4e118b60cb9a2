package exchange

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/providers/exchange/wire"
)

// addressesCheck looks at the addresses of the host that the test does not go
// on with. Those who connect from elsewhere may be given any of them.
var addressesCheck = check.Check[*test]{
	ID: "addresses", Title: "Every address answers", Needs: []string{"tls"},
	Causes: []*check.Cause[*test]{ipv6Broken, oneAddressFails},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		if len(s.addresses) == 1 {
			return check.Finding{Summary: "there is one"}, nil
		}
		var (
			wait  sync.WaitGroup
			mutex sync.Mutex
		)
		for d, ok := s.dials.next(); ok; d, ok = s.dials.next() {
			wait.Go(func() {
				if err := s.greet(ctx, d); err != nil {
					mutex.Lock()
					defer mutex.Unlock()
					s.dead = append(s.dead, lost{d.address.Addr(), err})
				}
			})
		}
		wait.Wait()
		return s.roll(), nil
	},
}

// lost is an address that does not answer as it should.
type lost struct {
	address netip.Addr
	err     error
}

var errOtherCertificate = errors.New("it shows another certificate, which is not in order")

// greet does with another address what the test does with its own: a handshake
// and a look at the certificate.
func (s *test) greet(ctx context.Context, d dialed) error {
	if d.err != nil {
		return d.err
	}
	ctx, cancel := context.WithTimeout(ctx, waitTLS)
	defer cancel()
	line, err := wire.Handshake(ctx, d.conn, s.Host())
	if err != nil {
		return handshakeError(ctx, err)
	}
	defer line.Close()
	sent := line.State().PeerCertificates
	if sent[0].Equal(s.sent[0]) || s.acceptable(sent) {
		return nil
	}
	return errOtherCertificate
}

// roll calls the roll of the addresses.
func (s *test) roll() check.Finding {
	var lines []string
	for _, l := range s.dead {
		lines = append(lines, fmt.Sprintf("%s: %v", l.address, l.err))
	}
	total := len(s.addresses)
	if len(lines) == 0 {
		return check.Finding{Summary: fmt.Sprintf("all %d", total)}
	}
	return check.Finding{
		Summary:  fmt.Sprintf("%d of %d", total-len(lines), total),
		Evidence: strings.Join(lines, "\n"),
	}
}
