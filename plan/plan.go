package plan

import (
	"fairlead/assets"
	"fairlead/connectors"
)

// Plan is an environment with what it needs, held against what exists.
type Plan struct {
	Environment Environment
	Services    []assets.Service // the columns, in the order of their names
	Rows        []Row            // a tenant each, in the order of the environment
	Needs       []Need           // every connector that is needed
	Surplus     []Excess         // every connector that is not
	// Outside are connectors of tenants that the environment does not name. The
	// plan says nothing about them.
	Outside []connectors.Connector
	Totals  Totals

	catalogue assets.Catalogue
	moving    []string // organisations that this plan takes for moved, though mailboxes are still on-premises
}

// Row is one tenant of the grid.
type Row struct {
	Organisation *Organisation
	Tenant       *Tenant
	Platform     string // what people call the tenant's provider
	Cells        []Cell // one for each of the plan's services
}

// Cell is one service in one tenant.
type Cell struct {
	State State
	Rule  *Rule // by which a connector is needed, not needed or impossible
	// Need is the place in [Plan.Needs] of the connector that it needs, or -1. Cells
	// of an Exchange organisation share one.
	Need int
	// Connector is the one that exists, or nil. A cell that is [Missing] has one
	// where an Exchange connector is there but does not serve the service.
	Connector *connectors.Connector
	Draft     *Draft // that waits, or nil
}

// Need is one connector that is needed.
type Need struct {
	Organisation *Organisation
	Tenant       *Tenant
	Rule         *Rule
	Services     []string // one in a cloud; all that use it on Exchange
	State        State    // [Works], [Missing], [Fails], [Untested] or [Waiting]
	Connector    *connectors.Connector
	Lacks        []string // services that an Exchange connector should serve and does not
	Draft        *Draft
	Verifier     string // the application that another connector of the tenant is verified with; may be empty
}

// Excess is a connector that exists and is not needed.
type Excess struct {
	Organisation *Organisation
	Tenant       *Tenant
	Rule         *Rule // why it is not
	Connector    *connectors.Connector
}

// New makes the plan of an environment that was checked, see [Environment.Check].
func New(e Environment, c assets.Catalogue, have Existing) *Plan {
	p := &Plan{Environment: e, Services: c.Services, catalogue: c}
	x := newIndex(have)
	tenants := e.Tenants()
	p.Rows, p.Needs = make([]Row, 0, tenants), make([]Need, 0, len(have.Connectors)+tenants)
	cells := make([]Cell, tenants*len(p.Services))
	ids := make([]string, len(p.Services))
	for i := range p.Services {
		ids[i] = p.Services[i].ID
	}
	for i := range e.Organisations {
		o := &e.Organisations[i]
		rule := o.Situation()
		for j := range o.Tenants {
			t := &o.Tenants[j]
			row := Row{o, t, platformName(c, t.Provider), cells[:len(ids):len(ids)]}
			cells = cells[len(ids):]
			p.fill(&row, rule, x, ids)
			p.Rows = append(p.Rows, row)
		}
	}
	p.Outside = x.outside()
	p.Totals = p.count()
	return p
}

// fill judges the cells of a row.
func (p *Plan) fill(row *Row, rule *Rule, x *index, ids []string) {
	inUse, reading, have := row.Organisation.InUse(row.Tenant), rule.Applied(), x.find(row.Tenant)
	for _, c := range have.replaced {
		p.Surplus = append(p.Surplus, Excess{row.Organisation, row.Tenant, rule, c})
	}
	for s := range row.Cells {
		j := judge(rule, reading, row.Tenant, inUse, &p.Services[s])
		row.Cells[s] = Cell{State: j.state, Rule: j.rule, Need: -1, Connector: have.connector(row.Tenant, ids[s])}
		if j.state == Missing {
			row.Cells[s].Draft = have.draft(row.Tenant, ids[s])
		}
	}
	if row.Tenant.OnExchange() {
		p.fillExchange(row, ids)
		return
	}
	for s := range row.Cells {
		cell := &row.Cells[s]
		switch {
		case cell.State == Missing:
			need := Need{
				Organisation: row.Organisation, Tenant: row.Tenant, Rule: cell.Rule, Services: ids[s : s+1 : s+1],
				Connector: cell.Connector, Draft: cell.Draft, Verifier: have.verifier(),
			}
			need.State = stateOfNeed(&need)
			cell.State, cell.Need = need.State, len(p.Needs)
			p.Needs = append(p.Needs, need)
		case cell.Connector != nil:
			cell.State = Surplus
			p.Surplus = append(p.Surplus, Excess{row.Organisation, row.Tenant, cell.Rule, cell.Connector})
		}
	}
}

// fillExchange joins the cells of an Exchange organisation, which share one
// connector.
func (p *Plan) fillExchange(row *Row, ids []string) {
	need := Need{Organisation: row.Organisation, Tenant: row.Tenant}
	for s := range row.Cells {
		cell := &row.Cells[s]
		if cell.State != Missing {
			continue
		}
		need.Services = append(need.Services, ids[s])
		need.Rule, need.Connector, need.Draft = cell.Rule, cell.Connector, cell.Draft
		if cell.Connector != nil && !serves(cell.Connector, ids[s]) {
			need.Lacks = append(need.Lacks, ids[s])
		}
	}
	if len(need.Services) > 0 {
		need.State = stateOfNeed(&need)
	}
	for s := range row.Cells {
		cell := &row.Cells[s]
		there := cell.Connector != nil && serves(cell.Connector, ids[s])
		switch {
		case cell.State == Missing:
			cell.Need = len(p.Needs)
			if there {
				cell.State = stateOf(cell.Connector)
			} else if cell.Connector == nil {
				cell.State = need.State
			}
		case len(need.Services) > 0 || !there:
			cell.Connector = nil // it is there for the other services
		default:
			cell.State = Surplus
		}
	}
	if len(need.Services) > 0 {
		p.Needs = append(p.Needs, need)
		return
	}
	if c := row.surplus(); c != nil {
		p.Surplus = append(p.Surplus, Excess{row.Organisation, row.Tenant, c.Rule, c.Connector})
	}
}

// surplus is the cell that says why an Exchange connector is not needed, or nil.
func (r *Row) surplus() *Cell {
	var found *Cell
	for s := range r.Cells {
		cell := &r.Cells[s]
		if cell.State == Surplus && (found == nil || found.Rule == unused) {
			found = cell
		}
	}
	return found
}

func stateOfNeed(n *Need) State {
	switch {
	case len(n.Lacks) > 0:
		return Missing
	case n.Connector != nil:
		return stateOf(n.Connector)
	case n.Draft != nil:
		return Waiting
	}
	return Missing
}
