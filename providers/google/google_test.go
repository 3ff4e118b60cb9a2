package google

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fairlead/check"
	simulated "fairlead/lab/google"
	"fairlead/secret"
)

func TestDeclarations(t *testing.T) {
	b := newBench(t)
	s := newTest(b.net, b.target())
	for _, checks := range [][]check.Check[*test]{{recordedCheck}, ownChecks(b.target())} {
		if err := check.Validate(checks, s); err != nil {
			t.Error(err)
		}
	}
}

func TestEverythingIsProved(t *testing.T) {
	b := newBench(t)
	r := b.test(b.target())
	if r.Verdict() != check.Pass || r.Count(check.Pass) != len(r.Checks) {
		t.Errorf("%s\n%s", r.Headline(), text(r))
	}
	if got := result(t, r, "customer").Summary; !strings.Contains(got, simulated.CustomerID) {
		t.Errorf("the customer: %s", got)
	}
}

// TestEveryFault switches on each fault of the lab's Google: the diagnosis has
// its name, in the check that it belongs to.
func TestEveryFault(t *testing.T) {
	// What has another name than its fault, and why.
	names := map[string]string{
		"google-scope-missing":    "google-scopes-not-delegated",    // one of several
		"google-propagation-slow": "", "google-second-approval": "", // only what is authorised anew waits
		"google-user-not-valid": "google-user-unknown", // two texts for one thing
		"google-token-html":     "google-proxy-page", "google-throttled": "google-backend-error", "google-gmail-unavailable": "google-backend-error",
	}
	rows := map[string]string{
		"google-scope-missing": scopeID(customerScope), "google-clock-skew": "clock", "google-token-html": "reach", "google-control-failed": "control",
		"google-token-refused": "mailbox", "google-gmail-disabled": "mailbox", "google-gmail-off": "mailbox", "google-mailbox-not-set-up": "mailbox",
		"google-address-differs": "mailbox", "google-throttled": "mailbox", "google-gmail-unavailable": "mailbox",
		"google-directory-disabled": "customer", "google-not-admin": "customer", "google-customer-differs": "customer",
	}
	b := newBench(t)
	for _, f := range simulated.Faults() {
		t.Run(f.Name, func(t *testing.T) {
			if err := b.lab.Set(f.Name, true); err != nil {
				t.Fatal(err)
			}
			r := b.test(b.target())
			if err := b.lab.Set(f.Name, false); err != nil {
				t.Fatal(err)
			}
			want, other := names[f.Name]
			if !other {
				want = f.Name
			}
			row := rows[f.Name]
			if row == "" {
				row = "delegation"
			}
			worst := r.Worst()
			if want == "" {
				if worst != nil {
					t.Errorf("what was authorised long ago does not work: %s", text(r))
				}
				return
			}
			if worst == nil || worst.Cause() != want || worst.ID != row {
				t.Errorf("want %s of %s\n%s", want, row, text(r))
			}
		})
	}
}

