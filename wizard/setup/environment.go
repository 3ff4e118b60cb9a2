package setup

import (
	"context"
	"slices"

	"fairlead/domain/routing"
	"fairlead/plan"
)

// Environment is the estate of the domains whose account is kept, as a start for a
// plan: an organisation for each account, with a tenant for each platform. Which
// services are in use is not asked here.
func (s *Setup) Environment(ctx context.Context) (plan.Environment, error) {
	domains, err := s.Domains(ctx)
	if err != nil {
		return plan.Environment{}, err
	}
	var e plan.Environment
	placed := map[string]bool{}
	for _, d := range domains {
		a := d.answers()
		if placed[d.Name] || !d.record.Sections[Account].Done {
			continue
		}
		placed[d.Name] = true
		for _, other := range split(a.Text(keyDomains)) {
			if name, err := CheckDomain(other); err == nil {
				placed[name] = true
			}
		}
		if o := organisation(d.Name, infrastructure(a), a.Text(keyMicrosoft)); len(o.Tenants) > 0 {
			e.Organisations = append(e.Organisations, o)
		}
	}
	return e, nil
}

// organisation is one account. Where its mailboxes are, a hybrid has to say.
func organisation(domain string, i routing.Infrastructure, microsoft string) plan.Organisation {
	o := plan.Organisation{Name: domain}
	platforms := i.Platforms()
	for _, platform := range platforms {
		switch platform {
		case routing.Microsoft365:
			t := plan.Tenant{Provider: "microsoft365", Tenant: domain}
			if microsoft != "" {
				t.Tenant = microsoft
			}
			o.Tenants = append(o.Tenants, t)
		case routing.Google:
			o.Tenants = append(o.Tenants, plan.Tenant{Provider: "google", Tenant: domain})
		case routing.OnPremises:
			o.Tenants = append(o.Tenants, plan.Tenant{Provider: "exchange", Tenant: domain})
		}
	}
	switch {
	case len(platforms) > 1:
		o.Mailboxes = plan.InBoth
	case slices.Contains(platforms, routing.OnPremises):
		o.Mailboxes = plan.OnPremises
	default:
		o.Mailboxes = plan.InCloud
	}
	return o
}
