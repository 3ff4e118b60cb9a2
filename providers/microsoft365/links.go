package microsoft365

import (
	"net/url"

	"fairlead/assets"
)

// serviceConsent is the admin consent page of a service's own application. It
// names no address to come back to: only the service knows those that are
// registered, and Entra takes the first.
func serviceConsent(cloud assets.Cloud, tenant, application string) string {
	return "https://" + cloud.Login + "/" + tenant + "/adminconsent?" + url.Values{"client_id": {application}}.Encode()
}

// ownConsent is the admin consent page of an application that comes back to
// this computer. Application permissions are asked for with .default alone: all
// that the registration lists.
func ownConsent(cloud assets.Cloud, tenant, application, redirect, state string) string {
	return "https://" + cloud.Login + "/" + tenant + "/v2.0/adminconsent?" + url.Values{
		"client_id": {application}, "scope": {"https://" + cloud.Graph + "/.default"}, "redirect_uri": {redirect}, "state": {state},
	}.Encode()
}

// portal is the Entra admin centre of a cloud, or empty where its address is not
// known.
func portal(cloud assets.Cloud) string {
	if cloud.Portal == assets.Unknown || cloud.Portal == "" {
		return ""
	}
	return "https://" + cloud.Portal
}

// registration is the manifest of a public client, as "App registrations,
// Manifest" takes it: the address to come back to, and the one permission with
// which Fairlead looks at what was granted.
func registration(graph assets.Resource) string {
	scope := ""
	for _, s := range graph.Scopes {
		if s.Name == readApplications {
			scope = s.ID
		}
	}
	return `{
  "allowPublicClient": true,
  "replyUrlsWithType": [{ "url": "http://localhost", "type": "InstalledClient" }],
  "signInAudience": "AzureADMyOrg",
  "requiredResourceAccess": [{
    "resourceAppId": "` + graph.Application + `",
    "resourceAccess": [{ "id": "` + scope + `", "type": "Scope" }]
  }]
}`
}
