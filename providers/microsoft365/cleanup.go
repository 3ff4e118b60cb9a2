package microsoft365

import (
	"cmp"
	"strings"

	"fairlead/providers"
)

var (
	_ providers.Cleaner  = Provider{}
	_ providers.Prefills = Provider{}
)

// Rests is the tenant's id.
func (Provider) Rests(settings map[string]string) string { return settings[settingTenant] }

// CleanUp lists what stays in Entra. Sources: Microsoft Graph, "Delete
// servicePrincipal"; Microsoft Learn, "Restore an application".
func (p Provider) CleanUp(c providers.Sibling, others []providers.Sibling) []providers.Left {
	tenant, application, service := c.Settings[settingTenant], c.Settings[settingApplication], c.Settings[settingService]
	cloud, _ := p.Catalogue.Clouds.Find(c.Settings[settingCloud])
	same := func(o providers.Sibling) bool { return strings.EqualFold(o.Settings[settingTenant], tenant) }
	entry := providers.Left{
		ID: "application", Title: "The enterprise application", Link: portal(cloud),
		Text: "Every permission that was granted goes with it. It takes a Cloud Application Administrator or an Application Administrator; " +
			"for 30 days it can be restored.",
		Where: "Entra admin centre, Enterprise applications, All applications, " + cmp.Or(application, "the service's application") + ", Properties, Delete",
		Keep: providers.RestsToo(others, func(o providers.Sibling) bool {
			return same(o) && (o.Settings[settingService] == service || application != "" && o.Settings[settingApplication] == application)
		}),
	}
	if application != "" && cloud.Graph != "" {
		entry.Command = "DELETE https://" + cloud.Graph + "/v1.0/servicePrincipals(appId='" + application + "')"
	}
	list := []providers.Left{entry}
	if verifier := c.Settings[settingVerifier]; verifier != "" && verifier != application {
		list = append(list, providers.Left{
			ID: "verifier", Title: "The application to verify with", Link: portal(cloud),
			Text:  "It can read what was granted, as whoever signs in. Delete it if it was registered for Fairlead alone.",
			Where: "Entra admin centre, App registrations, All applications, " + verifier + ", Delete",
			Keep:  providers.RestsToo(others, func(o providers.Sibling) bool { return same(o) && o.Settings[settingVerifier] == verifier }),
		})
	}
	return list
}

// Prefill returns the answers that come to these settings.
func (Provider) Prefill(settings map[string]string) map[string]any {
	answers := map[string]any{
		keyTenant: settings[settingDomain], keyWay: settings[settingWay], keyApplication: settings[settingApplication],
		keyVerifier: settings[settingVerifier],
	}
	if settings[settingWay] == wayOwn {
		answers[keyOwn] = settings[settingApplication]
	}
	return answers
}
