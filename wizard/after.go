package wizard

import "fairlead/wizard/page"

// after offers the next connector where each is for one service and one tenant:
// most who make one have several to make.
func (n *NewConnector) after(a *page.Answers) []page.Follow {
	p := n.provider(a)
	if p == nil || p.Info().Shared || n.Replaces != nil {
		return nil
	}
	sameTenant := page.Changes{KeyProvider: p.Info().ID}
	for _, key := range p.Info().TenantKeys {
		if value := a.Text(key); value != "" {
			sameTenant[key] = value
		}
	}
	return []page.Follow{
		{
			Label:  "Same service, next tenant",
			Preset: page.Changes{KeyServices: a.List(KeyServices), KeyProvider: p.Info().ID},
		},
		{Label: "Same tenant, next service", Preset: sameTenant},
	}
}
