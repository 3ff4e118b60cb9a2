package report

import (
	"fmt"
	"strings"

	"fairlead/assets"
)

// fromHere is said in every report.
const fromHere = "This test was made from one computer of yours. The services connect from their own network, so only they can prove this:"

// checklist says which addresses the firewall must let in. The region has no
// ranges where none was chosen or they are not known; then words say what to do.
func (d Document) checklist() (region assets.Region, words string) {
	if len(d.Platform.Ports) == 0 {
		return region, ""
	}
	region, chosen := d.Regions.Find(d.Region)
	switch {
	case !chosen:
		return region, "The report can list the addresses of one region. Choose it when you save the report; in the terminal with --region and one of these names. " +
			"The service's account code begins with the letters in brackets."
	case len(region.Ranges) == 0:
		return region, "The addresses of this region are unknown to this version of Fairlead. " + d.whereElse(region)
	}
	return region, fmt.Sprintf("Let these networks in to TCP port %s. They are what the services' SPF record listed in %s. %s",
		ports(d.Platform), d.Regions.AsOf, d.whereElse(region))
}

// whereElse says where the addresses of today stand.
func (d Document) whereElse(r assets.Region) string {
	words := "The vendor's own list counts: " + d.Regions.Page
	if r.Record != "" {
		words = fmt.Sprintf("Today's record: nslookup -type=TXT %s. %s", r.Record, words)
	}
	return words
}

func ports(p assets.Platform) string {
	var list []string
	for _, port := range p.Ports {
		list = append(list, fmt.Sprint(port))
	}
	return strings.Join(list, ", ")
}

// regionLine is a region as it can be chosen: "eu  Europe, except Germany (CUK)".
func regionLine(r assets.Region) string {
	if r.Account == "" {
		return r.Name
	}
	return r.Name + " (" + r.Account + ")"
}
