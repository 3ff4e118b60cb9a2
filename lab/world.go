package lab

import (
	"crypto/tls"
	"net"
	"net/netip"
	"time"
)

const (
	domain       = "contoso.example"
	mailHost     = "mail." + domain
	discoverHost = "autodiscover." + domain
	ewsPath      = "/EWS/Exchange.asmx"
)

// world is the state of everything that the lab simulates. It is built healthy,
// then changed by each fault that is on, and after that only read. Its fields
// are the places where a fault may take hold.
type world struct {
	lab *Lab

	// Names and addresses. A name that is not in the zone does not exist, and
	// an address without a site refuses.
	zone  map[string][]netip.Addr
	sites map[netip.Addr]site

	// What a connection speaks once it stands, and what TLS is like if it does.
	wire        func(net.Conn, *tls.Config) net.Conn
	tls         *tls.Config
	certificate certificate
	second      *certificate // that of the second front end, if it has another one
	secondTLS   *tls.Config

	// The servers. balance chooses the front end for a request.
	frontEnds []frontEnd
	balance   func(a *arrival, request int) int
	backEnd   build
	schemas   []string      // the versions of the EWS schema that are known, oldest first
	skew      time.Duration // how far the servers' clocks are off

	// What happens to a request before and after sign-in.
	schemes []string // WWW-Authenticate, one line each
	before  []step
	after   []step
	ewsURL  string // where Autodiscover leads to

	// The forms of Autodiscover: those that are switched off, where its host
	// sends visitors on to who come without TLS, and the records in the DNS.
	silentForms map[string]bool // by the path of the form, in lower case
	sendsOn     string
	services    map[string][]*net.SRV

	bindingRequired bool       // NTLM must be tied to the certificate
	bridged         bool       // Exchange has another certificate than the one that clients see
	refuse          *soapFault // what EWS says to every signed-in caller, if anything

	// The directory.
	accounts  []*account
	mailboxes []*mailbox
}

// site is what stands at an address.
type site struct {
	door   int  // the front end behind it
	silent bool // packets vanish
}

// frontEnd is one Client Access server.
type frontEnd struct {
	name  string
	build build
}

// step looks at a request and reports whether it answered it.
type step func(v *visit) (answered bool)

// build returns the world with these faults on.
func (l *Lab) build(active map[string]bool) (*world, error) {
	w := l.healthy()
	for _, f := range allFaults() {
		if active[f.Name] {
			f.change(w)
		}
	}
	chain, err := w.certificate.issue()
	if err != nil {
		return nil, err
	}
	w.tls.Certificates = []tls.Certificate{chain}
	if w.second == nil {
		return w, nil
	}
	if chain, err = w.second.issue(); err != nil {
		return nil, err
	}
	w.secondTLS = w.tls.Clone()
	w.secondTLS.Certificates = []tls.Certificate{chain}
	return w, nil
}

// tlsAt is what TLS is like at a front end's door.
func (w *world) tlsAt(door int) *tls.Config {
	if door == 1 && w.secondTLS != nil {
		return w.secondTLS
	}
	return w.tls
}

func (l *Lab) healthy() *world {
	addresses := []netip.Addr{netip.MustParseAddr("203.0.113.7"), netip.MustParseAddr("203.0.113.8")}
	return &world{
		lab: l,
		zone: map[string][]netip.Addr{
			domain: addresses, mailHost: addresses, discoverHost: addresses, pkiHost: {pkiAddress},
		},
		sites: map[netip.Addr]site{addresses[0]: {door: 0}, addresses[1]: {door: 1}},
		wire:  func(c net.Conn, config *tls.Config) net.Conn { return tls.Server(c, config) },
		tls:   &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}},

		certificate: l.authorities.server(l.now()),
		frontEnds:   []frontEnd{{"EX01", exchangeSEFeb26}, {"EX02", exchangeSEFeb26}},
		balance:     func(a *arrival, _ int) int { return a.door },
		backEnd:     exchangeSEFeb26,
		schemas:     schemas,
		schemes:     []string{"Negotiate", "NTLM", `Basic realm="` + mailHost + `"`},
		ewsURL:      l.URL(),
		silentForms: map[string]bool{},
		sendsOn:     "https://" + mailHost + poxPath,
		services:    map[string][]*net.SRV{serviceName: {{Target: mailHost + ".", Port: 443}}},
		accounts:    l.accounts(),
		mailboxes:   contosoMailboxes(),
	}
}

// now is the time as the servers believe it to be.
func (w *world) now() time.Time { return w.lab.now().Add(w.skew) }
