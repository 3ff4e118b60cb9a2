package domain

import (
	"errors"

	"fairlead/check"
	"fairlead/dns"
)

var dnsUnreachable = &cause{
	Code: "dns-unreachable", Title: "No name server answers this computer", Verdict: fails,
	When: check.Met[*test](dns.ErrUnreachable),
	Likely: []string{
		"a firewall lets nobody but the company's own servers ask the DNS, and those do not answer either",
		"this computer is offline",
	},
	Remedy: "Look whether this computer can look up anything:" + shell("Resolve-DnsName {{.Domain}}\nResolve-DnsName {{.Domain}} -Server 1.1.1.1"),
}

var domainNotFound = &cause{
	Code: "domain-not-found", Title: "The domain {{.Domain}} does not exist", Verdict: fails,
	When: func(s *test, _ error) bool { return s.servers.absent },
	Likely: []string{
		"the name is mistyped",
		"the domain was not renewed, or is registered and not delegated to a name server",
		"it is the name of a network inside the company alone",
	},
	Remedy: "Compare the name with what the registrar shows. Nothing else can be checked until the public DNS knows it." + resolve("{{.Domain}}", "NS"),
}

var noServerWorks = &cause{
	Code: "no-name-server-works", Title: "No name server has an answer for {{.Domain}}", Verdict: fails,
	When: func(s *test, err error) bool {
		return errors.Is(err, errNoServerWorks) || errors.Is(err, dns.ErrNoServer)
	},
	Likely: []string{
		"the zone was moved to another provider, and the registrar still names the old servers",
		"the servers are down, or a firewall keeps this computer from asking them",
	},
	Remedy: "Compare the name servers at the registrar with those of the provider that keeps the zone now:" + resolve("{{.Domain}}", "NS"),
}

var zoneLookupFailed = lookupFailed("name-server-lookup-failed", "name servers", dnsUnreachable, noServerWorks)

var serverLame = &cause{
	Code: "name-server-lame", Title: "A name server does not know {{.Domain}}", Verdict: warns,
	When: func(s *test, err error) bool { return err == nil && len(s.Lame()) > 0 },
	Likely: []string{
		"the server was given up, and is still named at the registrar or in the zone",
		"the zone was never set up on it",
	},
	Remedy: "Whoever meets this server first gets no answer and has to ask another one; changes seem to come and go. " +
		"Set the zone up there, or take the server out, in the zone and at the registrar:{{range .Lame}} `{{.}}`{{end}}." + resolve("{{.Domain}}", "NS"),
}

var serverSilent = &cause{
	Code: "name-server-silent", Title: "A name server does not answer", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && len(s.Silent()) > 0 },
	Likely: []string{"the server is down or was given up", "a firewall keeps this computer, or everybody, from asking it"},
	Remedy: "Start it, or take it out of the zone and at the registrar:{{range .Silent}} `{{.}}`{{end}}." + resolve("{{.Domain}}", "NS"),
}

var serverUnknown = &cause{
	Code: "name-server-unknown", Title: "A name server's name does not exist", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && len(s.UnknownServers()) > 0 },
	Likely: []string{"its name is mistyped in an NS record", "its address record is missing"},
	Remedy: "Correct the NS record, or give the server an address:{{range .UnknownServers}} `{{.}}`{{end}}." + resolve("{{.Domain}}", "NS"),
}

var serverSingle = &cause{
	Code: "name-server-single", Title: "There is one name server alone", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && len(s.servers.names) == 1 },
	Likely: []string{"no second one was set up"},
	Remedy: "While it is down, nobody can send mail to the domain, and mail from it is refused. RFC 2182 asks for two in different networks; most providers name them on the page of the zone.",
}

var serversDiffer = &cause{
	Code: "name-servers-differ", Title: "The name servers have different versions of the zone", Verdict: warns,
	When: func(s *test, err error) bool { return err == nil && len(s.servers.serials()) > 1 },
	Likely: []string{
		"the zone was changed minutes ago, and a server has not taken that over yet",
		"a server is no longer told of changes, or may not fetch the zone",
	},
	Remedy: "Wait a few minutes and check again. If it stays so, look at the transfer of the zone to the server that lags behind; the evidence has the serial numbers. Until then, answers depend on who is asked.",
}
