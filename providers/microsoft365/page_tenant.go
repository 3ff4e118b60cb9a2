package microsoft365

import (
	"context"

	"fairlead/assets"
	"fairlead/secret"
	"fairlead/wizard/page"
)

func (e environment) tenantPage() page.Page {
	return page.Page{
		ID:    "microsoft365.tenant",
		Step:  "Tenant",
		Title: "Which tenant is to be connected?",
		Why:   "Fairlead asks Microsoft's sign-in services which of them has it. Nobody signs in for that.",
		Next:  "Find the tenant",
		Fields: func(a *page.Answers) []page.Field {
			fields := []page.Field{{
				Key: keyTenant, Kind: page.Text, Label: "Domain or tenant id", Placeholder: e.Sample[keyTenant],
				Hint: "One of the tenant's domains, such as contoso.com, or the id from Entra's overview.", Validate: checkTenant,
			}}
			if cloud, ok := e.provider.Catalogue.Clouds.Find(a.Text(keyCloud)); ok {
				fields = append(fields, page.Field{
					Key: "microsoft365.found", Kind: page.Note, Tone: page.Good, Label: "Found last: " + cloud.Name, Hint: "Tenant id " + a.Text(keyTenantID),
				})
			}
			return fields
		},
		Action: &page.Action{
			Busy: "Looking for the tenant", Inputs: []string{keyTenant, keyServices},
			Run: func(ctx context.Context, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
				say(page.Progress{Text: "Asking Microsoft's sign-in services for " + a.Text(keyTenant)})
				tenant, err := findTenant(ctx, e.Network, e.provider.Catalogue.Clouds, a.Text(keyTenant))
				if err != nil {
					return nil, err
				}
				if e.Registered != nil {
					if err := e.Registered(ctx, ID, tenant.ID, a.List(keyServices)...); err != nil {
						return nil, err
					}
				}
				return e.moveTo(a, tenant), nil
			},
		},
	}
}

// moveTo notes the tenant that was found. What was said of another one holds no
// longer: that it was granted there, and the application of its cloud.
func (e environment) moveTo(a *page.Answers, tenant *found) page.Changes {
	changes := page.Changes{keyTenantID: tenant.ID, keyCloud: tenant.Cloud.ID}
	before := a.Text(keyTenantID)
	if before == "" || before == tenant.ID {
		return changes
	}
	changes[keyGranted], changes[keySince], changes[keyToken] = false, "", secret.Secret{}
	if a.Text(keyApplication) == e.knownApplication(a) {
		usage, _ := e.provider.service(a).Usage(ID)
		changes[keyApplication] = knownID(usage.Application(tenant.Cloud.ID))
	}
	return changes
}

// knownID is the id of an application, or nothing.
func knownID(app assets.Application) string {
	if !app.Known() {
		return ""
	}
	return app.ID
}
