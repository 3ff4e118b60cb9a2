package app

import (
	"fairlead/connectors"
	"fairlead/wizard/page"
)

// rotate opens the journey that gives a connector a new password or key.
func (a *App) rotate(c connectors.Connector) {
	s, err := a.rotation(c)
	if err != nil {
		a.showTrouble(explain("There is nothing to change", err))
		return
	}
	s.home = func() { a.showDetails(c.ID) }
	a.show(s)
}

// rotation is that journey; its screen leads nowhere yet.
func (a *App) rotation(c connectors.Connector) (*wizardScreen, error) {
	flow, err := a.world.Rotation(c)
	if err != nil {
		return nil, err
	}
	return a.newWizard(page.Start(flow), ""), nil
}
