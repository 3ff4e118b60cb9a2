package plan

import (
	"errors"
	"fmt"

	"fairlead/assets"
	"fairlead/connectors"
)

// Migration is what becomes of an estate's connectors when organisations move all
// their mailboxes to the cloud.
type Migration struct {
	Before, After *Plan
	// Superfluous are the connectors that are needed now, and not any more once
	// the last mailbox has moved.
	Superfluous []connectors.Connector
	Steps       []Step // from what exists to what is needed after
}

// Migrate plans the move of an organisation, or of every hybrid one where no name
// is given.
func Migrate(e Environment, c assets.Catalogue, have Existing, organisation string) (*Migration, error) {
	after, err := e.moved(organisation)
	if err != nil {
		return nil, err
	}
	m := &Migration{Before: New(e, c, have), After: New(after, c, have)}
	needed := map[string]bool{}
	for i := range m.Before.Needs {
		if have := m.Before.Needs[i].Connector; have != nil {
			needed[have.ID] = true
		}
	}
	for _, x := range m.After.Surplus {
		if needed[x.Connector.ID] {
			m.Superfluous = append(m.Superfluous, *x.Connector)
		}
	}
	m.Steps = m.After.Steps()
	return m, nil
}

// moved is the environment once the last mailbox has moved to the cloud.
func (e Environment) moved(organisation string) (Environment, error) {
	e = e.Clone()
	if organisation != "" && e.Organisation(organisation) == nil {
		return e, fmt.Errorf("the environment has no organisation %q", organisation)
	}
	movers := 0
	for i := range e.Organisations {
		o := &e.Organisations[i]
		if organisation != "" && key(o.Name) != key(organisation) {
			continue
		}
		if cloud, onPremises := o.kinds(); cloud && onPremises {
			o.Mailboxes = InCloud
			movers++
		} else if organisation != "" {
			return e, fmt.Errorf("%s is not hybrid: only an organisation with Exchange and a tenant in a cloud can move", o.Name)
		}
	}
	if movers == 0 {
		return e, errors.New("no organisation is hybrid: only one with Exchange and a tenant in a cloud can move")
	}
	return e, nil
}
