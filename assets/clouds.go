package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Unknown stands in the catalogue where a fact was looked for and not found. A
// screen says so instead of guessing.
const Unknown = "unknown"

// Cloud is one of Microsoft's clouds, as assets/clouds.yaml lists them. Hosts
// are names alone, without scheme and port.
type Cloud struct {
	ID       string `yaml:"id"`       // stable, such as "gcc-high"
	Name     string `yaml:"name"`     // for people
	Login    string `yaml:"login"`    // of Entra's sign-in, such as "login.microsoftonline.us"
	Graph    string `yaml:"graph"`    // of Microsoft Graph; msgraph_host in openid-configuration
	Exchange string `yaml:"exchange"` // of Exchange Online
	Portal   string `yaml:"portal"`   // of the Entra admin centre, or [Unknown]
	// Scope is tenant_region_sub_scope in a tenant's openid-configuration, or
	// empty where that is missing.
	Scope string `yaml:"scope"`
}

// Clouds are Microsoft's clouds, in the order in which they are offered.
type Clouds []Cloud

// Find returns a cloud by its id.
func (c Clouds) Find(id string) (Cloud, bool) {
	return find(c, func(o Cloud) bool { return o.ID == id })
}

// Of returns the cloud of a tenant, by what its openid-configuration says: the
// host of Graph (msgraph_host) and the sub-scope (tenant_region_sub_scope). A
// sub-scope that no cloud has counts as none.
func (c Clouds) Of(graph, scope string) (Cloud, bool) {
	if found, ok := find(c, func(o Cloud) bool { return o.Graph == graph && strings.EqualFold(o.Scope, scope) }); ok {
		return found, true
	}
	return find(c, func(o Cloud) bool { return o.Graph == graph })
}

// Logins lists the hosts of sign-in, each once, in the order of the clouds.
func (c Clouds) Logins() []string {
	var hosts []string
	for _, cloud := range c {
		if !slices.Contains(hosts, cloud.Login) {
			hosts = append(hosts, cloud.Login)
		}
	}
	return hosts
}

var hostForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
})

func parseClouds(files fs.FS) (Clouds, error) {
	var c Clouds
	d, err := read(files, "clouds.yaml", &c)
	if err != nil {
		return nil, err
	}
	if len(c) == 0 {
		return nil, d.errorAt(errors.New("no cloud is listed"))
	}
	seen := map[string]bool{}
	for i, cloud := range c {
		if cloud.ID == "" || cloud.Name == "" {
			return nil, d.errorAt(errors.New("a cloud needs its id and name"), i)
		}
		if seen[cloud.ID] {
			return nil, d.errorAt(fmt.Errorf("the cloud %q stands there twice", cloud.ID), i, "id")
		}
		seen[cloud.ID] = true
		for _, host := range []struct{ key, name string }{
			{"login", cloud.Login}, {"graph", cloud.Graph}, {"exchange", cloud.Exchange}, {"portal", cloud.Portal},
		} {
			if !hostForm().MatchString(host.name) && (host.key != "portal" || host.name != Unknown) {
				return nil, d.errorAt(fmt.Errorf("%s: %q is not the name of a host", host.key, host.name), i, host.key)
			}
		}
	}
	return c, nil
}
