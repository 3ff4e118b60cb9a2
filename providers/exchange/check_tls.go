package exchange

import (
	"context"
	"crypto/tls"
	"fmt"
	"sync"

	"fairlead/check"
	"fairlead/providers/exchange/wire"
)

// tlsCheck makes the TLS connection over which everything else goes.
var tlsCheck = check.Check[*test]{
	ID: "tls", Title: "TLS handshake", Needs: []string{"port"},
	Causes: []*check.Cause[*test]{
		proxyAnswers, plainHTTP, tlsTooOld, clientCertificateRequired, largeHelloDropped, connectionReset, noAnswer, tlsHandshakeFailed,
	},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		within, cancel := context.WithTimeout(ctx, waitTLS)
		defer cancel()
		line, err := wire.Handshake(within, s.conn, s.Host())
		s.conn = nil // the line closes it, or has done so
		if err != nil {
			s.probe(ctx)
			return check.Finding{Evidence: s.probes.String()}, handshakeError(within, err)
		}
		s.line = line
		state := line.State()
		s.sent = state.PeerCertificates
		s.cert = s.judge(s.sent)
		return check.Finding{
			Summary:  tls.VersionName(state.Version),
			Evidence: tls.VersionName(state.Version) + ", " + tls.CipherSuiteName(state.CipherSuite) + ", " + state.CurveID.String(),
		}, nil
	},
}

// handshakeError names a time-out by its own name.
func handshakeError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("TLS handshake: %w", wire.ErrNoAnswer)
	}
	return fmt.Errorf("TLS handshake: %w", err)
}

// probes are what other ways to say hello came to, after the usual one failed.
type probes struct {
	old   *tls.ConnectionState // what is agreed on when everything is allowed
	small *tls.ConnectionState // with a hello that fits one packet
}

// probe tries the other ways to say hello.
func (s *test) probe(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, waitTLS)
	defer cancel()
	var wait sync.WaitGroup
	try := func(p wire.Probe, into **tls.ConnectionState) {
		wait.Go(func() {
			conn, err := s.net.Dial(ctx, s.address)
			if err != nil {
				return
			}
			if state, err := p.Try(ctx, conn, s.Host()); err == nil {
				*into = &state
			}
		})
	}
	try(wire.Lenient, &s.probes.old)
	try(wire.Small, &s.probes.small)
	wait.Wait()
}

func (p probes) String() string {
	say := func(state *tls.ConnectionState) string {
		if state == nil {
			return "fails too"
		}
		return tls.VersionName(state.Version) + ", " + tls.CipherSuiteName(state.CipherSuite)
	}
	return "with every version and cipher allowed: " + say(p.old) + "\nwith a small hello: " + say(p.small)
}
