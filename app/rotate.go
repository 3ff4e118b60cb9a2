package app

import (
	"fairlead/connectors"
	"fairlead/wizard/page"
)

// rotate opens the journey that gives a connector a new password or key.
func (a *App) rotate(c connectors.Connector) {
	flow, err := a.world.Rotation(c)
	if err != nil {
		a.showTrouble(explain("There is nothing to change", err))
		return
	}
	s := &wizardScreen{app: a, journey: page.Start(flow)}
	s.home = func() { a.showDetails(c.ID) }
	a.show(s)
}
