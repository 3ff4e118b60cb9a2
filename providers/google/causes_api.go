package google

import (
	"errors"

	"fairlead/check"
)

// mailboxCauses are the answers of Gmail to the profile of a mailbox.
var mailboxCauses = append([]*cause{
	gmailDisabled, gmailOff, mailboxNotSetUp, tokenRefused, scopeTooSmall, mailboxForbidden, backendError, addressDiffers,
}, networkCauses...)

// switchedOff says that an API is not enabled in the project.
var switchedOff = either(said("accessNotConfigured", ""), said("SERVICE_DISABLED", ""))

var gmailDisabled = &cause{
	Code: "google-gmail-disabled", Title: "The Gmail API is off in the project {{.Project}}", Verdict: check.Fail,
	When:   switchedOff,
	Likely: []string{"a new project has all APIs switched off", "it was enabled a short while ago"},
	Remedy: "Enable it, and test again after some minutes:\n\n```\ngcloud services enable gmail.googleapis.com --project={{.Project}}\n```\n\n" +
		"Or on this page:\n\nhttps://console.developers.google.com/apis/api/gmail.googleapis.com/overview?project={{.Project}}",
}

var gmailOff = &cause{
	Code: "google-gmail-off", Title: "{{.Address}} has no Gmail", Verdict: check.Fail,
	When:   said("failedPrecondition", "mail service not enabled"),
	Likely: []string{"Gmail is off for the person's organisational unit", "the person has no licence with Gmail in it"},
	Remedy: "Choose somebody with a mailbox, or switch Gmail on in the Admin console: Apps, Google Workspace, Gmail, Service status; " +
		"and Directory, Users, Licenses.",
}

var mailboxNotSetUp = &cause{
	Code: "google-mailbox-not-set-up", Title: "The mailbox of {{.Address}} was never set up", Verdict: check.Fail,
	When:   said("failedPrecondition", "precondition check failed"),
	Likely: []string{"the person has never signed in to Gmail", "the account is new, and its mailbox is being made"},
	Remedy: "Sign in to Gmail as this person once, or choose somebody who uses Gmail.",
}

var tokenRefused = &cause{
	Code: "google-token-refused", Title: "The token that Google just gave is not accepted", Verdict: check.Fail,
	When: func(_ *test, err error) bool {
		r, ok := errors.AsType[*refusal](err)
		return ok && r.status == 401
	},
	Likely: []string{"the delegation was withdrawn at this moment", "a device in between takes the Authorization header away"},
	Remedy: "Test again. If it stays so, take gmail.googleapis.com and admin.googleapis.com out of TLS inspection.",
}

var scopeTooSmall = &cause{
	Code: "google-scope-too-small", Title: "The scopes do not allow to read the mailbox's profile", Verdict: check.Fail,
	When:   either(said("insufficientPermissions", ""), said("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "")),
	Likely: []string{"the client's entry has fewer scopes than it had a moment ago"},
	Remedy: authorise + "Test again after some minutes.",
}

var mailboxForbidden = &cause{
	Code: "google-mailbox-forbidden", Title: "Gmail does not let the client into the mailbox", Verdict: check.Fail,
	When: func(s *test, err error) bool {
		return forbidden(err) && check.Otherwise(gmailDisabled, scopeTooSmall, backendError)(s, err)
	},
	Likely: []string{"a rule for context-aware access, or API controls, keep the client out"},
	Remedy: "In the Admin console look at Security, Access and data control: API controls (App access control) and Context-Aware Access. " +
		"Trust this client:\n\n```\n{{.Client}}\n```",
}

var addressDiffers = &cause{
	Code: "google-address-differs", Title: "{{.Address}} is another address of {{.Mailbox}}", Verdict: check.Warn,
	When: func(s *test, err error) bool {
		return err == nil && subject(s.profile.Address) != subject(s.target.Address)
	},
	Likely: []string{"it is an alias; services that compare addresses may not find the mailbox"},
	Remedy: "Make the connector anew with the primary address `{{.Mailbox}}`.",
}

// customerCauses are the answers of the directory to the customer.
var customerCauses = append([]*cause{customerDiffers, tokenRefused, backendError, directoryDisabled, notAdmin}, networkCauses...)

var customerDiffers = &cause{
	Code: "google-customer-differs", Title: "{{.Address}} belongs to the customer {{.Found}}, not to {{.Customer}}", Verdict: check.Fail,
	When:   check.Met[*test](errOther),
	Likely: []string{"the customer ID is mistyped", "it is that of another organisation, such as a reseller's customer"},
	Remedy: "Use the ID that the Admin console shows under Account, Account settings, Profile, when you are signed in as an administrator of this domain:\n\n" + accountPage,
}

var directoryDisabled = &cause{
	Code: "google-directory-disabled", Title: "Customer ID recorded, not verified: the Admin SDK API is off", Verdict: check.Warn,
	When:   func(s *test, _ error) bool { return switchedOff(s, s.declined) },
	Likely: []string{"the project {{.Project}} has not enabled it"},
	Remedy: "The connector works without it. To prove the customer ID, enable it and test again after some minutes:\n\n" +
		"```\ngcloud services enable admin.googleapis.com --project={{.Project}}\n```",
}

var notAdmin = &cause{
	Code: "google-not-admin", Title: "Customer ID recorded, not verified: {{.Address}} is no administrator", Verdict: check.Warn,
	When:   func(s *test, _ error) bool { return forbidden(s.declined) && !switchedOff(s, s.declined) },
	Likely: []string{"only an administrator may read the customer"},
	Remedy: "The connector works without it. To prove the customer ID, make the connector with the address of an administrator who has a mailbox.",
}

// controlCauses explain why the control failed.
var controlCauses = append([]*cause{controlFailed, backendError}, networkCauses...)

var controlFailed = &cause{
	Code: "google-control-failed", Title: "A token was given for somebody who does not exist", Verdict: check.Fail,
	When:   check.Met[*test](errControl),
	Likely: []string{"it is not Google that answers, but something in between", "Google's check of addresses has a disturbance"},
	Remedy: "What the other checks say cannot be relied on. Test from another network, and save the report.",
}
