package lab

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// signs are what a client sees of each fault and does not see in a healthy lab.
var signs = map[string][]string{
	"name-not-found":       {"lookup: [] lookup mail.contoso.example: no such host"},
	"private-address-only": {"lookup: [10.20.30.7 10.20.30.8]", "dial 10.20.30.7: <nil>"},
	"ipv6-broken":          {"lookup: [2001:db8::7 203.0.113.7", "dial 2001:db8::7: dial tcp [2001:db8::7]:443: context deadline exceeded"},
	"one-address-fails":    {"dial 203.0.113.8: dial tcp 203.0.113.8:443: connect: connection refused"},
	"port-refused":         {"dial 203.0.113.7: dial tcp 203.0.113.7:443: connect: connection refused"},
	"port-unreachable":     {"dial 203.0.113.7: dial tcp 203.0.113.7:443: context deadline exceeded"},

	"connection-reset": {"connection reset by peer"},
	"plain-http":       {"first record does not look like a TLS handshake", "http: server gave HTTP response to HTTPS client"},
	"proxy-in-the-way": {"heard \"HTTP/1.1 407 Proxy Authentication Required"},

	"tls-too-old":                 {"chain 203.0.113.7: remote error: tls: protocol version not supported"},
	"old-tls-on":                  {"old TLS: <nil>"},
	"tls-handshake-failed":        {"remote error: tls: handshake failure"},
	"client-certificate-required": {"remote error: tls: certificate required"},

	"certificate-expired":          {"-3 days left", "x509: certificate has expired or is not yet valid"},
	"certificate-not-yet-valid":    {"x509: certificate has expired or is not yet valid"},
	"certificate-expires-soon":     {" 9 days left"},
	"certificate-name-mismatch":    {"x509: certificate is valid for mail.fabrikam.example, autodiscover.fabrikam.example, not mail.contoso.example"},
	"certificate-common-name-only": {"names [],", "x509: certificate relies on legacy Common Name field"},
	"certificate-wrong-usage":      {"x509: certificate specifies an incompatible key usage"},
	"certificate-weak-key":         {"RSA 1024"},
	"certificate-weak-signature":   {"ECDSA-SHA1,", "cannot verify signature: insecure algorithm ECDSA-SHA1"},
	"certificate-chain-incomplete": {`1 sent, for "mail.contoso.example", issuer "Fairlead Lab Server CA 1"`, "system: x509: certificate signed by unknown authority"},
	"certificate-untrusted":        {`, issuer "Unknown Server CA"`, "system: x509: certificate signed by unknown authority"},
	"certificate-private-ca":       {"public: x509: certificate signed by unknown authority, system: <nil>"},
	"certificates-differ":          {`for "ex02.contoso.example"`},
	"certificate-self-signed":      {`issuer "mail.contoso.example"`, "system: x509: certificate signed by unknown authority"},
	"tls-inspected":                {`issuer "Contoso Web Gateway SSL Inspection CA"`, "public: x509: certificate signed by unknown authority, system: <nil>"},

	"forms-login":            {"anonymous: 302", "/owa/auth/logon.aspx?url="},
	"wrong-path":             {"anonymous: 404"},
	"https-required":         {"anonymous: 403", "403.4"},
	"service-unavailable":    {"anonymous: 503", "Server: Microsoft-HTTPAPI/2.0"},
	"application-error":      {"anonymous: 500", "Server Error in '/EWS' Application"},
	"request-too-large":      {"anonymous: 413"},
	"header-too-large":       {"sign-in: 400", "request headers is too long"},
	"body-altered":           {"sign-in: Content-Type: text/html"},
	"slow":                   {"sign-in: error", "deadline exceeded"},
	"clock-skew":             {"Date: Tue, 01 Dec 2026 12:11:00 GMT"},
	"server-outdated":        {"anonymous: X-Owa-Version: 15.1.2507.6", `MinorVersion="1" MajorBuildNumber="2507"`},
	"schema-version-unknown": {"sign-in: 500", ">a:ErrorInvalidServerVersion<"},
	"throttled":              {"sign-in: 500", "ErrorServerBusy", `<t:Value Name="BackOffMilliseconds">297749</t:Value>`},
	"directory-unavailable":  {"sign-in: 500", "ErrorADUnavailable"},

	"exchange-online-ews-off":    {`"Url":"https://outlook.office365.com/EWS/Exchange.asmx"`, "cloud: 403"},
	"exchange-online-basic-gone": {`"Url":"https://outlook.office365.com/EWS/Exchange.asmx"`, "cloud: 401", "cloud: Www-Authenticate: Bearer"},

	"builds-differ":                   {"second: X-Owa-Version: 15.2.2562.35"},
	"front-end-changes":               {"fresh: X-Feserver: EX02"},
	"front-end-changes-on-connection": {"sign-in: X-Feserver: EX02"},
	"some-connections-fail":           {`?Protocol=EWS": EOF`},

	"basic-not-offered":     {"anonymous: offers Negotiate, NTLM.", "sign-in: 401"},
	"front-end-hidden":      {"anonymous: by an unknown server"},
	"sign-in-refused":       {"sign-in: 401"},
	"sign-in-name-form":     {"by address: 401"},
	"local-upn":             {"by local name: 200"},
	"account-locked":        {"sign-in: 401", "currently locked out"},
	"legacy-auth-blocked":   {"anonymous: Www-Authenticate: Bearer", "sign-in: 401", "sign-in: X-Backendhttpstatus: 401"},
	"extended-protection":   {"ntlm: 401"},
	"access-policy-denied":  {"sign-in: 403"},
	"password-expired":      {"sign-in: 500", "ErrorPasswordExpired"},
	"password-expires-soon": {"<m:PasswordExpirationDate>2026-12-07T00:00:00Z<"},
	"tls-bridged":           {"bound ntlm: 401"},
	"not-a-domain-account":  {"sign-in: 500", "ErrorCallerIsInvalidADAccount"},

	"impersonation-denied":      {"impersonated: 500", ">a:ErrorImpersonateUserDenied<"},
	"account-without-mailbox":   {"ErrorMissingEmailAddress", "ErrorNameResolutionNoMailbox"},
	"own-mailbox-shut":          {"<m:ResponseCode>ErrorMailboxMoveInProgress<"},
	"mailbox-not-found":         {"impersonated: 500", ">a:ErrorNonExistentMailbox<", "ErrorNameResolutionNoResults"},
	"mailbox-in-cloud":          {"impersonated: 500", ">a:ErrorNonExistentMailbox<", "autodiscover: 302", "<t:MailboxType>Contact<"},
	"not-primary-address":       {"impersonated: 500", ">a:ErrorNonPrimarySmtpAddress<", `<t:Value Name="Primary">office.anna@contoso.example</t:Value>`},
	"mailbox-moving":            {"<m:ResponseCode>ErrorMailboxMoveInProgress<"},
	"mailbox-store-unavailable": {"<m:ResponseCode>ErrorMailboxStoreUnavailable<"},
	"routing-failed":            {"<m:ResponseCode>ErrorNoRespondingCASInDestinationSite<"},
	"unknown-anchor":            {"impersonated: 404", "impersonated: X-Caserrorcode: UserNotFound"},
}

