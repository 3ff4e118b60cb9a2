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
	s := a.rotation(flow)
	s.home = func() { a.showDetails(c.ID) }
	a.show(s)
}

// rotation is the screen of such a journey; it leads nowhere yet.
func (a *App) rotation(flow page.Flow) *wizardScreen { return a.newWizard(page.Start(flow), "") }
