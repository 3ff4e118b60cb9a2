package microsoft365

import (
	"cmp"
	"net/url"
	"strings"

	"fairlead/providers"
)

var (
	_ providers.Cleaner  = Provider{}
	_ providers.Prefills = Provider{}
)

// Rests is the tenant's id.
func (Provider) Rests(settings map[string]string) []string {
	if settings[settingTenant] == "" {
		return nil
	}
	return []string{settings[settingTenant]}
}

// CleanUp lists what stays in Entra. Sources: Microsoft Graph, "Delete
// servicePrincipal"; Microsoft Learn, "Restore an application".
func (p Provider) CleanUp(c providers.Sibling, others []providers.Sibling) []providers.Left {
	tenant, application, service := c.Settings[settingTenant], c.Settings[settingApplication], c.Settings[settingService]
	cloud, _ := p.Catalogue.Clouds.Find(c.Settings[settingCloud])
	same := func(o providers.Sibling) bool { return strings.EqualFold(o.Settings[settingTenant], tenant) }
	link := portal(cloud)
	if link != "" {
		link += "/" + url.PathEscape(tenant) // the portal takes the tenant to be looked at from there
	}
	tenantName := p.Organisation(c.Settings)
	where := "Entra admin centre, signed in to " + tenantName + ", "
	entry := providers.Left{
		ID: "application", Title: "The enterprise application", Link: link,
		Text: "Sign in to the tenant " + tenantName + ": other tenants may have the same application, and it is deleted in the one that is signed in to. " +
			"Every permission that was granted goes with it. It takes a Cloud Application Administrator or an Application Administrator; " +
			"for 30 days it can be restored.",
		Where: where + "Enterprise applications" + pathToAll + cmp.Or(application, noApplication) + ", Properties, Delete",
		Keep: providers.RestsToo(others, func(o providers.Sibling) bool {
			switch {
			case !same(o):
				return false
			case uses(o, application):
				return true
			case service != "":
				return o.Settings[settingService] == service
			}
			return application == "" || o.Settings[settingApplication] == "" // it may be the same
		}),
	}
	if application != "" && cloud.Graph != "" {
		entry.Command = "DELETE https://" + cloud.Graph + "/v1.0/servicePrincipals(appId='" + application + "')"
	}
	list := []providers.Left{entry}
	if verifier := c.Settings[settingVerifier]; verifier != "" && verifier != application {
		list = append(list, providers.Left{
			ID: "verifier", Title: "The application to verify with", Link: link,
			Text: "Sign in to the tenant " + tenantName + ". It can read what was granted, as whoever signs in. " +
				"Delete it if it was registered for Fairlead alone.",
			Where: where + "App registrations" + pathToAll + verifier + ", Delete",
			Keep:  providers.RestsToo(others, func(o providers.Sibling) bool { return same(o) && uses(o, verifier) }),
		})
	}
	return list
}

// The parts of the way to an application that [Provider.Recall] knows it by.
const (
	pathToAll     = ", All applications, "
	noApplication = "the service's application"
)

// uses reports whether a connector works, or is verified, with an application.
func uses(o providers.Sibling, application string) bool {
	return application != "" &&
		(strings.EqualFold(o.Settings[settingApplication], application) || strings.EqualFold(o.Settings[settingVerifier], application))
}

// Recall finds the applications in what [Provider.CleanUp] said. Which service it
// was is not said there.
func (Provider) Recall(tenant string, left []providers.Left) map[string]string {
	settings := map[string]string{settingTenant: tenant}
	for id, name := range map[string]string{"application": settingApplication, "verifier": settingVerifier} {
		if application := providers.Between(providers.Find(left, id).Where, pathToAll, ", "); application != noApplication {
			settings[name] = application
		}
	}
	return settings
}

// Organisation is the tenant's domain and id.
func (Provider) Organisation(settings map[string]string) string {
	domain, tenant := settings[settingDomain], settings[settingTenant]
	if domain == "" || tenant == "" {
		return domain + tenant
	}
	return domain + " (" + tenant + ")"
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