// TestFaults looks at the lab under every fault, and at a healthy one.
func TestFaults(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) }
	healthy := newClient(t, start(t, Options{Now: now}), noAddr).transcript(time.Minute)
	for _, want := range []string{
		"dial 203.0.113.8: <nil>", "211 days left, public: <nil>, system: <nil>", "anonymous: 401", "sign-in: 200",
		"by address: 200", "impersonated: 200", "\nntlm: 200", "bound ntlm: 200", "protocol version not supported", "second: X-Feserver: EX02",
	} {
		if !strings.Contains(healthy, want) {
			t.Errorf("a healthy lab does not show %q in\n%s", want, healthy)
		}
	}
	for _, f := range Faults() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			patience := time.Minute
			if slices.Contains([]string{"slow", "ipv6-broken", "port-unreachable"}, f.Name) {
				patience = 200 * time.Millisecond // these never answer, or answer later
			}
			seen := newClient(t, start(t, Options{Now: now, Faults: []string{f.Name}}), noAddr).transcript(patience)
			if len(signs[f.Name]) == 0 {
				t.Errorf("no sign of this fault is known; it shows\n%s", seen)
			}
			for _, sign := range signs[f.Name] {
				if !strings.Contains(seen, sign) {
					t.Errorf("no %q in\n%s", sign, seen)
				}
				if strings.Contains(healthy, sign) {
					t.Errorf("a healthy lab shows %q too", sign)
				}
			}
		})
	}
}
