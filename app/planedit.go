package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/assets"
	"fairlead/plan"
)

// planEdit changes one organisation of the estate: its name, where its mailboxes
// are, which services are in use, its tenants.
type planEdit struct {
	app   *App
	read  planRead
	was   string // its name before; empty for a new one
	draft plan.Organisation

	title     string
	firstName *kit.Entry
	domain    *kit.Entry
	found     *kit.Field
	mailboxes *kit.Picker
	guess     int // where the mailboxes are, as far as what was found tells; in the picker
	services  map[string]*kit.Choice
	tenants   *fyne.Container
	rows      []*tenantRow
	problem   *fyne.Container
	body      *kit.Body
	save      *kit.Button
}

// editOrganisation changes an organisation of the estate, or adds one where no
// name is given.
func (a *App) editOrganisation(r planRead, name string) {
	s := &planEdit{app: a, read: r, was: name, title: "New organisation", services: map[string]*kit.Choice{}}
	if o := r.environment.Organisation(name); o != nil && name != "" {
		s.title, s.draft = o.Name, *r.environment.Clone().Organisation(name)
	}
	a.show(s)
	a.trace("edit:loaded")
}

func (s *planEdit) name() string { return "organisation" }

func (s *planEdit) content() fyne.CanvasObject {
	s.problem = kit.Column(0)
	s.firstName, s.domain = kit.NewEntry(), kit.NewEntry()
	s.firstName.Fill(s.draft.Name)
	s.firstName.Keys, s.domain.Keys = s.app.takeShortcut, s.app.takeShortcut
	s.firstName.OnSubmitted = func(string) { kit.Focus(s.domain) }
	s.domain.OnSubmitted = s.afterDomain
	look := kit.NewButton("Look up", kit.Secondary, s.lookUp)
	s.found = kit.NewField("Look up a mail domain", "optional", "Its tenant and cloud, where its mail goes, and its Exchange. Nobody signs in anywhere.",
		kit.Row(kit.Middle, kit.Gap2, []float32{kit.FieldWidth, -1, 0}, s.domain, look, kit.Column(0)))
	s.mailboxes = kit.NewPicker(mailboxWords(), func(int) {})
	s.mailboxes.Pick(slices.Index(mailboxPlaces(), s.draft.Mailboxes))
	s.tenants = kit.Column(kit.Gap2)
	add := kit.NewButton("Add a tenant", kit.Secondary, func() { s.addTenant(plan.Tenant{Provider: "microsoft365"}, true) })
	for _, t := range s.draft.Tenants {
		s.addTenant(t, false)
	}
	if len(s.draft.Tenants) == 0 {
		s.addTenant(plan.Tenant{Provider: "microsoft365"}, false)
	}
	column := kit.Column(kit.Gap4, kit.Title(s.title), s.problem,
		kit.NewField("Name", "", "", kit.AtMost(kit.FieldWidth, s.firstName)).Box,
		s.found.Box,
		kit.NewField("Tenants", "in clouds, and Exchange organisations", "", kit.Column(kit.Gap2, s.tenants, left(add))).Box,
		kit.NewField("Mailboxes", "", "Needed where there is Exchange and a tenant in a cloud.", left(s.mailboxes)).Box,
		kit.NewField("Services in use", "", "", kit.AtMost(kit.CardWidth, s.serviceChoices())).Box)
	s.body = kit.NewBody(kit.Inset(20, kit.Gap6, kit.Gap6, kit.Gap6, column))
	return kit.Split(sideWidth, s.app.sideBar("plan"), kit.Deck(s.body, s.bar()))
}

func (s *planEdit) bar() fyne.CanvasObject {
	cancel := kit.NewButton("Back to the grid", kit.Subtle, func() { s.app.showPlan(planSpot{}) })
	remove := kit.NewButton("Take it out", kit.Secondary, s.remove)
	show(remove, s.was != "")
	s.save = kit.NewButton("Save", kit.Primary, s.store)
	return kit.Row(kit.Middle, kit.Gap2, []float32{-1, 0, -1, -1}, cancel, kit.Column(0), remove, s.save)
}

// mailboxPlaces are where mailboxes can be, and mailboxWords say so.
func mailboxPlaces() []plan.Mailboxes {
	return []plan.Mailboxes{"", plan.InCloud, plan.OnPremises, plan.InBoth}
}

func mailboxWords() []string {
	return []string{"Where the tenants are", "All in the cloud", "All on-premises", "In both places"}
}

// serviceChoices tick the services that are in use.
func (s *planEdit) serviceChoices() fyne.CanvasObject {
	var choices []*kit.Choice
	for _, service := range s.app.world.Catalogue.Services {
		c := kit.NewChoice(kit.Box, kit.ChoiceText{Label: service.Name, Note: s.worksWith(service)})
		c.OnToggle = func() { c.Choose(!c.Chosen()) }
		c.Choose(slices.Contains(s.draft.Services, service.ID))
		s.services[service.ID] = c
		choices = append(choices, c)
	}
	return kit.Choices(choices...)
}

// worksWith names the platforms of a service.
func (s *planEdit) worksWith(service assets.Service) string {
	var names []string
	for _, usage := range service.Providers {
		names = append(names, s.platformName(usage.ID))
	}
	return "For " + inWords(names) + "."
}

func (s *planEdit) shown() { kit.Focus(s.firstName) }

// organisation is what stands in the fields. What they do not show stays as it
// was.
func (s *planEdit) organisation() plan.Organisation {
	o := plan.Organisation{Name: s.firstName.Text, Mailboxes: mailboxPlaces()[s.mailboxes.Picked()]}
	for _, service := range s.app.world.Catalogue.Services {
		if s.services[service.ID].Chosen() {
			o.Services = append(o.Services, service.ID)
		}
	}
	for _, row := range s.rows {
		if t := row.value(); t.Tenant != "" || len(s.rows) == 1 {
			o.Tenants = append(o.Tenants, t)
		}
	}
	return o
}

func (s *planEdit) press(k shortcut) bool {
	switch k.action {
	case goOn:
		s.store()
	case goBack:
		s.app.showPlan(planSpot{})
	default:
		return false
	}
	return true
}

func (s *planEdit) scroll(down bool) { s.body.Page(down) }

func (s *planEdit) close(then func()) { then() }
