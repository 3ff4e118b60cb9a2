package workspace

import (
	"errors"
	"fmt"

	"fairlead/connectors"
	"fairlead/connectors/transfer"
	"fairlead/providers"
)

// Target is where the connectors of a file are taken in: those of a backup that is
// restored as they are, others as far as their providers can do with them.
func (w *Workspace) Target(restore bool) transfer.Target {
	return transfer.Target{Keeper: w.Keeper, Restore: restore, Team: w.Team, Settle: w.settle}
}

// settle lets a connector's provider complete its settings, or refuse them with a
// [*connectors.RuleError].
func (w *Workspace) settle(c connectors.Connector) (connectors.Connector, error) {
	p := w.Provider(c.Provider)
	if p == nil {
		return c, &connectors.RuleError{
			Rule: "provider-unknown", Reason: fmt.Sprintf("There is no provider %q.", c.Provider), Hint: "Known are " + w.providerIDs() + ".",
		}
	}
	judge, ok := p.(providers.Settles)
	if !ok {
		return c, nil
	}
	settings, err := judge.Settle(providers.Record{Tenant: c.Tenant, Services: c.Services, Settings: c.Settings})
	if wrong, is := errors.AsType[*providers.SettingError](err); is {
		return c, &connectors.RuleError{Rule: wrong.Rule, Reason: wrong.Reason, Hint: wrong.Hint}
	}
	if err != nil {
		return c, err
	}
	c.Settings = settings
	if c.Credential == (connectors.Credential{}) && w.KeyOf(c) != "" {
		c.Credential.Key = "key" // there is one, which has to be entered
	}
	return c, nil
}

func (w *Workspace) providerIDs() (list string) {
	for i, p := range w.Providers {
		if i > 0 {
			list += ", "
		}
		list += p.Info().ID
	}
	return list
}
