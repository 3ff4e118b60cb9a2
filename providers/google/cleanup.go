package google

import (
	"slices"
	"strings"

	"fairlead/providers"
)

var (
	_ providers.Cleaner  = Provider{}
	_ providers.Prefills = Provider{}
)

// Rests is the client that acts for the customer's people.
func (Provider) Rests(settings map[string]string) string { return settings[settingClient] }

// CleanUp lists what stays at Google. Source: Google Workspace Admin Help, 162106.
func (p Provider) CleanUp(c providers.Sibling, others []providers.Sibling) []providers.Left {
	client, customer := p.Rests(c.Settings), c.Settings[settingCustomer]
	same := func(o providers.Sibling) bool { return p.Rests(o.Settings) == client }
	list := []providers.Left{{
		ID: "delegation", Title: "The entry for domain-wide delegation",
		Text: "As super administrator, point to client ID " + client + " and choose Delete. It may take up to 24 hours to count, " +
			"and a second administrator may have to approve it.",
		Where: "Admin console, " + DelegationPath, Link: delegationPage, Command: client,
		Keep: providers.RestsToo(others, func(o providers.Sibling) bool { return same(o) && o.Settings[settingCustomer] == customer }),
	}}
	if account := c.Settings[settingAccount]; account != "" {
		list = append(list, providers.Left{
			ID: "account", Title: "The service account and its key", Keep: providers.RestsToo(others, same),
			Text:  "Delete the service account " + account + " in the project " + c.Settings[settingProject] + ", if nothing else uses it.",
			Where: "Google Cloud console, IAM and admin, Service accounts", Link: "https://console.cloud.google.com/iam-admin/serviceaccounts",
			Command: "gcloud iam service-accounts delete " + account + " --project " + c.Settings[settingProject],
		})
	}
	return list
}

// Prefill returns the answers that come to these settings. A key is named anew.
func (Provider) Prefill(settings map[string]string) map[string]any {
	list := strings.Fields(settings[settingScopes])
	answers := map[string]any{
		keyCustomer: settings[settingCustomer], keyAddress: settings[settingAddress], keyWay: wayService, keyClient: settings[settingClient],
	}
	if settings[settingAccount] != "" {
		answers[keyWay], answers[keyProve] = wayFile, slices.Contains(list, customerScope)
		list = slices.DeleteFunc(list, func(s string) bool { return s == customerScope })
	}
	answers[keyScopes] = strings.Join(list, " ")
	return answers
}
