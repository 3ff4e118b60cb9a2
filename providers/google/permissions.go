package google

import (
	"slices"
	"strings"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

var _ providers.Permits = Provider{}

// Permissions are the scopes that the client may use for the customer's people.
func (Provider) Permissions(settings map[string]string, asked []providers.Asked, last *check.Report) providers.Permissions {
	client, account := settings[settingClient], settings[settingAccount]
	holder := "client ID " + client + ", the service's own"
	if account != "" {
		holder = "client ID " + client + ", the service account " + account
	}
	all := providers.Permissions{
		Holder: holder, Scope: "Everybody of the customer " + settings[settingCustomer] + ", without anybody signed in.",
		Where: "Admin console, " + DelegationPath, Link: delegationPage,
	}
	scopes := strings.Fields(settings[settingScopes])
	wanted := slices.Clone(scopes)
	for _, a := range asked {
		for _, p := range a.Usage.Permissions {
			if p.Kind == assets.Delegation && !slices.Contains(wanted, p.Name) {
				wanted = append(wanted, p.Name)
			}
		}
	}
	for _, scope := range wanted {
		p := providers.Permission{
			Name: scope, Title: shortScope(scope), Kind: "scope of domain-wide delegation",
			Reason: providers.Reasons(asked, "", func(p assets.Permission) bool { return p.Name == scope }),
		}
		switch {
		case scope == customerScope && p.Reason == "":
			p.Reason = "Reads the customer's own record, so that the test can prove the customer ID."
		case p.Reason == "":
			p.Reason = "No service is known to ask for it."
		}
		p.State, p.Seen = authorised(scope, last)
		if !slices.Contains(scopes, scope) {
			p.State, p.Seen = providers.Missing, "It is not among the scopes that the connector was registered with."
		}
		all.List = append(all.List, p)
	}
	return all
}

// authorised says what the last test saw of a scope.
func authorised(scope string, last *check.Report) (providers.PermissionState, string) {
	if last == nil {
		return providers.Unverified, "No test has looked."
	}
	i := slices.IndexFunc(last.Checks, func(c check.Result) bool { return c.ID == scopeID(scope) })
	switch {
	case i < 0:
		return providers.Unverified, "Recorded. The client is the service's own, so that it cannot be tried from here."
	case last.Checks[i].Verdict == check.Pass:
		return providers.Granted, "Google gave the last test a token for it."
	case last.Checks[i].Verdict == check.Fail:
		return providers.Missing, "Google gave the last test no token for it."
	}
	return providers.Unverified, "The last test did not come as far as to ask for it."
}
