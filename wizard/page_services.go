package wizard

import (
	"strings"

	"fairlead/assets"
	"fairlead/wizard/page"
)

func (n *NewConnector) servicesPage() page.Page {
	return page.Page{
		ID:    "services",
		Step:  "Services",
		Title: "Which services will use the connector?",
		Why: "One Exchange connector serves every service that can use it. " +
			"In the cloud, each service needs a connector of its own.",
		Fields: func(*page.Answers) []page.Field {
			f := page.Field{Key: KeyServices, Kind: page.Choice, Label: "Services", Many: true}
			for _, s := range n.Catalogue.Services {
				f.Options = append(f.Options, page.Option{
					Value: s.ID, Label: s.Name, Note: s.Summary, Barred: n.barService(s),
				})
			}
			return []page.Field{f}
		},
	}
}

// barService says why a service cannot be chosen: none of its platforms has a
// provider in this version.
func (n *NewConnector) barService(s assets.Service) string {
	var names []string
	for _, usage := range s.Providers {
		for _, p := range n.Providers {
			if p.Info().ID == usage.ID {
				return ""
			}
		}
		platform, _ := n.Catalogue.Platform(usage.ID)
		names = append(names, platform.Name)
	}
	return "needs " + strings.Join(names, " or ") + ", which this version cannot connect yet"
}
