package exchange

import (
	"context"
	"net/netip"
	"strings"

	"fairlead/check"
)

// nameCheck looks up every address of the host.
var nameCheck = check.Check[*test]{
	ID: "name", Title: "Name resolves",
	Causes: []*check.Cause[*test]{nameNotFound, dnsSilent, privateAddressOnly},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		if ip, err := netip.ParseAddr(s.Host()); err == nil {
			s.addresses = []netip.Addr{ip}
			return check.Finding{Summary: s.Host() + ", an address instead of a name"}, nil
		}
		ctx, cancel := context.WithTimeout(ctx, waitName)
		defer cancel()
		addresses, err := s.net.Lookup(ctx, s.Host())
		if err != nil {
			return check.Finding{}, err
		}
		for _, address := range addresses {
			s.addresses = append(s.addresses, address.Unmap())
		}
		found := check.Finding{
			Summary:  s.Host() + ", " + list(texts(s.addresses)),
			Evidence: s.Host() + " → " + strings.Join(texts(s.addresses), ", "),
		}
		if len(s.addresses) > maxAddresses {
			s.addresses = s.addresses[:maxAddresses]
		}
		return found, nil
	},
}

func texts(addresses []netip.Addr) (out []string) {
	for _, address := range addresses {
		out = append(out, address.String())
	}
	return out
}

// list writes a list as a person would: "a, b and c".
func list(words []string) string {
	const most = 4
	switch n := len(words); {
	case n == 0:
		return "nothing"
	case n == 1:
		return words[0]
	case n > most:
		return strings.Join(words[:most-1], ", ") + " and more"
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}