// TestEveryAnswer holds the table of causes to the texts that Google documents,
// and to those that clients report.
func TestEveryAnswer(t *testing.T) {
	for _, c := range []struct {
		status                   int
		code, description, cause string
	}{
		{401, "unauthorized_client", "Unauthorized client or scope in request.", "google-not-delegated"},
		{401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.", "google-scopes-not-delegated"},
		{403, "access_denied", "Requested client not authorized.", "google-access-denied"},
		{400, "admin_policy_enforced", "", "google-policy-enforced"},
		{401, "invalid_client", "The OAuth client was not found.", "google-assertion-malformed"},
		{401, "deleted_client", "The OAuth client was deleted.", "google-client-deleted"},
		{401, "disabled_client", "The OAuth client was disabled.", "google-client-disabled"},
		{403, "org_internal", "This client is restricted to users within its organization.", "google-client-internal"},
		{400, "invalid_grant", "Not a valid email.", "google-user-unknown"},
		{400, "invalid_grant", "Invalid email or User ID", "google-user-unknown"},
		{400, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.", "google-clock-skew"},
		{400, "invalid_grant", "Invalid JWT Signature.", "google-key-revoked"},
		{400, "invalid_grant", "Invalid JWT: No valid verifier found for issuer", "google-account-deleted"},
		{400, "invalid_grant", "Invalid grant: account not found", "google-account-deleted"},
		{400, "invalid_grant", "Bad Request", "google-grant-refused"},
		{400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.", "google-scope-unknown"},
		{400, "invalid_request", "Invalid impersonation prn email address.", "google-address-refused"},
		{500, "internal_failure", "Backend Error", "google-backend-error"},
		{400, "internal_failure", "Backend Error", "google-backend-error"},
		{429, "rate_limit_exceeded", "Too many tries", "google-backend-error"},
	} {
		body, _ := json.Marshal(map[string]string{"error": c.code, "error_description": c.description})
		_, err := parseToken(reply{status: c.status, body: body}, secret.New("x"))
		if got := applying(tokenCauses, err); !slices.Equal(got, []string{c.cause}) {
			t.Errorf("%s, %s: %v, want %s alone", c.code, c.description, got, c.cause)
		}
	}
	const enable = "Gmail API has not been used in project 1 before or it is disabled."
	for _, c := range []struct {
		status                         int
		reason, message, detail, cause string
		causes                         []*cause
	}{
		{403, "accessNotConfigured", enable, "SERVICE_DISABLED", "google-gmail-disabled", mailboxCauses},
		{403, "forbidden", enable, "SERVICE_DISABLED", "google-gmail-disabled", mailboxCauses},
		{400, "failedPrecondition", "Mail service not enabled", "", "google-gmail-off", mailboxCauses},
		{400, "failedPrecondition", "Precondition check failed.", "", "google-mailbox-not-set-up", mailboxCauses},
		{401, "authError", "Invalid Credentials", "", "google-token-refused", mailboxCauses},
		{403, "insufficientPermissions", "Request had insufficient authentication scopes.", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "google-scope-too-small", mailboxCauses},
		{403, "forbidden", "Delegation denied for anna@contoso.example", "", "google-mailbox-forbidden", mailboxCauses},
		{403, "rateLimitExceeded", "Quota exceeded", "", "google-backend-error", mailboxCauses},
		{429, "rateLimitExceeded", "Too many concurrent requests for user", "", "google-backend-error", mailboxCauses},
		{503, "backendError", "The service is currently unavailable.", "", "google-backend-error", mailboxCauses},
		{404, "notFound", "Resource Not Found: customer", "", "", customerCauses},
	} {
		err := parseRefusal(reply{status: c.status, body: fmt.Appendf(nil,
			`{"error":{"code":%d,"message":%q,"status":"X","errors":[{"reason":%q}],"details":[{},{"reason":%q}]}}`, c.status, c.message, c.reason, c.detail)})
		want := []string{c.cause}
		if c.cause == "" {
			want = nil
		}
		if got := applying(c.causes, err); !slices.Equal(got, want) {
			t.Errorf("%d %s %s: %v, want %v alone", c.status, c.reason, c.message, got, want)
		}
	}
}

// applying lists the causes that apply to an error.
func applying(causes []*cause, err error) []string {
	var codes []string
	for _, c := range causes {
		if c.When(&test{}, err) {
			codes = append(codes, c.Code)
		}
	}
	return codes
}

func TestOfSeveralScopesTheMissingOneIsNamed(t *testing.T) {
	b := newBench(t)
	target := b.target()
	target.Scopes = append(target.Scopes, auth+"gmail.settings.sharing", auth+"gmail.not-a-scope")
	r := b.test(target)
	for id, cause := range map[string]string{
		"delegation": "", "scope-mail.google.com": "", "scope-admin.directory.customer.readonly": "", "mailbox": "", "customer": "", "control": "",
		"scope-gmail.settings.sharing": "google-scopes-not-delegated", "scope-gmail.not-a-scope": "google-scope-unknown",
	} {
		if got := result(t, r, id); got.Cause() != cause || (cause == "") != (got.Verdict == check.Pass) {
			t.Errorf("%s: %s %s, want %q", id, got.Verdict, got.Cause(), cause)
		}
	}
}

// TestPeople tests with addresses that are not those of somebody with a mailbox.
func TestPeople(t *testing.T) {
	b := newBench(t)
	for address, want := range map[string]string{
		simulated.Group: "google-user-unknown", "nobody@" + simulated.Domain: "google-user-unknown", simulated.NoMail: "google-gmail-off",
		simulated.Alias: "google-address-differs", "ADMIN@" + strings.ToUpper(simulated.Domain): "", "admin@fabrikam.example": "google-not-delegated",
		"anna@nowhere.example": "google-not-delegated", simulated.Mailbox: "google-not-admin",
	} {
		target := b.target()
		target.Address = address
		r := b.test(target)
		got := ""
		if worst := r.Worst(); worst != nil {
			got = worst.Cause()
		}
		if got != want {
			t.Errorf("%s: %q, want %q\n%s", address, got, want, text(r))
		}
	}
}

func TestTheServicesOwnClient(t *testing.T) {
	b := newBench(t)
	r := b.test(Target{Customer: simulated.CustomerID, Address: simulated.Mailbox, Client: simulated.ServiceClient, Scopes: []string{MailScope}})
	if r.Verdict() != check.Warn || len(r.Checks) != 1 || r.Checks[0].Cause() != "google-not-verified" || !strings.Contains(text(r), simulated.ServiceClient) {
		t.Errorf("%s", text(r))
	}
}

// TestWithoutTheCustomersScope says that the id was recorded and not verified.
func TestWithoutTheCustomersScope(t *testing.T) {
	b := newBench(t)
	target := b.target()
	target.Scopes = []string{MailScope}
	r := b.test(target)
	if c := result(t, r, "customer"); r.Verdict() != check.Pass || c.Verdict != check.Skip || !strings.Contains(c.Summary, "recorded, not verified") {
		t.Errorf("%s", text(r))
	}
	target.Scopes = []string{customerScope}
	if r := b.test(target); result(t, r, "mailbox").Verdict != check.Skip || r.Verdict() != check.Pass {
		t.Errorf("%s", text(r))
	}
}

func TestABrokenKeySendsNothing(t *testing.T) {
	b := newBench(t)
	for _, broken := range []secret.Secret{{}, secret.New("x"), secret.New("MIIB")} {
		target := b.target()
		target.Key = broken
		if r := b.test(target); result(t, r, "key").Cause() != "google-key-broken" || result(t, r, "delegation").Verdict != check.Skip {
			t.Errorf("%s", text(r))
		}
	}
}

// TestNothingSecretIsTold looks for the key and the tokens in the report, with
// every fault on that makes Google say something.
func TestNothingSecretIsTold(t *testing.T) {
	b := newBench(t)
	target := b.target()
	for _, fault := range []string{"", "google-key-revoked", "google-gmail-off"} {
		if fault != "" {
			if err := b.lab.Set(fault, true); err != nil {
				t.Fatal(err)
			}
		}
		said, err := json.Marshal(b.test(target))
		if err != nil {
			t.Fatal(err)
		}
		for _, hidden := range []string{target.Key.Reveal()[:40], "ya29.", "eyJ", "PRIVATE"} {
			if strings.Contains(string(said), hidden) {
				t.Errorf("with %q the report holds %q", fault, hidden)
			}
		}
	}
}
