package domain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/dns"
)

// servers is what is known of the servers that are responsible for the domain.
type servers struct {
	zone    string
	names   []string
	said    []dns.Said // their SOA records
	unknown []string   // names without an address
	absent  bool
}

var errNoServerWorks = errors.New("no responsible name server has an answer")

// serversCheck asks every responsible server whether it knows the domain.
var serversCheck = check.Check[*test]{
	ID: CheckServers, Title: "Name servers",
	Causes: []*cause{dnsUnreachable, domainNotFound, noServerWorks, zoneLookupFailed, serverLame, serverSilent, serverUnknown, serverSingle, serversDiffer},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		var err error
		if s.servers.zone, s.servers.names, err = s.dns.Zone(ctx, s.domain); err != nil {
			return check.Finding{}, s.servers.explain(ctx, s, err)
		}
		apex, err := s.dns.Lookup(ctx, s.domain, dns.SOA)
		if err == nil && !apex.Exists {
			s.servers.absent = true
			return check.Finding{Evidence: evidence(apex)}, nil
		}
		responsible, err := s.dns.Responsible(ctx, s.domain)
		if err != nil {
			return check.Finding{Evidence: strings.Join(s.servers.names, "\n")}, err
		}
		for _, name := range s.servers.names {
			if !slices.ContainsFunc(responsible, func(o dns.Server) bool { return o.Name == name }) {
				s.servers.unknown = append(s.servers.unknown, name)
			}
		}
		s.servers.said = s.dns.Each(ctx, responsible, s.servers.zone, dns.SOA)
		if !slices.ContainsFunc(s.servers.said, func(o dns.Said) bool { return o.Err == nil && o.Authoritative }) {
			err = errNoServerWorks
		}
		return check.Finding{
			Summary:  fmt.Sprintf("%s of %s", list(s.servers.names), s.servers.zone),
			Evidence: s.servers.evidence(),
		}, err
	},
}

// explain tells a domain that does not exist from one that nobody knows of.
func (v *servers) explain(ctx context.Context, s *test, err error) error {
	if answer, failed := s.dns.Lookup(ctx, s.domain, dns.SOA); failed == nil && !answer.Exists {
		v.absent = true
		return nil
	}
	return err
}

func (v *servers) evidence() string {
	var lines []string
	for _, said := range v.said {
		switch {
		case said.Err != nil:
			lines = append(lines, said.Err.Error())
		default:
			lines = append(lines, fmt.Sprintf("%s: serial %s, authoritative: %t", said.Server, list(said.Texts()), said.Authoritative))
		}
	}
	return strings.Join(lines, "\n")
}

// Lame are the servers that do not know the domain, and Silent those that do not
// answer.
func (s *test) Lame() (names []string) {
	for _, said := range s.servers.said {
		if said.Err == nil && !said.Authoritative || said.Err != nil && !errors.Is(said.Err, dns.ErrUnreachable) {
			names = append(names, said.Server.String())
		}
	}
	return names
}

// Silent are the servers that do not answer.
func (s *test) Silent() (names []string) {
	for _, said := range s.servers.said {
		if errors.Is(said.Err, dns.ErrUnreachable) {
			names = append(names, said.Server.String())
		}
	}
	return names
}

// UnknownServers are the names of servers that have no address.
func (s *test) UnknownServers() []string { return s.servers.unknown }

// serials are the numbers of the zone's versions, each once.
func (v *servers) serials() (all []string) {
	for _, said := range v.said {
		if said.Err == nil && said.Authoritative {
			all = append(all, said.Texts()...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
