// Package google is a simulated Google Workspace with as much of Google as
// shows what a service account may do: the token service, a mailbox's profile of
// Gmail, the customer of the Directory API, and the page of the Admin console
// where domain-wide delegation is authorised, under the hosts' real names. It is
// an http.Handler; the lab puts it behind those names.
//
// It is strict where the real one is: an assertion must be signed with a key of
// the account, meant for this token service, short-lived, and for a person of a
// customer that has authorised the account's client for every scope. What can go
// wrong is switched on by name; see [Faults].
//
// The wire formats are those of Google's documentation ("Using OAuth 2.0 for
// Server to Server Applications", users.getProfile of Gmail, customers.get of
// the Directory API). Texts of errors are those that clients report.
package google

import (
	"encoding/json"
	"net/http"
	"time"

	"fairlead/lab/front"
)

// The hosts.
const (
	tokenHost     = "oauth2.googleapis.com"
	gmailHost     = "gmail.googleapis.com"
	directoryHost = "admin.googleapis.com"
	consoleHost   = "admin.google.com"
)

// Options say what kind of Google to make. The zero value is a healthy one.
type Options struct {
	// Now is the clock; nil means time.Now. Assertions, tokens and propagation go
	// by it, so that a test can move it.
	Now func() time.Time
	// Propagation is how long the token service does not know what was authorised.
	Propagation time.Duration
}

// Google is the customers and service accounts. It may be used from any
// goroutine.
type Google struct {
	now         func() time.Time
	propagation time.Duration

	cloud     *front.Cloud // its lock guards what follows
	customers []*customer
	accounts  []*account
	tokens    map[string]token
}

// New makes a Google with sample customers and service accounts.
func New(o Options) *Google {
	if o.Now == nil {
		o.Now = time.Now
	}
	g := &Google{
		now: o.Now, propagation: o.Propagation, cloud: front.New("google", Known), tokens: map[string]token{},
		customers: sampleCustomers(), accounts: sampleAccounts(),
	}
	g.customers[0].delegations = []*delegation{{client: g.accounts[0].clientID, scopes: []string{MailScope, CustomerScope}}}
	return g
}

// Hosts lists the names under which Google answers.
func (g *Google) Hosts() []string { return []string{tokenHost, gmailHost, directoryHost, consoleHost} }

// ServeHTTP answers for all hosts.
func (g *Google) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.cloud.Serve(w, r, g.answer) }

func (g *Google) answer(w http.ResponseWriter, r *http.Request, host string) {
	w.Header().Set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Date", g.clock().UTC().Format(http.TimeFormat))
	switch host {
	case tokenHost:
		g.token(w, r)
	case gmailHost:
		g.gmail(w, r)
	case directoryHost:
		g.directory(w, r)
	case consoleHost:
		g.console(w, r)
	default:
		http.Error(w, "LAB: nothing of Google is called "+host, http.StatusMisdirectedRequest)
	}
}

// skew is how far the fault of that name puts Google's clock ahead.
const skew = 2 * time.Hour

// clock is the time as Google's servers believe it to be.
func (g *Google) clock() time.Time {
	if g.on("google-clock-skew") {
		return g.now().Add(skew)
	}
	return g.now()
}

// on reports whether a fault is on. The caller holds the lock, as everywhere
// below [Google.ServeHTTP].
func (g *Google) on(fault string) bool { return g.cloud.On(fault) }

func sendJSON(w http.ResponseWriter, status int, object any) {
	body, err := json.MarshalIndent(object, "", "  ")
	if err != nil {
		panic(err) // a mistake in this package
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
