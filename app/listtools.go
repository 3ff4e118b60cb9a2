package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// listTools are the fields and buttons above the list.
type listTools struct {
	screen  *listScreen
	search  *kit.Entry
	create  *kit.Button
	more    *kit.Button
	tenant  *kit.Button // takes the tenant out of the filter
	filters *fyne.Container
	box     *fyne.Container
}

func newListTools(s *listScreen) *listTools {
	t := &listTools{screen: s, search: kit.NewEntry()}
	t.search.SetPlaceHolder("Search name, tenant, service, platform")
	t.search.Keys = s.app.takeShortcut
	t.search.OnChanged = func(text string) {
		s.filter.search = text
		s.ask()
	}
	t.search.OnSubmitted = func(string) { kit.Focus(s.list) }
	t.create = kit.NewButton("New connector", kit.Primary, s.app.newConnector)
	t.more = kit.NewButton("More …", kit.Secondary, s.moreMenu)
	t.tenant = kit.NewSmallButton("", func() { s.onlyTenant("") })
	t.tenant.Hide()
	t.filters = kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, -1, -1, 0},
		t.platforms(), t.services(), t.states(), t.tenant, kit.Column(0))
	t.box = kit.Column(kit.Gap2,
		kit.Row(kit.Middle, kit.Gap2, []float32{320, 0, -1, -1}, t.search, kit.Column(0), t.more, t.create), t.filters)
	return t
}

// platforms picks a half of the connectors, as the services' console shows them,
// or one platform.
func (t *listTools) platforms() *kit.Picker {
	type choice struct {
		kind     connectors.Kind
		provider string
	}
	names := []string{"All platforms", "Cloud connectors", "EWS connections"}
	choices := []choice{{}, {kind: connectors.KindCloud}, {kind: connectors.KindExchange}}
	for _, p := range t.screen.app.world.Providers {
		if info := p.Info(); !info.Shared { // the other is all that EWS connections are
			names, choices = append(names, info.Name), append(choices, choice{provider: info.ID})
		}
	}
	return kit.NewPicker(names, func(i int) {
		t.screen.filter.kind, t.screen.filter.provider = choices[i].kind, choices[i].provider
		t.screen.ask()
	})
}

func (t *listTools) services() *kit.Picker {
	names, ids := []string{"All services"}, []string{""}
	for _, s := range t.screen.app.world.Catalogue.Services {
		names, ids = append(names, s.Name), append(ids, s.ID)
	}
	return kit.NewPicker(names, func(i int) {
		t.screen.filter.service = ids[i]
		t.screen.ask()
	})
}

func (t *listTools) states() *kit.Picker {
	states := []connectors.State{
		"", connectors.Works, connectors.Warns, connectors.Fails, connectors.NeverTested, expiring, draftState,
	}
	names := []string{"All states", "Works", "Warns", "Fails", "Never tested", "Expires in 30 days", "Waiting drafts"}
	return kit.NewPicker(names, func(i int) {
		t.screen.filter.state = states[i]
		t.screen.ask()
	})
}

// onlyTenant shows the connectors of one tenant, or of all again.
func (s *listScreen) onlyTenant(tenant string) {
	s.filter.tenant = tenant
	s.tools.tenant.SetText("Only " + tenant + "  ✕")
	s.tools.tenant.Hidden = tenant == ""
	s.tools.filters.Refresh()
	kit.Focus(s.list)
	s.ask()
}
