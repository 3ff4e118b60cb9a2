package cli

import (
	"context"
	"errors"
	"fmt"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/lab/google"
	"fairlead/workspace"
)

// google makes a connector to the lab's Google Workspace with the key of a
// service account, takes the delegation away and wants that to be the diagnosis.
func (o *demo) google(ctx context.Context, w *workspace.Workspace) (connectors.Connector, error) {
	own := map[string]string{}
	if w.Keeper.Keyring.Probe(ctx) != nil {
		own["google.session"] = yes
	}
	c, report, err := o.make(ctx, w, "remediation", "google", own)
	if err != nil {
		return c, err
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
