package lab

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"fairlead/lab/entra"
)

// microsoft is Entra and Graph, which stand in the world beside Exchange. The
// faults of Exchange do not touch them.
type microsoft struct {
	entra *entra.Entra
	names map[string]netip.Addr
	door  net.Listener // where the names lead to, with TLS
	pages net.Listener // for a browser on this computer, without TLS
	web   *http.Server
}

func (l *Lab) newMicrosoft() (*microsoft, error) {
	e, err := entra.New(entra.Options{Now: l.now})
	if err != nil {
		return nil, err
	}
	m := &microsoft{entra: e, names: map[string]netip.Addr{}}
	address := netip.MustParseAddr("198.51.100.20") // of those for documentation, RFC 5737
	for _, host := range e.Hosts() {
		m.names[host] = address
		address = address.Next()
	}
	return m, nil
}

// openMicrosoft starts Entra's two listeners.
func (l *Lab) openMicrosoft() error {
	m := l.microsoft
	shown := l.authorities.server(l.now())
	shown.commonName, shown.names = m.entra.Hosts()[0], append(m.entra.Hosts(), "localhost")
	chain, err := shown.issue()
	if err != nil {
		return err
	}
	m.web = &http.Server{
		Handler: m.entra, ReadHeaderTimeout: 30 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorLog: log.New(io.Discard, "", 0), ConnState: l.count,
	}
	if m.door, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	if m.pages, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	over := tls.NewListener(l.lag(m.door), &tls.Config{
		MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{chain}, NextProtos: []string{"http/1.1"},
	})
	l.running.Go(func() { _ = m.web.Serve(over) })
	l.running.Go(func() { _ = m.web.Serve(m.pages) })
	return nil
}

// close ends what was started of it.
func (m *microsoft) close() {
	if m.web != nil {
		_ = m.web.Close()
	}
	for _, listener := range []net.Listener{m.door, m.pages} {
		if listener != nil {
			_ = listener.Close()
		}
	}
}

// at reports whether one of the names leads to an address.
func (m *microsoft) at(address netip.Addr) bool {
	for _, own := range m.names {
		if own == address {
			return true
		}
	}
	return false
}

// Entra is the sign-in of Microsoft's clouds and Graph, for those who want to
// know what was granted.
func (l *Lab) Entra() *entra.Entra { return l.microsoft.entra }

// BrowserURL is where a browser on this computer finds a page of Entra's. Such
// a browser knows neither the lab's names nor its authority, so it is led to a
// name below localhost, which means this computer (RFC 6761, section 6.3),
// without TLS. Any other address stays as it is.
func (l *Lab) BrowserURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || l.microsoft.names[u.Hostname()] == (netip.Addr{}) {
		return address
	}
	_, port, _ := net.SplitHostPort(l.microsoft.pages.Addr().String())
	u.Scheme, u.Host = "http", net.JoinHostPort(u.Hostname()+".localhost", port)
	return u.String()
}

// EntraFaults lists the faults of Entra and Graph that [Lab.Set] knows, by
// name. Those that are Entra's own errors carry its numbers.
func EntraFaults() []Fault {
	var list []Fault
	for _, f := range entra.Faults() {
		list = append(list, Fault(f))
	}
	return list
}
