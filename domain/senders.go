package domain

import (
	"net/netip"
	"strings"

	"fairlead/providers"
)

// Sender is somebody else who sends in the domain's name: a newsletter, a shop, a
// scanner in the office.
type Sender struct {
	Text    string       // as it was named
	Include string       // its SPF record, such as "_spf.sender.example"
	Network netip.Prefix // or its addresses; zero without
}

// ParseSender reads a sender: the name of an SPF record, perhaps with "include:"
// before it, an address or a network, perhaps with "ip4:" or "ip6:".
func ParseSender(text string) (Sender, error) {
	bare := strings.ToLower(strings.TrimSpace(text))
	for _, prefix := range []string{"include:", "ip4:", "ip6:"} {
		bare = strings.TrimPrefix(bare, prefix)
	}
	if address, err := netip.ParseAddr(bare); err == nil && address.Zone() == "" {
		return Sender{Text: text, Network: netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen())}, nil
	}
	if network, err := netip.ParsePrefix(bare); err == nil && network.Bits() > 0 {
		return Sender{Text: text, Network: network.Masked()}, nil
	}
	if isSPFDomain(bare) && !strings.ContainsAny(bare, "%@/") {
		return Sender{Text: text, Include: strings.TrimSuffix(bare, ".")}, nil
	}
	return Sender{}, &providers.Problem{
		What: "this names no sender", Do: "type the name that its instructions have behind include:, or its address, such as _spf.sender.com or 192.0.2.10",
	}
}

// terms are the words of SPF for the sender.
func (s Sender) terms() []string {
	switch {
	case s.Include != "":
		return []string{"include:" + s.Include}
	case s.Network.Addr().Is4() && s.Network.IsSingleIP():
		return []string{"ip4:" + s.Network.Addr().String()}
	case s.Network.Addr().Is4():
		return []string{"ip4:" + s.Network.String()}
	case s.Network.IsSingleIP():
		return []string{"ip6:" + s.Network.Addr().String()}
	}
	return []string{"ip6:" + s.Network.String()}
}
