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
	after, moving, err := e.moved(organisation)
	if err != nil {
		return nil, err
	}
	m := &Migration{Before: New(e, c, have), After: New(after, c, have)}
	m.After.moving = moving
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

// moved is the environment once the last mailbox has moved to the cloud, and which
// organisations move.
func (e Environment) moved(organisation string) (after Environment, moving []string, err error) {
	e = e.Clone()
	if organisation != "" && e.Organisation(organisation) == nil {
		return e, nil, fmt.Errorf("the environment has no organisation %q", organisation)
	}
	for i := range e.Organisations {
		o := &e.Organisations[i]
		if organisation != "" && key(o.Name) != key(organisation) {
			continue
		}
		cloud, onPremises := o.kinds()
		switch {
		case cloud && onPremises && o.Mailboxes != InCloud:
			o.Mailboxes = InCloud
			moving = append(moving, o.Name)
		case organisation != "" && cloud && onPremises:
			return e, nil, fmt.Errorf("all mailboxes of %s are in the cloud already", o.Name)
		case organisation != "":
			return e, nil, fmt.Errorf("%s is not hybrid: only an organisation with Exchange and a tenant in a cloud can move", o.Name)
		}
	}
	if len(moving) == 0 {
		return e, nil, errors.New("no organisation has a mailbox to move: that needs Exchange, a tenant in a cloud, and mailboxes on-premises")
	}
	return e, moving, nil
}
