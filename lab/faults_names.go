package lab

import (
	"crypto/tls"
	"net"
	"net/netip"
	"slices"
)

// nameFaults are those of names, addresses and ports.
func nameFaults() []fault {
	return []fault{{
		Fault: Fault{
			"name-not-found", "The name does not exist",
			"No address is known for " + mailHost + ", as when the record is missing in the public DNS.",
		},
		change: func(w *world) { delete(w.zone, mailHost) },
	}, {
		Fault: Fault{
			"private-address-only", "The name leads to private addresses",
			mailHost + " resolves to 10.20.30.7 and 10.20.30.8 alone, as inside a company with split DNS.",
		},
		change: func(w *world) {
			private := []netip.Addr{netip.MustParseAddr("10.20.30.7"), netip.MustParseAddr("10.20.30.8")}
			for door, addr := range private {
				w.sites[addr] = site{door: door}
			}
			w.zone[mailHost] = private
		},
	}, {
		Fault: Fault{
			"ipv6-broken", "The IPv6 address does not answer",
			"An IPv6 address is listed first, and packets to it vanish.",
		},
		change: func(w *world) {
			broken := netip.MustParseAddr("2001:db8::7")
			w.sites[broken] = site{silent: true}
			w.zone[mailHost] = slices.Concat([]netip.Addr{broken}, w.zone[mailHost])
		},
	}, {
		Fault: Fault{
			"one-address-fails", "One of two addresses refuses",
			"Nothing listens at the second address, as when a server has left the farm but not the DNS.",
		},
		change: func(w *world) { delete(w.sites, netip.MustParseAddr("203.0.113.8")) },
	}, {
		Fault: Fault{
			"port-refused", "The port is closed",
			"Connections to port 443 are refused. On the loopback port, which stays open, they are reset.",
		},
		change: func(w *world) {
			clear(w.sites)
			w.wire = func(c net.Conn, _ *tls.Config) net.Conn { return &curt{Conn: c} }
		},
	}, {
		Fault: Fault{
			"port-unreachable", "Nothing answers",
			"Packets to port 443 vanish, so a connection is never made. On the loopback port one is made, and says nothing.",
		},
		change: func(w *world) {
			for addr, site := range w.sites {
				site.silent = true
				w.sites[addr] = site
			}
			w.wire = func(c net.Conn, _ *tls.Config) net.Conn { return &mute{c} }
		},
	}}
}
