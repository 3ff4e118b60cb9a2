package entra

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is something that can be wrong in Entra or Graph.
type Fault struct {
	Name        string // stable: "aadsts-" and the number for Entra's own errors
	Title       string // a few words
	Explanation string // what happens, and what the client sees of it
}

// Faults lists every fault that [Entra.Set] knows, by name.
func Faults() []Fault {
	list := otherFaults()
	for _, t := range troubles() {
		if t.shows != onlyEarned {
			list = append(list, Fault{"aadsts-" + t.code, t.title, explain(t)})
		}
	}
	slices.SortFunc(list, func(a, b Fault) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// explain says where a trouble shows.
func explain(t trouble) string {
	error := fmt.Sprintf("AADSTS%s (%s)", t.code, t.oauth)
	switch t.shows {
	case atTenant:
		return "The openid-configuration is refused with " + error + ", and the sign-in page shows it."
	case atStart:
		return "The sign-in page shows " + error + " and never leads back."
	case atSignIn:
		return "After an account was chosen, the page shows " + error + " and never leads back."
	case atConsent:
		return "Instead of the consent page there is one that leads back with " + error + "."
	case atReturn:
		return "After Accept, the browser is led back with " + error + "."
	case atDevice:
		return "The token endpoint answers a device code with " + error + "."
	}
	return "The token endpoint refuses the code with " + error + "."
}

// otherFaults lists those that are not errors with a number.
func otherFaults() []Fault {
	return []Fault{
		{"consent-workflow", "Requests go to the administrators", "Who may not grant is offered to send a request. The answer that comes back is AADSTS90095 (access_denied)."},
		{"grant-incomplete", "One permission is not granted", "Accept grants all permissions but the last."},
		{"grant-too-much", "More is granted than asked for", "Accept grants Directory.ReadWrite.All of Graph as well."},
		{"grant-never-arrives", "Nothing is granted after Accept", "The browser is led back as if all were well, and Graph knows no grant."},
		{"principal-disabled", "The application is switched off in the tenant", "Graph says accountEnabled: false."},
		{"principal-missing", "The application is not in the tenant", "Graph answers 404 for its service principal."},
		{"resource-missing", "The tenant has no Exchange Online", "Graph answers 404 for the service principal of Office 365 Exchange Online, and consent to it fails with AADSTS650052."},
		{"replication-slow", "Graph knows late what was granted", "What was granted shows in Graph after 90 seconds."},
		{"graph-forbidden", "The token may not read applications", "Graph answers 403 Authorization_RequestDenied."},
		{"graph-throttled", "Graph wants a pause", "Graph answers 429 with Retry-After: 5."},
		{"graph-unavailable", "Graph is not available", "Graph answers 503 ServiceUnavailable."},
		{"graph-html", "Graph's answer is a page", "Graph answers 200 with HTML, as a proxy does."},
		{"redirect-forged-tenant", "The redirect names another tenant", "After admin consent, tenant in the redirect is that of somebody else."},
		{"redirect-wrong-state", "The redirect has another state", "The state in the redirect is not the one that was sent."},
		{"redirect-wrong-issuer", "The redirect comes from another issuer", "The redirect has an iss (RFC 9207) of another tenant."},
		{"redirect-never", "The browser never comes back", "After Accept there is a page, and no redirect."},
		{"code-not-known", "The redirect brings a forged code", "The code in the redirect was not issued. Redeeming it fails."},
		{"discovery-html", "The openid-configuration is a page", "The openid-configuration is 200 with HTML, as behind a hotel's or a proxy's page."},
		{"token-html", "The token endpoint answers with a page", "The token endpoint answers 200 with HTML."},
		{"id-token-unsigned", "The id token is not signed", "The id token has the algorithm none and no signature."},
		{"id-token-other-key", "The id token is signed by another key", "The signature is by a key that is not among the published ones, under the name of one that is."},
		{"id-token-other-audience", "The id token is for another application", "aud is another client id."},
		{"id-token-other-issuer", "The id token is of another issuer", "iss names another tenant than tid."},
		{"id-token-other-tenant", "The id token is of another tenant", "tid and iss are those of another tenant than the one that was asked for."},
		{"id-token-other-nonce", "The id token is of another attempt", "nonce is not the one that was sent."},
		{"id-token-expired", "The id token has expired", "exp was an hour ago."},
		{"id-token-early", "The id token is not valid yet", "nbf is in one hour, as when the clocks differ."},
		{"id-token-missing", "There is no id token", "The token answer has no id_token though openid was asked for."},
		{"keys-missing", "The signing keys cannot be read", "The JWKS answers 503."},
	}
}

// Known reports whether there is a fault of this name.
func Known(name string) bool {
	return slices.ContainsFunc(Faults(), func(f Fault) bool { return f.Name == name })
}

// Set switches a fault on or off, for requests from then on.
func (e *Entra) Set(name string, on bool) error { return e.cloud.Set(name, on) }

// Active lists the faults that are on, by name.
func (e *Entra) Active() []string { return e.cloud.Active() }

// switched returns the first trouble that is switched on to show at a place.
func (e *Entra) switched(at place) (trouble, bool) {
	for _, t := range troubles() {
		if t.shows == at && e.on("aadsts-"+t.code) {
			return t, true
		}
	}
	return trouble{}, false
}
