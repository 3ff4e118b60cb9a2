package domain

import (
	"slices"
	"strings"

	"fairlead/assets"
)

// Destination is where the mail for a domain goes.
type Destination string

// The destinations.
const (
	Unknown        Destination = "unknown" // the MX records cannot be read
	Nowhere        Destination = "nowhere"
	Service        Destination = "service" // that the connectors are for
	ExchangeOnline Destination = "exchange-online"
	GoogleMail     Destination = "google"
	OnPremises     Destination = "on-premises" // hosts of the domain itself
	Another        Destination = "another"     // another provider or service
	Several        Destination = "several"     // hosts of more than one of these
)

// String is what people call it.
func (d Destination) String() string {
	switch d {
	case Service:
		return "the services"
	case ExchangeOnline:
		return "Exchange Online"
	case GoogleMail:
		return "Google"
	case OnPremises:
		return "servers of its own"
	case Another:
		return "another provider"
	case Several:
		return "several places"
	case Nowhere:
		return "nowhere"
	}
	return "an unknown place"
}

// platforms are how the names of the hosts of mail platforms end.
var platforms = map[Destination][]string{
	// Microsoft, "How Exchange Online uses MX records"; with DANE, mx.microsoft.
	ExchangeOnline: {".mail.protection.outlook.com", ".mail.protection.office365.us", ".mail.protection.partner.outlook.cn", ".mx.microsoft"},
	// Google, "MX record values for Google Workspace".
	GoogleMail: {".l.google.com", "smtp.google.com", ".googlemail.com"},
}

// destination says whose a host is.
func destination(host, domain string, regions assets.Regions) Destination {
	if isService(host, regions) {
		return Service
	}
	for d, suffixes := range platforms {
		if slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix("."+host, suffix) || host == suffix }) {
			return d
		}
	}
	if host == domain || strings.HasSuffix(host, "."+domain) {
		return OnPremises
	}
	return Another
}

// isService reports whether a host is one of the services': one that the
// catalogue names, or one in the same domain as one of those.
func isService(host string, regions assets.Regions) bool {
	for _, r := range regions.List {
		for _, known := range r.MX.Names {
			if _, parent, _ := strings.Cut(known, "."); host == known || strings.HasSuffix(host, "."+parent) {
				return true
			}
		}
	}
	return false
}

// destinations says where a domain's mail goes, by all of its hosts.
func destinations(hosts []string, domain string, regions assets.Regions) Destination {
	all := Nowhere
	for _, host := range hosts {
		switch d := destination(host, domain, regions); all {
		case Nowhere, d:
			all = d
		default:
			return Several
		}
	}
	return all
}

// regionOf is the region whose hosts for incoming mail these are, or zero.
func regionOf(hosts []string, regions assets.Regions) assets.Region {
	for _, r := range regions.List {
		if slices.ContainsFunc(hosts, func(host string) bool { return slices.Contains(r.MX.Names, host) }) {
			return r
		}
	}
	return assets.Region{}
}
