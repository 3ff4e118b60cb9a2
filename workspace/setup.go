package workspace

import (
	"fairlead/dns"
	"fairlead/lab/ldap"
	"fairlead/wizard/setup"
)

// Setup is the set-up of domains' mail security.
func (w *Workspace) Setup() *setup.Setup {
	s := &setup.Setup{
		Regions: w.Catalogue.Regions, Network: w.Network, Keeper: w.Keeper, Say: w.translation.Say,
		Resolver: func() dns.Resolver { return dns.New(w.Network) },
		Checks:   setup.DNSChecks(w.Network, w.Catalogue.Regions),
	}
	if w.Lab != nil {
		s.Sample = map[string]string{
			"directory.host": ldap.Host, "directory.account": ldap.Name, "directory.base": ldap.Base,
			"directory.password": "in the lab: " + ldap.Password,
		}
	}
	return s
}
