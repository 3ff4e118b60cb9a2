package exchange

import (
	"strings"

	"fairlead/providers"
)

var (
	_ providers.Cleaner  = Provider{}
	_ providers.Prefills = Provider{}
)

// Rests is the server's name, and the account.
func (Provider) Rests(settings map[string]string) []string {
	var rests []string
	for _, text := range []string{hostOf(settings), settings[settingSignIn]} {
		if text != "" {
			rests = append(rests, text)
		}
	}
	return rests
}

func hostOf(settings map[string]string) string {
	u, err := ParseURL(settings[settingURL])
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// CleanUp lists what was set up for a connector in Exchange and around it.
// An account of the same name is the same one on the same server or in the same
// organisation, which may move to another server. Sources: Microsoft Learn,
// Remove-ManagementRoleAssignment and Set-WebServicesVirtualDirectory.
func (Provider) CleanUp(c providers.Sibling, others []providers.Sibling) []providers.Left {
	host, account, organisation := hostOf(c.Settings), c.Settings[settingSignIn], domain(c.Settings[settingAddress])
	there := func(o providers.Sibling) bool { return host != "" && hostOf(o.Settings) == host }
	sameServer := providers.RestsToo(others, there)
	sameAccount := providers.RestsToo(others, func(o providers.Sibling) bool {
		return strings.EqualFold(o.Settings[settingSignIn], account) &&
			(there(o) || organisation != "" && domain(o.Settings[settingAddress]) == organisation)
	})
	return []providers.Left{
		{
			ID: "impersonation", Title: "The role assignment for impersonation", Keep: sameAccount,
			Text:  "While it is there, " + account + " may read every mailbox in its scope. Look at what the first line lists before the second one removes it.",
			Where: "Exchange Management Shell", Command: "Get-ManagementRoleAssignment -Role ApplicationImpersonation -RoleAssignee " + quoted(account) + " | Format-List Name, Role\n" +
				"Get-ManagementRoleAssignment -Role ApplicationImpersonation -RoleAssignee " + quoted(account) + " | Remove-ManagementRoleAssignment",
		},
		{
			ID: "account", Title: "The service account", Keep: sameAccount,
			Text: "Disable " + account + ", or give it another password, if nothing else signs in with it.", Where: "Active Directory Users and Computers",
		},
		{
			ID: "firewall", Title: "The firewall rule", Keep: sameServer,
			Text:  "Close port 443 of " + host + " for the services' addresses, if nothing else of theirs comes in that way.",
			Where: "Your firewall, and the rule of the load balancer or reverse proxy in front of Exchange",
		},
		{
			ID: "basic", Title: "Basic authentication of EWS", Keep: sameServer,
			Text:  "Turn it off if nothing else needs it: older programs, scanners and monitoring may. Then recycle the application pool MSExchangeServicesAppPool.",
			Where: "Exchange Management Shell", Command: "Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -BasicAuthentication $false",
		},
	}
}

// Recall finds the server and the account in what [Provider.CleanUp] said.
func (Provider) Recall(tenant string, left []providers.Left) map[string]string {
	host := providers.Between(providers.Find(left, "firewall").Text, "Close port 443 of ", " for the services' addresses")
	account := providers.Between(providers.Find(left, "impersonation").Text, "While it is there, ", " may read every mailbox")
	if host == "" || account == "" {
		return nil
	}
	return map[string]string{settingURL: "https://" + host + servicePath, settingSignIn: account, settingAddress: "@" + tenant}
}

// Organisation is the mail domain.
func (Provider) Organisation(settings map[string]string) string {
	return domain(settings[settingAddress])
}

// Prefill returns the answers that come to these settings.
func (Provider) Prefill(settings map[string]string) map[string]any {
	answers := map[string]any{
		keyAddress: settings[settingAddress], keyURL: settings[settingURL], keyMode: settings[settingMode], keyMailbox: settings[settingMailbox],
	}
	if settings[settingSignIn] != settings[settingAddress] {
		answers[keySignIn] = settings[settingSignIn]
	}
	return answers
}
