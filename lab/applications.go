package lab

import (
	"slices"

	"fairlead/assets"
	"fairlead/lab/entra"
)

// Applications returns a catalogue in which the services' own applications are
// those that the lab has, where the real ones are not known.
func Applications(c assets.Catalogue) assets.Catalogue {
	c.Services = slices.Clone(c.Services)
	for i, s := range c.Services {
		c.Services[i].Providers = slices.Clone(s.Providers)
		for j, u := range s.Providers {
			if u.ID == "microsoft365" && !slices.ContainsFunc(u.Applications, assets.Application.Known) {
				c.Services[i].Providers[j].Applications = []assets.Application{{ID: entra.ServiceApplication(s.ID), Name: s.Name + " (LAB)"}}
			}
		}
	}
	return c
}
