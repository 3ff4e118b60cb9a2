package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/plan"
)

// tenantRow are the fields of one tenant.
type tenantRow struct {
	was      plan.Tenant // with what the fields do not show
	platform *kit.Picker
	tenant   *kit.Entry
	cloud    *kit.Picker
	clouds   []string // by the picker's index
	row      *fyne.Container
}

// platforms are the providers that a tenant can be on, and their names.
func platforms() []string { return []string{"microsoft365", "google", "exchange"} }

func (s *planEdit) platformName(id string) string {
	p, _ := s.app.world.Catalogue.Platform(id)
	return p.Name
}

// inWords joins names as a sentence does.
func inWords(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// addTenant adds the fields of a tenant, and gives them the keyboard where
// somebody has asked for them.
func (s *planEdit) addTenant(t plan.Tenant, focus bool) {
	r := &tenantRow{was: t, tenant: kit.NewEntry(), clouds: []string{""}}
	var names []string
	for _, id := range platforms() {
		names = append(names, s.platformName(id))
	}
	r.platform = kit.NewPicker(names, func(int) { r.update() })
	r.platform.Pick(max(0, slices.Index(platforms(), t.Provider)))
	r.tenant.Fill(t.Tenant)
	r.tenant.Keys = s.app.takeShortcut
	r.tenant.OnSubmitted = func(string) { s.afterTenant(r) }
	words := []string{"its cloud"}
	for _, c := range s.app.world.Catalogue.Clouds {
		words, r.clouds = append(words, c.ID), append(r.clouds, c.ID)
	}
	r.cloud = kit.NewPicker(words, func(int) {})
	r.cloud.Pick(max(0, slices.Index(r.clouds, t.Cloud)))
	remove := kit.NewSmallButton("Remove", func() { s.removeTenant(r) })
	r.row = kit.Row(kit.Middle, kit.Gap2, []float32{-1, 0, -1, -1}, r.platform, r.tenant, r.cloud, remove)
	r.tenant.OnFocus = func() { s.body.Reveal(r.row) }
	s.rows = append(s.rows, r)
	s.tenants.Add(r.row)
	r.update()
	if focus {
		s.body.Settle()
		kit.Focus(r.tenant)
	}
}

// update asks for what names a tenant on its platform.
func (r *tenantRow) update() {
	id := platforms()[r.platform.Picked()]
	r.tenant.SetPlaceHolder(map[string]string{
		"microsoft365": "contoso.com, or the tenant id", "google": "customer ID, such as C01234567", "exchange": "its mail domain",
	}[id])
	show(r.cloud, id == "microsoft365")
	r.row.Refresh()
}

// value is the tenant as its fields say.
func (r *tenantRow) value() plan.Tenant {
	t := r.was
	t.Provider, t.Tenant = platforms()[r.platform.Picked()], strings.TrimSpace(r.tenant.Text)
	t.Cloud = ""
	if t.Provider == "microsoft365" {
		t.Cloud = r.clouds[r.cloud.Picked()]
	}
	if t.Provider != r.was.Provider || t.Tenant != r.was.Tenant { // what was known is not of this one
		t = plan.Tenant{Provider: t.Provider, Tenant: t.Tenant, Cloud: t.Cloud, Services: t.Services}
	}
	return t
}

// afterTenant is Enter in a tenant's field: on to the next one.
func (s *planEdit) afterTenant(r *tenantRow) {
	if i := slices.Index(s.rows, r); i+1 < len(s.rows) {
		kit.Focus(s.rows[i+1].tenant)
	} else {
		kit.Focus(s.mailboxes)
	}
}

func (s *planEdit) removeTenant(r *tenantRow) {
	i := slices.Index(s.rows, r)
	s.rows = slices.Delete(s.rows, i, i+1)
	s.tenants.Remove(r.row)
	s.body.Settle()
	if len(s.rows) == 0 {
		s.addTenant(plan.Tenant{Provider: "microsoft365"}, true)
		return
	}
	kit.Focus(s.rows[max(0, i-1)].tenant)
}
