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
)

// cloud is a provider's servers under their real names, which stand in the
// world beside Exchange. The faults of Exchange do not touch them.
type cloud struct {
	hosts []string
	names map[string]netip.Addr
	door  net.Listener // where the names lead to, with TLS
	pages net.Listener // for a browser on this computer, without TLS
	web   *http.Server
}

// newCloud gives every host an address of its own, from the first one on.
func (l *Lab) newCloud(handler http.Handler, hosts []string, first netip.Addr) *cloud {
	c := &cloud{hosts: hosts, names: map[string]netip.Addr{}}
	for _, host := range hosts {
		c.names[host] = first
		first = first.Next()
	}
	c.web = &http.Server{
		Handler: handler, ReadHeaderTimeout: 30 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorLog: log.New(io.Discard, "", 0), ConnState: l.count,
	}
	return c
}

// openCloud starts a cloud's two listeners.
func (l *Lab) openCloud(c *cloud) error {
	shown := l.authorities.server(l.now())
	shown.commonName, shown.names = c.hosts[0], append([]string{"localhost"}, c.hosts...)
	chain, err := shown.issue()
	if err != nil {
		return err
	}
	if c.door, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	if c.pages, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	over := tls.NewListener(l.lag(c.door), &tls.Config{
		MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{chain}, NextProtos: []string{"http/1.1"},
	})
	l.running.Go(func() { _ = c.web.Serve(over) })
	l.running.Go(func() { _ = c.web.Serve(c.pages) })
	return nil
}

// close ends what was started of it.
func (c *cloud) close() {
	_ = c.web.Close()
	for _, listener := range []net.Listener{c.door, c.pages} {
		if listener != nil {
			_ = listener.Close()
		}
	}
}

// at reports whether one of the names leads to an address.
func (c *cloud) at(address netip.Addr) bool {
	for _, own := range c.names {
		if own == address {
			return true
		}
	}
	return false
}

// cloudAt returns the cloud at an address, or nil.
func (l *Lab) cloudAt(address netip.Addr) *cloud {
	for _, c := range l.clouds {
		if c.at(address) {
			return c
		}
	}
	return nil
}

// BrowserURL is where a browser on this computer finds a page of Entra's or of
// Google's. Such a browser knows neither the lab's names nor its authority, so it
// is led to a name below localhost, which means this computer (RFC 6761, section
// 6.3), without TLS. Any other address stays as it is.
func (l *Lab) BrowserURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" {
		return address
	}
	for _, c := range l.clouds {
		if _, known := c.names[u.Hostname()]; known {
			_, port, _ := net.SplitHostPort(c.pages.Addr().String())
			u.Scheme, u.Host = "http", net.JoinHostPort(u.Hostname()+".localhost", port)
			return u.String()
		}
	}
	return address
}
