package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"strings"
)

// Regions are where the services connect from, as assets/regions.yaml says.
type Regions struct {
	AsOf string `yaml:"asOf"` // when the ranges were read, such as "2025"
	Page string `yaml:"page"` // the vendor's own list, which counts
	// Global is the DNS name that includes the records of many regions, which
	// costs an SPF record most of its ten look-ups.
	Global string `yaml:"global"`
	// Directory are the servers that read a customer's directory over LDAP.
	Directory  Hosts      `yaml:"directory"`
	Validation Validation `yaml:"validation"`
	List       []Region   `yaml:"regions"`
	Sources    []string   `yaml:"sources"`
}

// Region is one region of the services.
type Region struct {
	ID      string `yaml:"id"`      // stable, such as "eu"
	Name    string `yaml:"name"`    // such as "Europe, except Germany"
	Account string `yaml:"account"` // how account codes of the region begin, or empty
	Record  string `yaml:"record"`  // the DNS name whose TXT record lists the ranges today, or empty
	// Ranges are the networks that connect, as of [Regions.AsOf]. Empty means
	// unknown, never none.
	Ranges []netip.Prefix `yaml:"ranges"`

	MX       Hosts `yaml:"mx"`       // where the world delivers the customer's mail
	Outbound Hosts `yaml:"outbound"` // smart hosts for what the customer sends
	Journal  Hosts `yaml:"journal"`  // where journal reports are delivered
}

// Find returns a region by id, whatever the case.
func (r Regions) Find(id string) (Region, bool) {
	return find(r.List, func(o Region) bool { return strings.EqualFold(o.ID, strings.TrimSpace(id)) })
}

func parseRegions(files fs.FS) (Regions, error) {
	var r Regions
	d, err := read(files, "regions.yaml", &r)
	if err != nil {
		return Regions{}, err
	}
	if err := r.validate(); err != nil {
		return Regions{}, d.errorAt(err)
	}
	return r, nil
}

func (r Regions) validate() error {
	if r.AsOf == "" || r.Page == "" || len(r.List) == 0 || len(r.Sources) == 0 {
		return errors.New("asOf, page, regions and sources are all needed")
	}
	if err := r.Directory.validate(); err != nil {
		return fmt.Errorf("directory: %w", err)
	}
	if v := r.Validation; r.Global == "" || v.Host == "" || v.Days <= 0 || v.Source == "" || v.Read == "" {
		return errors.New("global and validation with its host, days, source and read are needed")
	}
	seen := map[string]bool{}
	for _, region := range r.List {
		switch {
		case region.ID == "" || region.Name == "":
			return errors.New("a region lacks its id or name")
		case seen[strings.ToLower(region.ID)]:
			return fmt.Errorf("region %q stands there twice", region.ID)
		}
		seen[strings.ToLower(region.ID)] = true
		for _, group := range []struct {
			key   string
			hosts Hosts
		}{{"mx", region.MX}, {"outbound", region.Outbound}, {"journal", region.Journal}} {
			if err := group.hosts.validate(); err != nil {
				return fmt.Errorf("region %q: %s: %w", region.ID, group.key, err)
			}
		}
		for _, prefix := range region.Ranges {
			if prefix != prefix.Masked() || prefix.Bits() == 0 {
				return fmt.Errorf("region %q: %s is not a network", region.ID, prefix)
			}
		}
	}
	return nil
}
