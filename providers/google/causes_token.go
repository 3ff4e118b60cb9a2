package google

import (
	"errors"
	"slices"

	"fairlead/check"
)

// tokenCauses are the answers of Google's token service, from its own table of
// errors and from what clients report. The first that applies counts.
var tokenCauses = append([]*cause{
	notDelegated, scopesNotDelegated, accessDenied, policyEnforced, clientMalformed, clientDeleted, clientDisabled, clientInternal,
	userUnknown, clockSkew, keyRevoked, accountDeleted, addressRefused, scopeUnknown, grantRefused, backendError,
}, networkCauses...)

// waits reports whether time, or another administrator, may mend what Google
// said: the delegation is not there yet.
func waits(err error) bool {
	return slices.ContainsFunc([]*cause{notDelegated, scopesNotDelegated, accessDenied}, func(c *cause) bool { return c.When(nil, err) })
}

// authorise says how to authorise the client, ready to be copied.
const authorise = "Open the page with the form filled in, compare it and press Authorize:\n\n[Domain-wide delegation]({{.Link}})\n\n" +
	"By hand: " + DelegationPath + ", Add new.\n\nClient ID:\n\n```\n{{.Client}}\n```\n\nOAuth scopes:\n\n```\n{{.Scopes}}\n```\n\n"

var notDelegated = &cause{
	Code: "google-not-delegated", Title: "The client is not authorised in the domain of {{.Address}}", Verdict: check.Fail,
	When: said("unauthorized_client", "unauthorized client or scope"),
	Likely: []string{
		"it was authorised a short while ago: Google usually needs minutes, at times up to 24 hours",
		"a second super administrator has yet to approve it",
		"it was authorised in another customer's Admin console, or not at all",
	},
	Remedy: authorise + "Test again after some minutes.",
}

var scopesNotDelegated = &cause{
	Code: "google-scopes-not-delegated", Title: "The client is not authorised for this scope", Verdict: check.Fail,
	When: func(s *test, err error) bool {
		return said("unauthorized_client", "")(s, err) && check.Otherwise(notDelegated)(s, err)
	},
	Likely: []string{
		"the scope is missing from the client's entry, or is written otherwise, as without its last slash",
		"it was authorised a short while ago: Google usually needs minutes, at times up to 24 hours",
		"the entry was made with the service account's address instead of its number, or for a group",
		"a second super administrator has yet to approve it",
	},
	Remedy: "Delete an entry that was made with an address. " + authorise + "Test again after some minutes.",
}

var accessDenied = &cause{
	Code: "google-access-denied", Title: "Access is denied for {{.Address}}", Verdict: check.Fail,
	When: said("access_denied", ""),
	Likely: []string{
		"one of the scopes is not authorised, or not known yet",
		"the Google service is switched off for this person (services not controlled individually)",
	},
	Remedy: authorise + "Then see under Apps, Additional Google services, whether access to services without individual control is on " +
		"for the person's organisational unit. Changes need up to 24 hours.",
}

var policyEnforced = &cause{
	Code: "google-policy-enforced", Title: "A policy of the organisation blocks the client", Verdict: check.Fail,
	When:   said("admin_policy_enforced", ""),
	Likely: []string{"API controls restrict Gmail to apps that are trusted"},
	Remedy: "In the Admin console go to Security, Access and data control, API controls, App access control. " +
		"Configure a new app with this client ID and set it to Trusted:\n\n```\n{{.Client}}\n```",
}

var clientMalformed = &cause{
	Code: "google-assertion-malformed", Title: "Google does not accept the client or its statement", Verdict: check.Fail,
	When:   said("invalid_client", ""),
	Likely: []string{"the key file and the service account do not belong together", "a device in between changed the request"},
	Remedy: "See that `{{.Account}}` has the number `{{.Client}}` in Google Cloud (IAM & Admin, Service Accounts). Then make a new JSON key and a new connector with it.",
}

var clientDeleted = &cause{
	Code: "google-client-deleted", Title: "The client was deleted", Verdict: check.Fail,
	When:   said("deleted_client", ""),
	Likely: []string{"somebody deleted the service account's client", "Google deleted it because it was not used for a long time"},
	Remedy: "Within 30 days it can be restored in Google Cloud (project `{{.Project}}`, APIs & Services, Credentials, Restore deleted credentials). " +
		"After that, make a new service account and authorise its number.",
}

