package plan

import (
	"fmt"
	"slices"
	"strings"

	"fairlead/assets"
	"fairlead/wizard/page"
)

// Why says in a sentence or two why a cell is as it is.
func (p *Plan) Why(row, column int) string {
	r := &p.Rows[row]
	cell, service := &r.Cells[column], p.Services[column].Name
	switch cell.State {
	case Works, Fails, Untested:
		_, words := cell.Connector.State()
		return fmt.Sprintf("%s: %s.", cell.Connector.Name, words)
	case Waiting:
		return fmt.Sprintf("The draft “%s” %s.", cell.Draft.Title, cell.Draft.Waits())
	case Missing:
		if cell.Connector != nil {
			return fmt.Sprintf("%s is there, but does not serve %s. Its services cannot be changed: make it anew.", cell.Connector.Name, service)
		}
		return needed(r.Tenant)
	case Surplus:
		return fmt.Sprintf("%s is there, and not needed: %s", cell.Connector.Name, because(cell.Rule, r))
	case Impossible:
		return p.barred(cell.Rule, column)
	}
	return "Not needed: " + because(cell.Rule, r)
}

// needed says what a rule asks for in a tenant.
func needed(t *Tenant) string {
	if t.OnExchange() {
		return "One Exchange connector is needed, for all services that can use it."
	}
	return "Each service needs a connector of its own in each tenant."
}

// Name is what people call a row.
func (r *Row) Name() string { return r.Platform + ", " + r.Tenant.Tenant }

// because is why a rule asks for no connector in a row.
func because(rule *Rule, r *Row) string {
	if rule == unused {
		return fmt.Sprintf("the environment does not list the service as in use at %s.", r.Tenant.Tenant)
	}
	return fmt.Sprintf("%s: %s", page.LowerFirst(rule.Title), page.LowerFirst(rule.Applied().Text))
}

func (p *Plan) barred(rule *Rule, column int) string {
	if rule != platformOnly {
		return rule.Title + "."
	}
	s, names := &p.Services[column], []string(nil)
	for _, usage := range s.Providers {
		names = append(names, platformName(p.catalogue, usage.ID))
	}
	return fmt.Sprintf("%s cannot use this platform. It works with %s.", s.Name, strings.Join(names, " and "))
}

// platformName is what people call a provider.
func platformName(c assets.Catalogue, provider string) string {
	p, _ := c.Platform(provider) // the environment was checked
	return p.Name
}

// Column is the place of a service in the rows, or -1.
func (p *Plan) Column(service string) int {
	return slices.IndexFunc(p.Services, func(s assets.Service) bool { return s.ID == service })
}
