package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"fairlead/check"
	"fairlead/cli/answers"
	"fairlead/connectors"
	"fairlead/lab/google"
	"fairlead/wizard"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// google makes a connector to the lab's Google Workspace with the key of a
// service account, takes the delegation away and wants that to be the diagnosis.
func (o *demo) google(ctx context.Context, w *workspace.Workspace) (connectors.Connector, error) {
	values := maps.Clone(w.Env.Sample)
	values[wizard.KeyServices], values[wizard.KeyProvider] = "remediation", "google"
	if w.Keeper.Keyring.Probe(ctx) != nil {
		values["google.session"] = yes
	}
	j := page.Start(w.NewConnector())
	report, err := answers.Walk(ctx, j, sample{o.program, values}, o.screen(), o.screen())
	if err != nil {
		return connectors.Connector{}, err
	}
	c, err := w.Keeper.Get(ctx, j.Answers().Text(wizard.KeyConnectorID))
	if err != nil {
		return c, fmt.Errorf("read the new connector back: %w", err)
	}
	kept, err := w.Keeper.Secret(ctx, c)
	switch {
	case err != nil:
		return c, fmt.Errorf("read the key back: %w", err)
	case kept.IsEmpty() || c.Tenant != google.CustomerID || c.Settings["account"] != google.Account:
		return c, fmt.Errorf("the connector should be to %s with the key of %s, and is %+v", google.CustomerID, google.Account, c)
	case report == nil || report.Verdict() != check.Pass:
		return c, errors.New("the service account is authorised, and the test should have passed")
	}
	_, err = o.breakIt(ctx, w, c, "google-not-delegated")
	return c, err
}
