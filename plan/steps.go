package plan

import (
	"slices"

	"fairlead/connectors"
)

// Kind is a kind of step.
type Kind string

// The kinds of steps, in the order in which they are taken. Nothing is detached
// before everything was made, tested and attached, so that no service is ever
// without a connector.
const (
	Make   Kind = "make"   // a connector that is missing
	Finish Kind = "finish" // a draft that waits for somebody
	Mend   Kind = "mend"   // a connector whose test failed
	Test   Kind = "test"   // one that was never tested to the end
	Attach Kind = "attach" // a task to the connector that takes over
	Move   Kind = "move"   // wait until the last mailbox has moved
	Detach Kind = "detach" // a task from the connector that goes
	Delete Kind = "delete" // a connector that is not needed
	Keep   Kind = "keep"   // one that is not needed, but in use by what nothing else can serve
	Anew   Kind = "anew"   // an Exchange connector that lacks services: make another in its place
)

// Step is one thing to be done.
type Step struct {
	Kind         Kind
	Organisation *Organisation
	Need         *Need                 // the connector that is needed; nil for those about one that goes
	Connector    *connectors.Connector // that the step is about, as far as it exists
	Task         connectors.Attachment // of Attach and Detach, and what keeps one that is kept
}

// Steps returns what is to be done, in order. It is empty where everything that
// is needed works and nothing else is there.
func (p *Plan) Steps() []Step {
	var steps []Step
	for i := range p.Needs {
		n := &p.Needs[i]
		if kind, open := kindOf(n); open {
			steps = append(steps, Step{Kind: kind, Organisation: n.Organisation, Need: n, Connector: n.Connector})
		}
	}
	steps = append(steps, p.retire()...)
	order := []Kind{Make, Finish, Mend, Test, Attach, Move, Detach, Delete, Keep, Anew}
	slices.SortStableFunc(steps, func(a, b Step) int { return slices.Index(order, a.Kind) - slices.Index(order, b.Kind) })
	return steps
}

// Before is the place among steps of one that has to be done before another, so
// that no service is ever without a connector; -1 where there is none.
func Before(steps []Step, s *Step) int {
	return slices.IndexFunc(steps, func(o Step) bool {
		same := o.Connector != nil && s.Connector != nil && o.Connector.ID == s.Connector.ID
		switch s.Kind {
		case Detach:
			return o.Kind == Move && same || o.Kind == Attach && o.Organisation == s.Organisation && o.Task == s.Task
		case Delete:
			return same && (o.Kind == Move || o.Kind == Detach)
		}
		return false
	})
}

// kindOf says what is to be done about a connector that is needed, if anything.
func kindOf(n *Need) (kind Kind, open bool) {
	switch {
	case len(n.Lacks) > 0:
		return Anew, true
	case n.State == Missing:
		return Make, true
	case n.State == Waiting:
		return Finish, true
	case n.State == Fails:
		return Mend, true
	case n.State == Untested:
		return Test, true
	}
	return "", false
}

// retire returns the steps that take connectors out of use which are not needed.
func (p *Plan) retire() []Step {
	if len(p.Surplus) == 0 {
		return nil
	}
	var steps []Step
	serving := p.serving()
	for i := range p.Surplus {
		x := &p.Surplus[i]
		heirs := func(service string) []*Need {
			if x.Rule == unused {
				return nil // nobody uses the service there any more
			}
			all := serving[served{x.Organisation, service}]
			if here := slices.DeleteFunc(slices.Clone(all), func(n *Need) bool { return n.Tenant != x.Tenant }); x.Connector.Replaced && len(here) > 0 {
				return here // the one that has its place
			}
			return all
		}
		if kept := p.kept(x, heirs); len(kept) > 0 {
			steps = append(steps, kept...)
			continue
		}
		if x.Tenant.OnExchange() && x.Rule != unused && slices.Contains(p.moving, x.Organisation.Name) {
			steps = append(steps, x.step(Move))
		}
		for _, task := range x.Connector.Attachments {
			for _, heir := range heirs(task.Service) {
				if heir.Connector == nil || !slices.Contains(heir.Connector.Attachments, task) {
					steps = append(steps, Step{Attach, x.Organisation, heir, heir.Connector, task})
				}
			}
			step := x.step(Detach)
			step.Task = task
			steps = append(steps, step)
		}
		steps = append(steps, x.step(Delete))
	}
	return steps
}

func (x *Excess) step(kind Kind) Step {
	return Step{Kind: kind, Organisation: x.Organisation, Connector: x.Connector}
}

// kept returns a step for each service in use that nothing but this connector
// serves.
func (p *Plan) kept(x *Excess, heirs func(service string) []*Need) []Step {
	var steps []Step
	for _, service := range x.Connector.Services {
		if x.Rule != unused && len(heirs(service)) == 0 && slices.Contains(x.Organisation.InUse(x.Tenant), service) {
			step := x.step(Keep)
			step.Task.Service = service
			steps = append(steps, step)
		}
	}
	return steps
}

// served is a service of an organisation.
type served struct {
	organisation *Organisation
	service      string
}

// serving lists the needed connectors that serve each service.
func (p *Plan) serving() map[served][]*Need {
	all := map[served][]*Need{}
	for i := range p.Needs {
		for _, service := range p.Needs[i].Services {
			at := served{p.Needs[i].Organisation, service}
			all[at] = append(all[at], &p.Needs[i])
		}
	}
	return all
}
