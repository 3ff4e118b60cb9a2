package domain

import (
	"fmt"
	"strings"
)

// WantedMX are the records as they should be, to copy; empty where the region's
// hosts are not known.
func (s *test) WantedMX() string {
	var lines []string
	for _, r := range s.wantedMX() {
		lines = append(lines, r.Line())
	}
	return strings.Join(lines, "\n")
}

// wantedMX are the records of the region that was chosen, or else of the one
// that today's records show.
func (s *test) wantedMX() (records []Record) {
	const priority = 10
	hosts := s.options.Hosts
	if len(hosts) == 0 {
		hosts = s.region().MX.Names
	}
	if len(hosts) == 0 && s.options.Region == "" {
		hosts = s.mx.region.MX.Names
	}
	for _, host := range hosts {
		records = append(records, newRecord(s.domain, s.domain, "MX", fmt.Sprintf("%d %s", priority, host)))
	}
	return records
}

// MXGoes is where mail goes today, and the others are what is wrong with the hosts.
func (s *test) MXGoes() string      { return s.mx.where() }
func (s *test) MXForeign() []string { return s.mx.foreign }
func (s *test) MXOthers() []string  { return s.mx.others }
func (s *test) MXAliases() []string { return s.mx.aliases }
func (s *test) MXNumbers() []string { return s.mx.numbers }
func (s *test) MXUnknown() []string { return s.mx.unknown }
func (s *test) MXPrivate() []string { return s.mx.private }

const (
	asWanted = "{{if .WantedMX}} They should be these, and no others:\n\n```text\n{{.WantedMX}}\n```" +
		"{{else}} Name the region with --region, or take the hosts from the services' console.{{end}}"
	order = "\n\nChange them last: send outgoing mail through the services for some days first, then let incoming mail follow, and lock the old way only after that."
)

var mxMissing = &cause{
	Code: string(MXMissing), Title: "{{.Domain}} has no MX record", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && s.mx.status == MXMissing && !s.mx.null },
	Likely: []string{"the records were never made, or went away with a move to another provider", "the domain is not used for mail"},
	Remedy: "Mail for the domain goes to its A record, or nowhere." + asWanted + "\n\nA domain that is to take no mail says so with the record `0 .` (RFC 7505).",
}

var mxNull = &cause{
	Code: "mx-null", Title: "{{.Domain}} says that it takes no mail", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.mx.null },
	Likely: []string{"the domain was parked with the MX record `0 .` (RFC 7505)"},
	Remedy: "That is right for a domain without mail. If it is to take some, replace the record." + asWanted,
}

var mxError = lookupFailed(string(MXError), "MX records")

var mxAddress = &cause{
	Code: "mx-address", Title: "An MX record has an address instead of a name", Verdict: fails,
	When:   func(s *test, _ error) bool { return len(s.mx.numbers) > 0 },
	Likely: []string{"the address of a server was typed into the field for its name"},
	Remedy: "Senders cannot use it (RFC 5321, section 5.1):{{range .MXNumbers}} `{{.}}`{{end}}. Give the server a name with an A record, and name that." + asWanted,
}

var mxHostUnknown = &cause{
	Code: "mx-host-unknown", Title: "An MX record leads to a host that does not exist", Verdict: fails,
	When:   func(s *test, _ error) bool { return len(s.mx.unknown) > 0 },
	Likely: []string{"the host was given up and its record was not", "its name is mistyped, or the domain was added to it because the last dot is missing"},
	Remedy: "Mail that tries it waits or comes back:{{range .MXUnknown}} `{{.}}`{{end}}. Take the record away or correct it." + asWanted,
}

var mxPrivate = &cause{
	Code: "mx-private", Title: "An MX record leads to a private address", Verdict: fails,
	When:   func(s *test, _ error) bool { return len(s.mx.private) > 0 },
	Likely: []string{"the zone for inside use was copied into the public one"},
	Remedy: "Nobody outside can reach it:{{range .MXPrivate}} `{{.}}`{{end}}. Take the record away, or give the host its public address." + asWanted,
}

var mxAlias = &cause{
	Code: "mx-alias", Title: "An MX record leads to an alias", Verdict: warns,
	When:   func(s *test, _ error) bool { return len(s.mx.aliases) > 0 },
	Likely: []string{"the host was moved, and its name was made an alias (CNAME)"},
	Remedy: "That is not allowed (RFC 2181, section 10.3), and some senders refuse it:{{range .MXAliases}} `{{.}}`{{end}}. Name the host that the alias leads to." + asWanted,
}

var mxOtherRegion = &cause{
	Code: "mx-other-region", Title: "Mail goes to the services' hosts of another region", Verdict: fails,
	When: func(s *test, _ error) bool { return len(s.mx.others) > 0 },
	Likely: []string{
		"the hosts were copied from another customer's instructions",
		"the region was chosen wrongly here: the account code in the console begins with it",
	},
	Remedy: "The region that was chosen does not know the domain at these hosts and refuses its mail:{{range .MXOthers}} `{{.}}`{{end}}." + asWanted,
}

var mxForeign = &cause{
	Code: string(MXForeign), Title: "Mail for {{.Domain}} can go past the services", Verdict: warns,
	When: func(s *test, err error) bool { return err == nil && len(s.mx.foreign) > 0 },
	Likely: []string{
		"the domain has not been moved to the services yet",
		"an old record was left beside the new ones: senders of spam try the last one first",
	},
	Remedy: "Today mail goes {{.MXGoes}}. Not the services':{{range .MXForeign}} `{{.}}`{{end}}." + asWanted + order,
}

var mxSingle = &cause{
	Code: string(MXSingleHost), Title: "Only one of the region's hosts takes mail for {{.Domain}}", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.mx.status == MXSingleHost },
	Likely: []string{"the second record was left out"},
	Remedy: "While that host is down, mail waits at its senders." + asWanted,
}

var mxInvalidPriority = &cause{
	Code: string(MXInvalidPriority), Title: "A priority of the MX records is not valid", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.mx.status == MXInvalidPriority },
	Likely: []string{"a host stands there twice with different priorities, after a change that was only half made", "a priority is 0"},
	Remedy: "Give every host one record with the same priority above 0." + asWanted,
}

var mxPriority = &cause{
	Code: string(MXPriorityDiffers), Title: "The MX records have different priorities", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.mx.status == MXPriorityDiffers },
	Likely: []string{"they were typed like a first choice and a reserve"},
	Remedy: "All mail goes to the first host, and the other one is used only when it is down. Give both the same priority." + asWanted,
}
