package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// RunBook is a plan to hand over: the estate, the rules, the grid, each step, and
// the last test of every connector. There is no place for a secret in it.
type RunBook struct {
	Title         string
	Made          time.Time
	Version       string // of the program that made it
	Lab           bool
	Totals        Totals
	Organisations []BookOrganisation
	Choices       []Choice
	Prerequisites []BookPlatform
	Steps         []BookStep
	Migration     string // what changes once the last mailbox has moved; or empty
	Reports       []BookReport
	Outside       []string // connectors of tenants that the environment does not name
}

// BookOrganisation is one organisation with its part of the grid.
type BookOrganisation struct {
	Name, Mailboxes string
	Rule            *Rule
	Services        []string // names of those that stand in a column
	Tenants         []BookTenant
}

// BookTenant is one row of the grid.
type BookTenant struct {
	Name    string
	Details []providers.Detail
	Cells   []BookCell
}

// BookCell is one cell of the grid, in words.
type BookCell struct {
	Mark  check.Verdict
	State State
	Why   string
}

// BookPlatform is what has to be in place on one platform.
type BookPlatform struct {
	ID, Name string
	Notes    []page.Field
}

// BookStep is one step.
type BookStep struct {
	Advice
	Before *BookPlatform // where something has to be in place before; or nil
}

// BookReport is the last test of a connector.
type BookReport struct {
	Name, State string
	Mark        check.Verdict
	Report      *check.Report // nil where there was none
}

// When says when the test was made.
func (r BookReport) When() string { return r.Report.Started.UTC().Format("2006-01-02 15:04") + " UTC" }

// NewRunBook makes the run book of a guide's plan.
func NewRunBook(g *Guide, steps []Step, now time.Time, version string) *RunBook {
	p := g.Plan
	b := &RunBook{
		Title: cmp.Or(p.Environment.Title, "Connectors of the estate"), Made: now, Version: version, Totals: p.Totals,
		Choices: p.Environment.Choices(g.Catalogue), Lab: g.Env.Network != nil && g.Env.Network.Lab,
	}
	for i := range p.Environment.Organisations {
		b.Organisations = append(b.Organisations, g.organisation(&p.Environment.Organisations[i]))
	}
	b.Prerequisites = g.platforms()
	for i := range steps {
		step := BookStep{Advice: g.Advise(&steps[i])}
		if n := steps[i].Need; n != nil && steps[i].Kind != Attach {
			step.Before = b.prerequisites(n.Tenant.Provider)
		}
		b.Steps = append(b.Steps, step)
	}
	for i := range p.Needs {
		b.report(p.Needs[i].Connector)
	}
	for i := range p.Surplus {
		b.report(p.Surplus[i].Connector)
	}
	for i := range p.Outside {
		b.Outside = append(b.Outside, p.Outside[i].Name)
	}
	return b
}

// prerequisites are those of a provider, or nil.
func (b *RunBook) prerequisites(provider string) *BookPlatform {
	for i := range b.Prerequisites {
		if b.Prerequisites[i].ID == provider {
			return &b.Prerequisites[i]
		}
	}
	return nil
}

func (b *RunBook) report(c *connectors.Connector) {
	if c == nil {
		return
	}
	state, words := c.State()
	mark := map[connectors.State]check.Verdict{connectors.Works: check.Pass, connectors.Warns: check.Warn, connectors.Fails: check.Fail}
	b.Reports = append(b.Reports, BookReport{c.Name, words, cmp.Or(mark[state], check.Skip), c.LastTest})
}

func (g *Guide) organisation(o *Organisation) BookOrganisation {
	book := BookOrganisation{Name: o.Name, Rule: o.Situation(), Mailboxes: map[Mailboxes]string{
		InCloud: "in the cloud", OnPremises: "on-premises", InBoth: "in the cloud and on-premises",
	}[o.where()]}
	var columns, rows []int
	for i := range g.Plan.Rows {
		if g.Plan.Rows[i].Organisation != o {
			continue
		}
		rows = append(rows, i)
		for s := range g.Plan.Services {
			asked := slices.Contains(o.InUse(g.Plan.Rows[i].Tenant), g.Plan.Services[s].ID) || g.Plan.Rows[i].Cells[s].State == Surplus
			if asked && !slices.Contains(columns, s) {
				columns = append(columns, s)
			}
		}
	}
	slices.Sort(columns)
	for _, s := range columns {
		book.Services = append(book.Services, g.Plan.Services[s].Name)
	}
	for _, i := range rows {
		row := &g.Plan.Rows[i]
		tenant := BookTenant{Name: row.Name(), Details: details(row.Tenant)}
		for _, s := range columns {
			state := row.Cells[s].State
			tenant.Cells = append(tenant.Cells, BookCell{state.Mark(), state, g.Plan.Why(i, s)})
		}
		book.Tenants = append(book.Tenants, tenant)
	}
	return book
}

// details are what the environment says of a tenant.
func details(t *Tenant) []providers.Detail {
	var list []providers.Detail
	for _, f := range fields[2:] { // without what names it
		if value := *f.text(t); value != "" {
			list = append(list, providers.Detail{Label: f.name, Value: value})
		}
	}
	if len(t.Granted) > 0 {
		list = append(list, providers.Detail{Label: "granted", Value: strings.Join(t.Granted, ", ")})
	}
	return list
}

// platforms are what has to be in place on each platform for which something is
// to be made, once each.
func (g *Guide) platforms() []BookPlatform {
	var list []BookPlatform
	for i := range g.Plan.Needs {
		n := &g.Plan.Needs[i]
		id := n.Tenant.Provider
		if n.State == Works || slices.ContainsFunc(list, func(p BookPlatform) bool { return p.ID == id }) {
			continue
		}
		if notes := g.Prerequisites(n); len(notes) > 0 {
			list = append(list, BookPlatform{id, platformName(g.Catalogue, id), notes})
		}
	}
	return list
}
