package app

import (
	"slices"

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
	pickers []func()    // show what is picked
	filters *fyne.Container
	box     *fyne.Container
}

func newListTools(s *listScreen) *listTools {
	t := &listTools{screen: s, search: kit.NewEntry()}
	t.search.SetPlaceHolder("Search name, tenant, service, platform")
	t.search.Keys = s.app.takeShortcut
	t.search.OnChanged = func(text string) {
		if text != s.filter.search {
			s.filter.search = text
			s.ask()
		}
	}
	t.search.OnSubmitted = func(string) { s.toRows() }
	t.search.OnKey = func(key fyne.KeyName) bool { return key == fyne.KeyDown && s.toRows() }
	t.create = kit.NewButton("New connector", kit.Primary, s.app.newConnector)
	t.more = kit.NewButton("More …", kit.Secondary, s.moreMenu)
	t.tenant = kit.NewSmallButton("", func() { s.onlyTenant("") })
	t.tenant.Hide()
	t.filters = kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, -1, -1, 0},
		t.platforms(), t.services(), t.states(), t.tenant, kit.Column(0))
	t.box = kit.Column(kit.Gap2,
		kit.Row(kit.Middle, kit.Gap2, []float32{320, 0, -1, -1}, t.search, kit.Column(0), t.more, t.create), t.filters)
	t.show()
	return t
}

// show shows what the list is asked for.
func (t *listTools) show() {
	f := t.screen.filter
	if t.search.Text != f.search {
		t.search.Fill(f.search)
	}
	for _, show := range t.pickers {
		show()
	}
	t.tenant.SetText("Only " + f.tenant + "  ✕")
	t.tenant.Hidden = f.tenant == ""
	t.filters.Refresh()
}

// picker picks one of several parts of a filter. The one that leaves out nothing is
// the first.
func picker[T comparable](t *listTools, names []string, values []T, get func(listFilter) T, set func(*listFilter, T)) *kit.Picker {
	p := kit.NewPicker(names, func(i int) {
		set(&t.screen.filter, values[i])
		t.screen.ask()
	})
	t.pickers = append(t.pickers, func() { p.Pick(max(0, slices.Index(values, get(t.screen.filter)))) })
	return p
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
	return picker(t, names, choices, func(f listFilter) choice { return choice{f.kind, f.provider} },
		func(f *listFilter, c choice) { f.kind, f.provider = c.kind, c.provider })
}

func (t *listTools) services() *kit.Picker {
	names, ids := []string{"All services"}, []string{""}
	for _, s := range t.screen.app.world.Catalogue.Services {
		names, ids = append(names, s.Name), append(ids, s.ID)
	}
	return picker(t, names, ids, func(f listFilter) string { return f.service }, func(f *listFilter, id string) { f.service = id })
}

func (t *listTools) states() *kit.Picker {
	states := []connectors.State{
		"", connectors.Works, connectors.Warns, connectors.Fails, connectors.NeverTested, expiring, draftState,
	}
	names := []string{"All states", "Works", "Warns", "Fails", "Never tested", "Expires in 30 days", "Waiting drafts"}
	return picker(t, names, states, func(f listFilter) connectors.State { return f.state },
		func(f *listFilter, st connectors.State) { f.state = st })
}

// onlyTenant shows the connectors of one tenant, or of all again.
func (s *listScreen) onlyTenant(tenant string) {
	s.filter.tenant = tenant
	s.tools.show()
	kit.Focus(s.list)
	s.ask()
}

// showAll leaves nothing out any more.
func (s *listScreen) showAll() {
	s.filter = s.filter.none()
	s.tools.show()
	s.load()
}

// toRows gives the rows the keyboard, and reports whether there are any.
func (s *listScreen) toRows() bool {
	if s.length() == 0 {
		return false
	}
	kit.Focus(s.list)
	return true
}