var clientDisabled = &cause{
	Code: "google-client-disabled", Title: "The service account is disabled", Verdict: check.Fail,
	When:   said("disabled_client", ""),
	Likely: []string{"the service account or its key was disabled in Google Cloud"},
	Remedy: "Enable it:\n\n```\ngcloud iam service-accounts enable {{.Account}}\n```",
}

var clientInternal = &cause{
	Code: "google-client-internal", Title: "The client is restricted to its own organisation", Verdict: check.Fail,
	When:   said("org_internal", ""),
	Likely: []string{"the project `{{.Project}}` belongs to another organisation than {{.Address}}"},
	Remedy: "Use a service account from a project of the same organisation, or set the project's user type to External " +
		"(Google Auth platform, Audience).",
}

var userUnknown = &cause{
	Code: "google-user-unknown", Title: "Google does not know {{.Address}} as a person", Verdict: check.Fail,
	When: either(said("invalid_grant", "invalid email"), said("invalid_grant", "not a valid email"), said("invalid_grant", "user id")),
	Likely: []string{
		"the address is mistyped",
		"it is a group or an alias",
		"the person is suspended or was deleted",
	},
	Remedy: "In the Admin console under Directory, Users, look for the person, and use the primary address that stands there. " +
		"Make the connector anew with it.",
}

var keyRevoked = &cause{
	Code: "google-key-revoked", Title: "Google does not accept the key any more", Verdict: check.Fail,
	When:   said("invalid_grant", "invalid jwt signature"),
	Likely: []string{"the key was deleted, disabled or has expired", "the key is of another service account"},
	Remedy: "List the account's keys; the one in use has to be among them:\n\n```\ngcloud iam service-accounts keys list --iam-account={{.Account}}\n```\n\n" +
		"If it is not, make a new JSON key and a new connector with it.",
}

var accountDeleted = &cause{
	Code: "google-account-deleted", Title: "The service account does not exist any more", Verdict: check.Fail,
	When:   either(said("invalid_grant", "no valid verifier"), said("invalid_grant", "account not found")),
	Likely: []string{"`{{.Account}}` was deleted", "its project `{{.Project}}` was deleted or shut down"},
	Remedy: "Within 30 days it can be restored (its number is `{{.Client}}`):\n\n```\ngcloud iam service-accounts undelete {{.Client}}\n```\n\n" +
		"After that, make a new service account and authorise its number.",
}

var addressRefused = &cause{
	Code: "google-address-refused", Title: "Google does not take {{.Address}} for a mail address", Verdict: check.Fail,
	When:   said("invalid_request", "impersonation"),
	Likely: []string{"the address is mistyped, or holds characters that Google does not allow"},
	Remedy: "Use the primary address of the person, as it stands in the Admin console under Directory, Users.",
}

var scopeUnknown = &cause{
	Code: "google-scope-unknown", Title: "Google does not know a scope", Verdict: check.Fail,
	When:   said("invalid_scope", ""),
	Likely: []string{"the scope is misspelt, or Google has withdrawn it"},
	Remedy: "Copy the scopes from the service's console once more and make the connector anew. For mail it is:\n\n```\n" + MailScope + "\n```",
}

var grantRefused = &cause{
	Code: "google-grant-refused", Title: "Google refuses and does not say why", Verdict: check.Fail,
	When: func(s *test, err error) bool {
		return said("invalid_grant", "")(s, err) && check.Otherwise(userUnknown, clockSkew, keyRevoked, accountDeleted)(s, err)
	},
	Likely: []string{
		"the person is suspended, or has never signed in",
		"the key or the service account was changed a short while ago",
	},
	Remedy: "Test again after some minutes. Then see in the Admin console whether {{.Address}} is active, and in Google Cloud whether " +
		"the key of `{{.Account}}` is.",
}

var backendError = &cause{
	Code: "google-backend-error", Title: "Google has a disturbance", Verdict: check.Fail,
	When: func(_ *test, err error) bool {
		r, ok := errors.AsType[*refusal](err)
		return ok && (r.status >= 500 || r.is("internal_failure", "") || r.status == 429 || r.is("rateLimitExceeded", ""))
	},
	Likely: []string{"Google's service is overloaded or down", "too much was asked for this person within a short time"},
	Remedy: "Test again after some minutes. Google's own word on disturbances is at https://www.google.com/appsstatus",
}
