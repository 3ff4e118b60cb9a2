// Package wizard holds the journeys that Fairlead offers, put together from
// pages: those that every provider shares stand here, the others come from the
// provider.
package wizard

import (
	"context"
	"errors"
	"slices"

	"fairlead/assets"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// NewConnector is what the wizard that makes a connector needs.
type NewConnector struct {
	Catalogue assets.Catalogue
	Providers []providers.Provider
	Env       providers.Env
	Keeper    *connectors.Keeper
	Team      bool // several people keep the registry
	// Replaces is the connector whose place the new one takes; nil for none.
	Replaces *connectors.Connector
}

// The ids of the flows: a connector that was not there, or one in the place of
// another.
const (
	FlowNew     = "new-connector"
	FlowReplace = "replace-connector"
)

// The keys of the pages that every provider shares.
const (
	KeyServices    = "services"
	KeyProvider    = "provider"
	KeyName        = "name"
	KeyDescription = "description"
	// KeyReplaces holds the id of the connector whose place the new one takes.
	KeyReplaces = "replaces"
	// KeyConnectorID holds the id of the connector after it was created.
	KeyConnectorID = "connector.id"
)

// Flow returns the wizard: Services → Platform → the provider's own pages →
// Name → Summary → Created.
func (n *NewConnector) Flow() page.Flow {
	own := map[string][]page.Page{} // the pages of each provider, made once
	for _, p := range n.Providers {
		own[p.Info().ID] = p.Pages(n.Env)
	}
	id, title := FlowNew, "New connector"
	if n.Replaces != nil {
		id, title = FlowReplace, "Change a connector"
	}
	return page.Flow{
		ID:    id,
		Title: title,
		Label: n.label,
		After: n.after,
		Pages: func(a *page.Answers) []page.Page {
			pages := []page.Page{n.servicesPage(), n.providerPage()}
			if p := n.provider(a); p != nil {
				pages = append(pages, own[p.Info().ID]...)
			}
			pages = append(pages, n.namePage())
			return append(pages, n.summaryPage(slices.Clone(pages)), n.createdPage(a))
		},
	}
}

// provider returns the chosen provider. While none is chosen and there is but
// one, that one's steps are shown, so that the rail says what is to come.
func (n *NewConnector) provider(a *page.Answers) providers.Provider {
	id := a.Text(KeyProvider)
	for _, p := range n.Providers {
		if p.Info().ID == id || (id == "" && len(n.Providers) == 1) {
			return p
		}
	}
	return nil
}

func (n *NewConnector) outcome(a *page.Answers) providers.Outcome {
	p := n.provider(a)
	if p == nil {
		return providers.Outcome{}
	}
	return p.Outcome(a)
}

func (n *NewConnector) label(a *page.Answers) string {
	if name := a.Text(KeyName); name != "" {
		return name
	}
	if suggested := n.outcome(a).Suggested; suggested != "" {
		return suggested
	}
	return "New connector"
}

// connector is what finished answers come to.
func (n *NewConnector) connector(a *page.Answers) connectors.Connector {
	o := n.outcome(a)
	c := connectors.Connector{
		Name: a.Text(KeyName), Description: a.Text(KeyDescription),
		Provider: n.provider(a).Info().ID, Tenant: o.Tenant, Services: a.List(KeyServices),
		Settings: o.Settings, Platform: o.Platform, LastTest: o.Report,
		Credential: connectors.Credential{Session: o.Session},
	}
	if n.Replaces != nil {
		c.Replaces = n.Replaces.ID
	}
	return c
}

func (n *NewConnector) create(ctx context.Context, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
	o, text := n.outcome(a), "Writing the record"
	if !o.Secret.IsEmpty() {
		text = "Writing the password and the record"
	}
	say(page.Progress{Text: text})
	made, err := n.Keeper.Register(ctx, n.connector(a), o.Secret)
	if _, isKeyring := errors.AsType[*keyring.Error](err); isKeyring {
		return nil, page.LookAgain(err)
	}
	if err != nil {
		return nil, err
	}
	return page.Changes{KeyConnectorID: made.ID}, nil
}
