package exchange

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"syscall"
)

var nameNotFound = &cause{
	Code: "name-not-found", Title: "The name {{.Host}} does not exist", Verdict: fails,
	When: func(s *test, err error) bool {
		dns, ok := errors.AsType[*net.DNSError](err)
		return ok && dns.IsNotFound || err == nil && len(s.addresses) == 0
	},
	Likely: []string{
		"the name is mistyped",
		"the name exists inside the company network only, and this computer is outside it, or the other way round",
		"the DNS record was never made",
	},
	Remedy: "Check the address for typing errors. This shows what the public DNS knows:\n\n" +
		shell(`Resolve-DnsName {{.Host}} -Server 1.1.1.1`) +
		"\n\nThe services connect from outside, so the name needs a record in the public DNS. " +
		"Exchange says by itself under which name it expects to be called:\n\n" +
		shell(`Get-WebServicesVirtualDirectory -ADPropertiesOnly | Format-List Server,InternalUrl,ExternalUrl`),
}

var dnsSilent = &cause{
	Code: "name-not-found", Title: "The DNS does not answer for {{.Host}}", Verdict: fails,
	When: func(s *test, err error) bool { return err != nil && !nameNotFound.When(s, err) },
	Likely: []string{
		"this computer has no working DNS server",
		"the DNS server that is responsible for the name does not answer",
	},
	Remedy: "Look whether this computer resolves other names, and whether another DNS server knows this one:\n\n" +
		shell(`Resolve-DnsName {{.Host}}`, `Resolve-DnsName {{.Host}} -Server 1.1.1.1`),
}

var privateAddressOnly = &cause{
	Code: "private-address-only", Title: "{{.Host}} leads to private addresses alone", Verdict: warns,
	When: func(s *test, _ error) bool {
		return len(s.addresses) > 0 && !slices.ContainsFunc(s.addresses, func(a netip.Addr) bool { return !private(a) })
	},
	Likely: []string{
		"this computer asks an internal DNS server, which answers differently from the public one (split DNS)",
		"there is no public record",
	},
	Remedy: "The services connect from outside and cannot use these addresses. " +
		"Look whether the public DNS has another one:\n\n" + shell(`Resolve-DnsName {{.Host}} -Server 1.1.1.1`) +
		"\n\nIf it has, all is well, but this test ran inside the network and did not take the services' way.",
}

var portRefused = &cause{
	Code: "port-refused", Title: "Nothing listens on port {{.Port}} of {{.Host}}", Verdict: fails,
	When: func(_ *test, err error) bool { return isErrno(err, refusedErrnos) },
	Likely: []string{
		"the World Wide Web Publishing Service (W3SVC) is stopped",
		"the load balancer has no server for this address",
		"the name leads to the wrong computer",
		"a firewall refuses the connection",
	},
	Remedy: "On the Exchange server, look whether IIS runs and what listens on the port:\n\n" +
		shell(`Get-Service W3SVC,WAS`, `Get-NetTCPConnection -LocalPort {{.Port}} -State Listen`) +
		"\n\nThen, from this computer:\n\n" + shell(`Test-NetConnection {{.Host}} -Port {{.Port}}`),
	Look: "On the Exchange server, the System event log, sources WAS and Service Control Manager.",
}

var portUnreachable = &cause{
	Code: "port-unreachable", Title: "Port {{.Port}} of {{.Host}} does not answer", Verdict: fails,
	When: func(_ *test, err error) bool {
		return err != nil && (!isErrno(err, refusedErrnos) || isTimeout(err))
	},
	Likely: []string{
		"a firewall between this computer and the server drops the connection",
		"the server is off, or its address has changed",
		"there is no route from this network to that address",
	},
	Remedy: "Try the way from this computer:\n\n" + shell(`Test-NetConnection {{.Host}} -Port {{.Port}} -InformationLevel Detailed`) +
		"\n\nThe firewall must let port {{.Port}} in from the address ranges of the services' region.",
}

var oneAddressFails = &cause{
	Code: "one-address-fails", Title: "Not every address of {{.Host}} is in order", Verdict: warns,
	When: func(s *test, _ error) bool { return len(s.broken()) > 0 && !ipv6Broken.When(s, nil) },
	Likely: []string{
		"a server was taken out of service and is still in the DNS",
		"one member of the load balancer is down or has another certificate",
	},
	Remedy: "Those who connect get any of the addresses, so some connections will fail. Not in order:" +
		"{{range .Broken}} `{{.}}`{{end}}. Repair what stands there, or take it out of the DNS:\n\n" +
		shell(`Resolve-DnsName {{.Host}}{{range .Broken}}`, `Test-NetConnection {{.}} -Port {{$.Port}}{{end}}`),
}

var ipv6Broken = &cause{
	Code: "ipv6-broken", Title: "The IPv6 address of {{.Host}} does not answer", Verdict: warns,
	When: func(s *test, _ error) bool {
		broken := s.broken()
		return len(broken) > 0 && s.address.Addr().Is4() &&
			!slices.ContainsFunc(broken, func(g greeting) bool { return g.address.Is4() })
	},
	Likely: []string{
		"the firewall lets IPv4 in and not IPv6",
		"the AAAA record points to a server that is gone",
	},
	Remedy: "Those who have IPv6 try this address first and wait for it in vain:{{range .Broken}} `{{.}}`{{end}}. " +
		"Open the port for IPv6 as for IPv4, or take the AAAA record out of the DNS:\n\n" +
		shell(`Resolve-DnsName {{.Host}} -Type AAAA`),
}

// broken are the addresses whose failing is the server's affair. That this
// computer has no way to an IPv6 address is its own.
func (s *test) broken() (all []greeting) {
	for _, g := range s.greetings {
		if g.err != nil && !g.again && !g.noRoute() {
			all = append(all, g)
		}
	}
	return all
}

// Broken are their addresses, for texts.
func (s *test) Broken() (all []string) {
	for _, g := range s.broken() {
		all = append(all, g.address.String())
	}
	return all
}

func (g greeting) noRoute() bool { return g.address.Is6() && isErrno(g.err, routeErrnos) }

// private reports whether an address means something inside a network only
// (RFC 1918, RFC 4193, RFC 6598 and the like).
func private(a netip.Addr) bool {
	return a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsUnspecified() ||
		netip.MustParsePrefix("100.64.0.0/10").Contains(a)
}

// The operating system's numbers for what can go wrong. Windows has its own
// beside those that Go defines for it.
var (
	refusedErrnos = []syscall.Errno{syscall.ECONNREFUSED, 10061}
	routeErrnos   = []syscall.Errno{syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.EADDRNOTAVAIL, 10049, 10051, 10065}
	timeoutErrnos = []syscall.Errno{syscall.ETIMEDOUT, 10060}
	resetErrnos   = []syscall.Errno{syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED, 10053, 10054}
)

func isErrno(err error, numbers []syscall.Errno) bool {
	return slices.ContainsFunc(numbers, func(n syscall.Errno) bool { return errors.Is(err, n) })
}

// isTimeout reports whether an error, or one of those that it joins, says that
// nothing came in time.
func isTimeout(err error) bool {
	network, ok := errors.AsType[net.Error](err)
	return ok && network.Timeout() || errors.Is(err, context.DeadlineExceeded) || isErrno(err, timeoutErrnos)
}
