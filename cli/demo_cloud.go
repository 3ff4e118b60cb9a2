package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fairlead/connectors"
	"fairlead/lab"
	"fairlead/lab/entra"
	"fairlead/workspace"
)

// cloud makes a connector to the lab's Microsoft 365, where somebody at a
// browser signs in and accepts, and wants the excess in what was granted to be
// noticed.
func (o *demo) cloud(ctx context.Context, w *workspace.Workspace) (connectors.Connector, error) {
	tenant := entra.Tenants()[0]
	w.Env.Browser = lab.Visitor{Account: entra.Admin + "@" + tenant.Domain}
	c, report, err := o.make(ctx, w, "sync-and-recover", "microsoft365", map[string]string{"microsoft365.way": "own"})
	switch {
	case err != nil:
		return c, err
	case !slices.Contains(w.Lab.Entra().Granted(tenant.ID(), entra.Own), "full_access_as_app"):
		return c, errors.New("the consent page was accepted, and nothing was granted")
	case c.Tenant != tenant.ID() || c.Credential.Key != "":
		return c, fmt.Errorf("the connector should be to %s and keep no secret, and is %+v", tenant.ID(), c)
	case report == nil || report.Worst() == nil || report.Worst().Cause() != "more-than-needed":
		return c, errors.New("that more was granted than needed should have been noticed")
	}
	return c, nil
}
