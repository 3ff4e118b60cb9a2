package microsoft365

import (
	"context"

	"fairlead/assets"
	"fairlead/network"
)

// FindTenant finds the id and the cloud of a tenant by a domain or its id, as
// Entra's openid-configuration names them. Nobody signs in for that. The error is
// for people.
func FindTenant(ctx context.Context, n *network.Network, clouds assets.Clouds, name string) (id string, cloud assets.Cloud, err error) {
	tenant, err := findTenant(ctx, n, clouds, name)
	if err != nil {
		return "", assets.Cloud{}, err
	}
	return tenant.ID, tenant.Cloud, nil
}

// CheckTenant judges a tenant's domain or id, as the wizard does. The error says
// what to type instead.
func CheckTenant(name string) error { return checkTenant(name) }

// CheckApplication judges an application (client) id likewise.
func CheckApplication(id string) error { return checkApplication(id) }
