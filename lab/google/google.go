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
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
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

	mu        sync.Mutex
	active    map[string]bool // faults
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
		now: o.Now, propagation: o.Propagation, active: map[string]bool{}, tokens: map[string]token{},
		customers: sampleCustomers(), accounts: sampleAccounts(),
	}
	g.customers[0].delegations = []*delegation{{client: g.accounts[0].clientID, scopes: []string{MailScope, CustomerScope}}}
	return g
}

// Hosts lists the names under which Google answers.
func (g *Google) Hosts() []string { return []string{tokenHost, gmailHost, directoryHost, consoleHost} }

// maxRequest is more than any request here needs, in bytes.
const maxRequest = 64 << 10

// ServeHTTP answers for all hosts. A host may end in ".localhost", which is how
// a browser on this computer comes here without TLS.
func (g *Google) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := strings.ToLower(r.Host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(host, ".localhost")
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "LAB: the request cannot be read", http.StatusBadRequest)
		return
	}
	a := &answer{header: w.Header(), status: http.StatusOK}
	a.header.Set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
	a.header.Set("X-Content-Type-Options", "nosniff")
	g.answer(a, r, host)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes())
}

// answer is an answer that is sent when the lock is free again, so that a slow
// client holds nobody up.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

func (g *Google) answer(w http.ResponseWriter, r *http.Request, host string) {
	g.mu.Lock()
	defer g.mu.Unlock()
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
func (g *Google) on(fault string) bool { return g.active[fault] }

func sendJSON(w http.ResponseWriter, status int, object any) {
	body, err := json.MarshalIndent(object, "", "  ")
	if err != nil {
		panic(err) // a mistake in this package
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// stray answers with a page where JSON is expected, as a proxy does.
func stray(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte("<!DOCTYPE html><html><title>Sign in to the network (LAB)</title><p>LAB: a page from a proxy.</p></html>"))
}
