package app

import (
	"strings"

	"fairlead/plan"
)

// planLine is a line of the grid: an organisation, or a tenant of it.
type planLine struct {
	organisation *plan.Organisation
	row          int // of the plan; -1 for the organisation itself
}

// planFilter is what of the grid is shown.
type planFilter struct {
	search string
	open   bool // only tenants where there is something to do
}

// lines are the organisations with the tenants that the filter leaves. One that
// has none left is left out.
func (f planFilter) lines(p *plan.Plan) []planLine {
	words := strings.Fields(strings.ToLower(f.search))
	lines := make([]planLine, 0, len(p.Rows)+len(p.Environment.Organisations))
	var last *plan.Organisation
	for i := range p.Rows {
		r := &p.Rows[i]
		if f.open && !toDo(r) || !holdsAll(strings.ToLower(r.Name()+" "+r.Organisation.Name), words) {
			continue
		}
		if r.Organisation != last {
			last = r.Organisation
			lines = append(lines, planLine{last, -1})
		}
		lines = append(lines, planLine{r.Organisation, i})
	}
	if f.search == "" && !f.open {
		lines = append(lines, bare(p)...)
	}
	return lines
}

// bare are the organisations without a tenant, so that one can be given to them.
func bare(p *plan.Plan) []planLine {
	var lines []planLine
	for i := range p.Environment.Organisations {
		if o := &p.Environment.Organisations[i]; len(o.Tenants) == 0 {
			lines = append(lines, planLine{o, -1})
		}
	}
	return lines
}

// toDo reports whether there is something to do at a tenant.
func toDo(r *plan.Row) bool {
	for i := range r.Cells {
		switch r.Cells[i].State {
		case plan.Works, plan.NotNeeded, plan.Impossible:
		default:
			return true
		}
	}
	return false
}
