package exchange

import (
	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

var _ providers.Permits = Provider{}

// role is the management role that lets an account act for others.
const role = "ApplicationImpersonation"

// Permissions are the one role that every service needs. Which mailboxes its
// assignment covers is not to be seen through EWS: a command tells. Source:
// Microsoft Learn, Get-ManagementRoleAssignment.
func (Provider) Permissions(settings map[string]string, asked []providers.Asked, last *check.Report) providers.Permissions {
	account, mailbox := settings[settingSignIn], settings[settingMailbox]
	p := providers.Permission{
		Name: role, Title: "Act for other people's mailboxes (application impersonation)", Kind: "management role of Exchange",
		Reason: providers.Reasons(asked, "", func(p assets.Permission) bool { return p.Name == role }),
		State:  providers.Unverified, Seen: "No test has looked.",
	}
	if last != nil {
		p.State, p.Seen = proven(*last, mailbox)
	}
	return providers.Permissions{
		Holder: account, List: []providers.Permission{p}, Where: "Exchange Management Shell",
		Scope: "Every mailbox that the role's assignment covers: all of the organisation, unless it was given a scope. " +
			"Which that is cannot be seen from here; the command shows it.",
		Command: "Get-ManagementRoleAssignment -Role " + role + " -RoleAssignee " + quoted(account) +
			" | Format-List Name, RecipientWriteScope, CustomRecipientWriteScope, WhenCreated",
	}
}

// proven says what a test saw of the role.
func proven(r check.Report, mailbox string) (providers.PermissionState, string) {
	for _, c := range r.Checks {
		if c.ID != impersonationCheck.ID {
			continue
		}
		if c.Verdict == check.Pass && mailbox != "" {
			return providers.Granted, "The last test opened the inbox of " + mailbox + " with it."
		}
		for _, d := range c.Diagnoses {
			if d.Code == impersonationDenied.Code {
				return providers.Missing, "The last test was not let into the mailbox " + mailbox + ": the account lacks the role, or its scope leaves that mailbox out."
			}
		}
	}
	return providers.Unverified, "The last test did not come as far as to use it."
}
