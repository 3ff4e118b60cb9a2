package network

import (
	"errors"
	"fmt"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/windows"
)

// nameServers are those of every adapter that is up, as the operating system
// lists them.
func nameServers() ([]netip.AddrPort, error) {
	size := uint32(15 << 10) // what Microsoft recommends to begin with
	for {
		buffer := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buffer[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, windows.GAA_FLAG_SKIP_ANYCAST|windows.GAA_FLAG_SKIP_MULTICAST, 0, first, &size)
		if errors.Is(err, windows.ERROR_BUFFER_OVERFLOW) && size > uint32(len(buffer)) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("find the name servers of this computer: %w", err)
		}
		var servers []string
		for adapter := first; adapter != nil; adapter = adapter.Next {
			if adapter.OperStatus != windows.IfOperStatusUp {
				continue
			}
			for server := adapter.FirstDnsServerAddress; server != nil; server = server.Next {
				servers = append(servers, server.Address.IP().String())
			}
		}
		return addresses(servers), nil
	}
}
