package google

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is something that can be wrong in Google's cloud.
type Fault struct {
	Name        string // stable, beginning with "google-"
	Title       string // a few words
	Explanation string // what happens, and what the client sees of it
}

// Faults lists every fault that [Google.Set] knows, by name.
func Faults() []Fault {
	list := otherFaults()
	for _, t := range switchable() {
		list = append(list, Fault{
			t.fault, "The token service says " + t.code,
			fmt.Sprintf("Every token is refused with %s: %s", t.code, t.description),
		})
	}
	slices.SortFunc(list, func(a, b Fault) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// otherFaults lists those that are not answers of the token service.
func otherFaults() []Fault {
	return []Fault{
		{"google-clock-skew", "The clocks differ", "Google's clock is two hours ahead: every assertion is refused with invalid_grant, Invalid JWT: Token must be a short-lived token."},
		{"google-scope-missing", "One scope is not authorised", "The last scope of every entry counts as not authorised."},
		{"google-propagation-slow", "What was authorised is known late", "The token service knows of a new entry after 15 minutes."},
		{"google-second-approval", "A second administrator has to approve", "The page for delegation keeps a new entry back until somebody else approves it there."},
		{"google-control-failed", "Tokens for people that do not exist", "The token service gives a token for any address of the domain."},
		{"google-token-html", "The token service answers with a page", "The token service answers 200 with HTML, as a proxy does."},
		{"google-token-refused", "The token is not accepted", "Gmail and the Directory API answer 401 to a token that was just given."},
		{"google-gmail-disabled", "The Gmail API is off in the project", "Gmail answers 403 accessNotConfigured."},
		{"google-gmail-off", "The person has no Gmail", "Gmail answers 400 failedPrecondition, Mail service not enabled."},
		{"google-mailbox-not-set-up", "The mailbox was never set up", "Gmail answers 400, Precondition check failed."},
		{"google-address-differs", "The mailbox has another address", "The profile names another address than the one that was asked for."},
		{"google-throttled", "Gmail wants a pause", "Gmail answers 429 rateLimitExceeded."},
		{"google-gmail-unavailable", "Gmail is not available", "Gmail answers 503 backendError."},
		{"google-directory-disabled", "The Admin SDK is off in the project", "The Directory API answers 403 accessNotConfigured."},
		{"google-not-admin", "The person is no administrator", "The Directory API answers 403, Not Authorized to access this resource/api."},
		{"google-customer-differs", "It is another customer", "The Directory API names another customer id."},
	}
}

// Known reports whether there is a fault of this name.
func Known(name string) bool {
	return slices.ContainsFunc(Faults(), func(f Fault) bool { return f.Name == name })
}

// Set switches a fault on or off, for requests from then on.
func (g *Google) Set(name string, on bool) error { return g.cloud.Set(name, on) }

// Active lists the faults that are on, by name.
func (g *Google) Active() []string { return g.cloud.Active() }
