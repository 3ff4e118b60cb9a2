package domain

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/dns"
)

// MXStatus is how the MX records stand to the services' hosts, by the names that
// the services use. They say no more than the names: the reading is Fairlead's.
type MXStatus string

// The statuses.
const (
	MXOK              MXStatus = "mx_ok"
	MXMissing         MXStatus = "mx_missing"           // there is none
	MXSingleHost      MXStatus = "mx_single_host"       // one of the region's hosts alone
	MXPriorityDiffers MXStatus = "mx_priority_mismatch" // the hosts have different priorities
	MXInvalidPriority MXStatus = "mx_invalid_priority"  // a priority of 0, or a host with two of them
	MXForeign         MXStatus = "mx_foreign"           // a host that is not the region's
	MXError           MXStatus = "mx_error"             // the records cannot be read
)

// mx is what the MX records say.
type mx struct {
	status  MXStatus
	records []dns.Record // by priority
	null    bool         // the domain takes no mail (RFC 7505)
	foreign []string     // hosts that are not the services'
	others  []string     // hosts of the services that are not the region's
	aliases []string     // hosts that are aliases
	numbers []string     // addresses instead of names
	unknown []string     // hosts without an address
	private []string     // hosts with private addresses alone
	goes    Destination
	region  assets.Region // that the hosts show
}

// mxCheck looks at the MX records and at what their hosts lead to.
var mxCheck = check.Check[*test]{
	ID: CheckRouting, Title: "Mail goes through the services",
	Causes: []*cause{mxMissing, mxNull, mxError, mxAddress, mxHostUnknown, mxPrivate, mxAlias, mxOtherRegion, mxForeign, mxSingle, mxInvalidPriority, mxPriority},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		answer, err := s.dns.Lookup(ctx, s.domain, dns.MX)
		if err != nil {
			s.mx.status, s.mx.goes = MXError, Unknown
			return check.Finding{Evidence: s.mx.where()}, err
		}
		s.mx.read(answer.Records, s)
		s.mx.lookAt(ctx, s.dns)
		return check.Finding{
			Summary: s.mx.where(), Evidence: strings.TrimSpace(string(s.mx.status) + "\n" + evidence(answer)),
		}, nil
	},
}

// read judges the records.
func (m *mx) read(records []dns.Record, s *test) {
	m.records = slices.Clone(records)
	slices.SortStableFunc(m.records, func(a, b dns.Record) int { return int(a.Preference) - int(b.Preference) })
	if m.null = len(records) == 1 && records[0].Text == ""; m.null {
		m.records = nil
	}
	hosts := m.hosts()
	m.goes = destinations(hosts, s.domain, s.options.Regions)
	m.region = regionOf(hosts, s.options.Regions)
	wanted := s.options.Hosts
	if len(wanted) == 0 {
		wanted = s.region().MX.Names
	}
	for _, host := range hosts {
		switch {
		case slices.Contains(wanted, host):
		case !isService(host, s.options.Regions):
			m.foreign = append(m.foreign, host)
		case len(wanted) > 0:
			m.others = append(m.others, host)
		}
	}
	m.status = statusOf(m.records, append(slices.Clone(m.foreign), m.others...))
}

// statusOf says how records stand, given which of their hosts are not the
// region's.
func statusOf(records []dns.Record, foreign []string) MXStatus {
	priorities := map[string][]uint16{}
	var all []uint16
	for _, r := range records {
		if !slices.Contains(priorities[r.Text], r.Preference) {
			priorities[r.Text] = append(priorities[r.Text], r.Preference)
		}
		if !slices.Contains(all, r.Preference) {
			all = append(all, r.Preference)
		}
	}
	invalid := slices.Contains(all, 0)
	for _, own := range priorities {
		invalid = invalid || len(own) > 1
	}
	switch {
	case len(records) == 0:
		return MXMissing
	case len(foreign) > 0:
		return MXForeign
	case invalid:
		return MXInvalidPriority
	case len(priorities) == 1:
		return MXSingleHost
	case len(all) > 1:
		return MXPriorityDiffers
	}
	return MXOK
}

// CheckMX says how the MX records of a domain stand to the hosts that they should
// be, and the same in words. An error means [MXError].
func CheckMX(ctx context.Context, r dns.Resolver, domain string, wanted []string) (MXStatus, string, error) {
	answer, err := r.Lookup(ctx, domain, dns.MX)
	if err != nil {
		return MXError, "the MX records cannot be read", err
	}
	var hosts, foreign []string
	for _, record := range answer.Records {
		hosts = append(hosts, record.Text)
		if !slices.Contains(wanted, record.Text) {
			foreign = append(foreign, record.Text)
		}
	}
	status := statusOf(answer.Records, foreign)
	return status, fmt.Sprintf("%s: %s", status.words(), list(hosts)), nil
}

// words is the status for people.
func (s MXStatus) words() string {
	switch s {
	case MXOK:
		return "mail goes to the region's hosts"
	case MXMissing:
		return "there is no MX record"
	case MXSingleHost:
		return "one of the region's hosts alone takes mail"
	case MXPriorityDiffers:
		return "the hosts have different priorities"
	case MXInvalidPriority:
		return "a priority is 0, or a host has two"
	case MXForeign:
		return "a host takes mail that is not the region's"
	}
	return "the MX records cannot be read"
}

// lookAt looks every host up.
func (m *mx) lookAt(ctx context.Context, c *dns.Client) {
	hosts := m.hosts()
	reached := make([]struct {
		number, alias bool
		addresses     []netip.Addr
	}, len(hosts))
	var all sync.WaitGroup
	for i, host := range hosts {
		all.Go(func() {
			if _, err := netip.ParseAddr(host); err == nil {
				reached[i].number = true
				return
			}
			answer, _ := c.Lookup(ctx, host, dns.A) // without an answer it has no address
			reached[i].alias = len(answer.Chain) > 0
			reached[i].addresses = c.Addresses(ctx, host)
		})
	}
	all.Wait()
	for i, host := range hosts {
		switch r := reached[i]; {
		case r.number:
			m.numbers = append(m.numbers, host)
		case r.alias:
			m.aliases = append(m.aliases, host)
		case len(r.addresses) == 0:
			m.unknown = append(m.unknown, host)
		case !slices.ContainsFunc(r.addresses, isPublic):
			m.private = append(m.private, host)
		}
	}
}

// isPublic reports whether an address means something outside a network too.
func isPublic(a netip.Addr) bool {
	return a.IsGlobalUnicast() && !a.IsPrivate() && !netip.MustParsePrefix("100.64.0.0/10").Contains(a)
}

// hosts are those of the records, each once, the first choice first.
func (m *mx) hosts() (hosts []string) {
	for _, r := range m.records {
		if !slices.Contains(hosts, r.Text) {
			hosts = append(hosts, r.Text)
		}
	}
	return hosts
}

// where says where the mail goes.
func (m *mx) where() string {
	if m.status == MXError {
		return "unknown"
	}
	if len(m.records) == 0 {
		return "nowhere"
	}
	words := m.goes.String()
	if m.goes == Service && m.region.Name != "" {
		words += ", region " + m.region.Name
	}
	return fmt.Sprintf("to %s: %s", words, list(m.hosts()))
}
