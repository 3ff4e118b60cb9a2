package microsoft365

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairlead/oauth"
	"fairlead/providers"
)

var _ providers.Settles = Provider{}

// Settings lists those of a connector.
func (p Provider) Settings() []providers.Setting {
	var clouds []string
	for _, cloud := range p.Catalogue.Clouds {
		clouds = append(clouds, cloud.ID)
	}
	return []providers.Setting{
		{Name: settingCloud, Needed: true, What: "cloud of Microsoft's that the tenant is in, one of " + strings.Join(clouds, ", ")},
		{Name: settingTenant, What: "id of the tenant; without it the connector's own is taken, which it has to be"},
		{Name: settingService, What: "id of the service; without it the connector's own is taken, which it has to be"},
		{Name: settingDomain, What: "domain of the tenant, such as contoso.com, which leads to its sign-in page; without it the id is shown"},
		{Name: settingApplication, What: "application (client) id of the service's application; without it nothing can be verified"},
		{Name: settingVerifier, What: "application (client) id of the public client to verify with; without it the connector is recorded and not verified"},
		{Name: settingWay, What: "way in which the permissions were granted, one of " + strings.Join(ways, ", ")},
	}
}

var ways = []string{wayService, wayOwn, waySomebody, wayElsewhere}

// Settle adds what the connector's tenant and service say, and judges what a test
// begins with.
func (p Provider) Settle(r providers.Record) (map[string]string, error) {
	if err := providers.CheckNames(p.Info().Name, p.Settings(), r.Settings); err != nil {
		return nil, err
	}
	service := ""
	if len(r.Services) == 1 {
		service = r.Services[0]
	}
	all := providers.With(r.Settings, map[string]string{settingTenant: r.Tenant, settingDomain: r.Tenant, settingService: service})
	for _, check := range []struct {
		setting string
		judge   func(value string) error
	}{
		{settingTenant, func(id string) error { return tenantOf(id, r.Tenant) }},
		{settingCloud, p.checkCloud},
		{settingService, func(id string) error { return p.checkService(id, service) }},
		{settingDomain, checkTenant},
		{settingApplication, checkApplication},
		{settingVerifier, checkApplication},
		{settingWay, checkWay},
	} {
		if value := all[check.setting]; value != "" {
			if err := providers.Wrong(check.setting, check.judge(value)); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// tenantOf judges the id of a connector's tenant. A domain will not do: a test
// compares the id with the one that Entra names.
func tenantOf(id, recorded string) error {
	switch {
	case !strings.EqualFold(id, recorded):
		return fmt.Errorf("it is %q, and the connector is one of the tenant %q; leave it out", id, recorded)
	case !oauth.IsGUID(id):
		return fmt.Errorf("the tenant %q is not an id; type the id from Entra's overview as the connector's tenant: "+
			"36 characters such as 01234567-89ab-cdef-0123-456789abcdef", id)
	}
	return checkTenant(id)
}

func (p Provider) checkCloud(id string) error {
	if _, known := p.Catalogue.Clouds.Find(id); !known {
		return fmt.Errorf("there is no cloud %q; type the %s", id, p.Settings()[0].What)
	}
	return nil
}

func (p Provider) checkService(id, recorded string) error {
	if id != recorded {
		return fmt.Errorf("it is %q, and the connector serves %q; leave it out", id, recorded)
	}
	if _, known := p.Catalogue.Service(id); !known {
		return fmt.Errorf("the catalogue has no service %q; type the id of one that it has as the connector's service", id)
	}
	return nil
}

func checkWay(way string) error {
	if !slices.Contains(ways, way) {
		return errors.New("it is none of " + strings.Join(ways, ", ") + "; type one of them, or leave it out")
	}
	return nil
}
