package report

import (
	"bytes"
	"encoding/json"
	"net/netip"

	"fairlead/check"
)

// documentJSON is the stable form that programs read.
type documentJSON struct {
	Tested   testedJSON   `json:"tested"`
	Lab      bool         `json:"lab"`
	Masked   bool         `json:"masked"`
	Report   check.Report `json:"report"`
	Unproven []string     `json:"unproven"`
	Firewall firewallJSON `json:"firewall"`
}

type testedJSON struct {
	Name    string       `json:"name"`
	Details []detailJSON `json:"details"`
}

type detailJSON struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// firewallJSON: ranges is null where they are unknown or no region was chosen.
type firewallJSON struct {
	Ports  []int          `json:"ports"`
	Region string         `json:"region"`
	Ranges []netip.Prefix `json:"ranges"`
	AsOf   string         `json:"asOf"`
	Page   string         `json:"page"`
}

// JSON is the report as one object: what was tested, the report in the form of
// "check exchange --json", what it cannot prove, and the firewall's checklist.
func (d Document) JSON() ([]byte, error) {
	region, _ := d.checklist()
	object := documentJSON{
		Tested: testedJSON{Name: d.Name, Details: []detailJSON{}}, Lab: d.Lab, Masked: d.Masked, Report: d.Report,
		Unproven: append([]string{}, d.Platform.Unproven...),
		Firewall: firewallJSON{
			Ports: append([]int{}, d.Platform.Ports...), Region: region.ID, Ranges: region.Ranges, AsOf: d.Regions.AsOf, Page: d.Regions.Page,
		},
	}
	for _, line := range d.Details {
		object.Tested.Details = append(object.Tested.Details, detailJSON(line))
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(object)
	return out.Bytes(), err
}
