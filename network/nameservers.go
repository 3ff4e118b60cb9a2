package network

import (
	"net/netip"
	"slices"
	"strings"
)

// DNSPort is the port of name servers.
const DNSPort = 53

// addresses are name servers as the system lists them, each once. The addresses
// that Windows lists for adapters that nobody gave a server (fec0:0:0:ffff::1 to
// 3, deprecated by RFC 3879) are left out: nothing answers there.
func addresses(servers []string) (all []netip.AddrPort) {
	for _, server := range servers {
		address, err := netip.ParseAddr(strings.TrimSpace(server))
		if err != nil || strings.HasPrefix(address.String(), "fec0:0:0:ffff::") {
			continue
		}
		to := netip.AddrPortFrom(address.Unmap(), DNSPort)
		if !slices.Contains(all, to) {
			all = append(all, to)
		}
	}
	return all
}
