package wizard

import (
	"slices"
	"strings"

	"fairlead/providers"
	"fairlead/wizard/page"
)

func (n *NewConnector) providerPage() page.Page {
	return page.Page{
		ID:    "provider",
		Step:  "Platform",
		Title: "Where are the mailboxes?",
		Why:   "The platform decides how the services sign in, and what the test looks at.",
		Fields: func(a *page.Answers) []page.Field {
			return []page.Field{{
				Key: KeyProvider, Kind: page.Choice, Label: "Platform", Options: n.providerOptions(a),
				Suggest: func(a *page.Answers) string { return n.onlyProvider(a) },
			}}
		},
	}
}

// providerOptions lists the providers, then the platforms that the catalogue
// knows and this version does not.
func (n *NewConnector) providerOptions(a *page.Answers) []page.Option {
	var options []page.Option
	known := map[string]bool{}
	for _, p := range n.Providers {
		info := p.Info()
		known[info.ID] = true
		options = append(options, page.Option{
			Value: info.ID, Label: info.Name, Note: info.Summary, Barred: n.barProvider(info, a.List(KeyServices)),
		})
	}
	for _, p := range n.Catalogue.Platforms {
		if !known[p.ID] {
			options = append(options, page.Option{
				Value: p.ID, Label: p.Name, Barred: "this version cannot connect it yet",
			})
		}
	}
	return options
}

// barProvider says why a provider cannot serve the chosen services.
func (n *NewConnector) barProvider(info providers.Info, services []string) string {
	var cannot []string
	for _, id := range services {
		if s, ok := n.Catalogue.Service(id); ok && !s.Uses(info.ID) {
			cannot = append(cannot, s.Name)
		}
	}
	switch {
	case len(cannot) == 1:
		return cannot[0] + " cannot use it"
	case len(cannot) > 1:
		return strings.Join(cannot, " and ") + " cannot use it"
	case !info.Shared && len(services) > 1:
		return "each service needs a connector of its own there; choose one service"
	}
	return ""
}

// onlyProvider suggests the provider where there is but one to choose.
func (n *NewConnector) onlyProvider(a *page.Answers) string {
	open := slices.DeleteFunc(n.providerOptions(a), func(o page.Option) bool { return o.Barred != "" })
	if len(open) != 1 {
		return ""
	}
	return open[0].Value
}
