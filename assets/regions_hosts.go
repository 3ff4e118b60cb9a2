package assets

import (
	"errors"
	"fmt"
	"strings"
)

// Hosts are servers of a region that have one task, with where that is known
// from. Either they are named or the gap says that they were not found.
type Hosts struct {
	Names  []string `yaml:"hosts"`
	Gap    string   `yaml:"gap"`    // what was looked for and not found
	Source string   `yaml:"source"` // for people: an address or a description
	Read   string   `yaml:"read"`   // the day on which the source was read
	Unsure bool     `yaml:"unsure"` // no good source confirms it
}

// Known reports whether the hosts are named.
func (h Hosts) Known() bool { return len(h.Names) > 0 }

// Note says in one sentence where the hosts are known from, or that they are not.
func (h Hosts) Note() string {
	switch {
	case !h.Known() && h.Gap == "":
		return "Not known."
	case !h.Known():
		return h.Gap
	}
	note := fmt.Sprintf("From %s, read on %s.", h.Source, h.Read)
	if h.Unsure {
		note += " No good source confirms it: compare with the console."
	}
	return note
}

func (h Hosts) validate() error {
	switch {
	case h.Known() == (h.Gap != ""):
		return errors.New("either hosts or a gap is needed")
	case h.Known() && (h.Source == "" || h.Read == ""):
		return errors.New("hosts need their source and the day on which it was read")
	}
	for _, name := range h.Names {
		if !hostForm().MatchString(name) {
			return fmt.Errorf("%q is not the name of a host", name)
		}
	}
	return nil
}

// Validation is how the services are shown that a domain is the customer's.
type Validation struct {
	Host   string `yaml:"host"` // to which a CNAME named by the token points
	Days   int    `yaml:"days"` // for how long a token may be used
	Source string `yaml:"source"`
	Read   string `yaml:"read"`
}

// OfAccount returns the region of an account code, such as "CDE12A345": the one
// whose codes begin like it, and of several the one with the longest beginning.
func (r Regions) OfAccount(code string) (found Region, ok bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	for _, region := range r.List {
		if region.Account != "" && strings.HasPrefix(code, region.Account) && len(region.Account) > len(found.Account) {
			found, ok = region, true
		}
	}
	return found, ok
}
