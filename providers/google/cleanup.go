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
func (Provider) Rests(settings map[string]string) []string {
	if settings[settingClient] == "" {
		return nil
	}
	return []string{settings[settingClient]}
}

// CleanUp lists what stays at Google. Source: Google Workspace Admin Help, 162106.
func (p Provider) CleanUp(c providers.Sibling, others []providers.Sibling) []providers.Left {
	client, customer := c.Settings[settingClient], c.Settings[settingCustomer]
	same := func(o providers.Sibling) bool { return o.Settings[settingClient] == client }
	list := []providers.Left{{
		ID: "delegation", Title: "The entry for domain-wide delegation",
		Text: "As super administrator, point to client ID " + client + " and choose Delete. It may take up to 24 hours to count, " +
			"and a second administrator may have to approve it.",
		Where: "Admin console of " + p.Organisation(c.Settings) + ", " + DelegationPath, Link: delegationPage, Command: client,
		Keep: providers.RestsToo(others, func(o providers.Sibling) bool { return same(o) && o.Settings[settingCustomer] == customer }),
	}}
	if account := c.Settings[settingAccount]; account != "" {
		list = append(list, providers.Left{
			ID: "account", Title: "The service account and its key", Keep: providers.RestsToo(others, same),
			Text:  "Delete the service account " + account + " in the project " + c.Settings[settingProject] + ", if nothing else uses it.",
			Where: "Google Cloud console, IAM and admin, Service accounts", Link: "https://console.cloud.google.com/iam-admin/serviceaccounts",
			Command: deleteAccount + account + ofProject + c.Settings[settingProject],
		})
	}
	return list
}

// The command that deletes a service account; [Provider.Recall] reads it.
const (
	deleteAccount = "gcloud iam service-accounts delete "
	ofProject     = " --project "
)

// Recall finds the client and the own service account in what [Provider.CleanUp]
// said.
func (Provider) Recall(tenant string, left []providers.Left) map[string]string {
	client := providers.Find(left, "delegation").Command
	if client == "" {
		return nil
	}
	command := providers.Find(left, "account").Command
	account, project, _ := strings.Cut(strings.TrimPrefix(command, deleteAccount), ofProject)
	return map[string]string{settingClient: client, settingCustomer: tenant, settingAccount: account, settingProject: project}
}

// Organisation is the domain of the mail address, and the customer ID.
func (Provider) Organisation(settings map[string]string) string {
	customer := settings[settingCustomer]
	if _, domain, ok := strings.Cut(settings[settingAddress], "@"); ok {
		return domain + " (" + customer + ")"
	}
	return customer
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
