// Package routing is the way of a domain's mail: what runs it now, the servers and
// addresses of the services' region, the commands that lead mail through them, and
// the order in which that is changed so that no mail is lost.
package routing

import (
	"net/netip"

	"fairlead/assets"
)

// Infrastructure is what runs an organisation's mailboxes.
type Infrastructure string

// The kinds of infrastructure, as the services' own set-up asks for them.
const (
	Microsoft365    Infrastructure = "microsoft365"
	OnPremises      Infrastructure = "on-premises"
	Google          Infrastructure = "google"
	HybridMicrosoft Infrastructure = "hybrid-microsoft365" // on-premises and Microsoft 365
	HybridGoogle    Infrastructure = "hybrid-google"       // on-premises and Google Workspace
	Other           Infrastructure = "other"               // such as hosted Exchange or Domino
)

// Infrastructures are all of them, in the order in which they are offered.
func Infrastructures() []Infrastructure {
	return []Infrastructure{Microsoft365, OnPremises, Google, HybridMicrosoft, HybridGoogle, Other}
}

// Name is what people call it.
func (i Infrastructure) Name() string {
	switch i {
	case Microsoft365:
		return "Microsoft 365"
	case OnPremises:
		return "On-premises"
	case Google:
		return "Google Workspace"
	case HybridMicrosoft:
		return "Hybrid with Microsoft 365"
	case HybridGoogle:
		return "Hybrid with Google Workspace"
	case Other:
		return "Other"
	}
	return string(i)
}

// Platforms are what it consists of: one, or two for the hybrids.
func (i Infrastructure) Platforms() []Infrastructure {
	switch i {
	case HybridMicrosoft:
		return []Infrastructure{Microsoft365, OnPremises}
	case HybridGoogle:
		return []Infrastructure{Google, OnPremises}
	}
	return []Infrastructure{i}
}

// Plan is what the commands and steps are made from.
type Plan struct {
	Domain         string
	Infrastructure Infrastructure
	Region         assets.Region
	Ranges         []netip.Prefix // the networks of the region, see [Lookup]; empty means unknown
	Deliver        string         // the host to which the services deliver, or empty
}
