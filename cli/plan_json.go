package cli

import (
	"fairlead/connectors"
	"fairlead/plan"
)

// planObject is the object of "plan".
type planObject struct {
	Title    string        `json:"title"`
	Totals   plan.Totals   `json:"totals"`
	Cells    []cellJSON    `json:"cells"`
	Steps    []stepJSON    `json:"steps"`
	Readings []readingJSON `json:"readings"`
	Outside  []string      `json:"outside"` // connectors of tenants that the environment does not name
}

type cellJSON struct {
	Organisation string     `json:"organisation"`
	Provider     string     `json:"provider"`
	Tenant       string     `json:"tenant"`
	Service      string     `json:"service"`
	State        plan.State `json:"state"`
	Why          string     `json:"why"`
	Connector    string     `json:"connector,omitempty"`
	Draft        string     `json:"draft,omitempty"`
}

type stepJSON struct {
	Kind      plan.Kind  `json:"kind"`
	Title     string     `json:"title"`
	Why       string     `json:"why"`
	Connector string     `json:"connector,omitempty"`
	Commands  []string   `json:"commands"`
	Links     []linkJSON `json:"links"`
}

type linkJSON struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

type readingJSON struct {
	Rule          string   `json:"rule"`
	Quote         string   `json:"quote"`
	Source        string   `json:"source"`
	Organisations []string `json:"organisations"`
	Text          string   `json:"text"`
	Why           string   `json:"why"`
	Needed        int      `json:"needed"`
	Applied       bool     `json:"applied"`
}

func planJSON(g *plan.Guide, steps []plan.Step) planObject {
	p := g.Plan
	object := planObject{
		Title: p.Environment.Title, Totals: p.Totals, Cells: []cellJSON{}, Steps: stepsJSON(g, steps), Readings: []readingJSON{}, Outside: []string{},
	}
	for i := range p.Rows {
		row := &p.Rows[i]
		for c := range row.Cells {
			cell := &row.Cells[c]
			one := cellJSON{
				Organisation: row.Organisation.Name, Provider: row.Tenant.Provider, Tenant: row.Tenant.Tenant, Service: p.Services[c].ID,
				State: cell.State, Why: p.Why(i, c), Connector: nameOf(cell.Connector),
			}
			if cell.Draft != nil {
				one.Draft = cell.Draft.ID
			}
			object.Cells = append(object.Cells, one)
		}
	}
	for _, choice := range p.Environment.Choices(g.Catalogue) {
		for i, r := range choice.Rule.Readings {
			object.Readings = append(object.Readings, readingJSON{
				choice.Rule.ID, choice.Rule.Quote, choice.Rule.Source, choice.Organisations, r.Text, r.Why, choice.Needed[i], i == 0,
			})
		}
	}
	for i := range p.Outside {
		object.Outside = append(object.Outside, p.Outside[i].Name)
	}
	return object
}

func stepsJSON(g *plan.Guide, steps []plan.Step) []stepJSON {
	list := []stepJSON{}
	for i := range steps {
		a := g.Advise(&steps[i])
		one := stepJSON{
			Kind: steps[i].Kind, Title: a.Title, Why: a.Why, Connector: nameOf(steps[i].Connector),
			Commands: append([]string{}, a.Commands...), Links: []linkJSON{},
		}
		for _, link := range a.Links {
			one.Links = append(one.Links, linkJSON(link))
		}
		list = append(list, one)
	}
	return list
}

func nameOf(c *connectors.Connector) string {
	if c == nil {
		return ""
	}
	return c.Name
}

// orNone lists connectors by name.
func orNone(list []connectors.Connector) string {
	text := ""
	for i := range list {
		if i > 0 {
			text += ", "
		}
		text += list[i].Name
	}
	if text == "" {
		return "none"
	}
	return text
}
