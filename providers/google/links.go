package google

import (
	"net/url"
	"strings"

	"fairlead/providers"
)

// Pages of Google's that the wizard leads to.
const (
	accountPage    = "https://admin.google.com/ac/accountsettings/profile"
	delegationPage = "https://admin.google.com/ac/owl/domainwidedelegation"
	approvalPage   = "https://support.google.com/a/answer/13790448"
	scopesPage     = "https://developers.google.com/identity/protocols/oauth2/scopes#gmail"
	adminPage      = "https://support.google.com/a/answer/33325"
)

// delegationLink leads to the page for delegation with the form filled in. Google
// documents no such link; its own scripts use it (google/create-service-account).
// The client's whole list of scopes is replaced, so that the link names them all.
func delegationLink(client string, scopes []string) string {
	return delegationPage + "?overwriteClientId=true&clientIdToAdd=" + url.QueryEscape(client) +
		"&clientScopeToAdd=" + url.QueryEscape(strings.Join(scopes, ","))
}

// DelegationPath is the way to the page for delegation by its menus.
const DelegationPath = "Security, Access and data control, API controls, Manage Domain Wide Delegation"

// outside is where the browser finds an address.
func (t Target) outside(address string) string {
	return providers.Env{BrowserURL: t.Outside}.Outside(address)
}
