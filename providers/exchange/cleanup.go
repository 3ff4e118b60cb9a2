package exchange

import (
	"strings"

	"fairlead/providers"
)

var (
	_ providers.Cleaner  = Provider{}
	_ providers.Prefills = Provider{}
)

// Rests is the server's name.
func (Provider) Rests(settings map[string]string) string {
	u, err := ParseURL(settings[settingURL])
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// CleanUp lists what was set up for a connector in Exchange and around it.
// Sources: Microsoft Learn, Remove-ManagementRoleAssignment and
// Set-WebServicesVirtualDirectory.
func (p Provider) CleanUp(c providers.Sibling, others []providers.Sibling) []providers.Left {
	host, account := p.Rests(c.Settings), c.Settings[settingSignIn]
	sameServer := providers.RestsToo(others, func(o providers.Sibling) bool { return p.Rests(o.Settings) == host })
	sameAccount := providers.RestsToo(others, func(o providers.Sibling) bool {
		return p.Rests(o.Settings) == host && strings.EqualFold(o.Settings[settingSignIn], account)
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
