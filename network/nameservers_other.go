//go:build !windows

package network

import (
	"fmt"
	"net/netip"

	"github.com/miekg/dns"
)

// nameServers are those of /etc/resolv.conf, which macOS keeps up to date too.
func nameServers() ([]netip.AddrPort, error) {
	config, err := dns.ClientConfigFromFile("/etc/resolv.conf")
	if err != nil {
		return nil, fmt.Errorf("find the name servers of this computer: %w", err)
	}
	return addresses(config.Servers), nil
}
