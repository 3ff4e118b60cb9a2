package lab

import (
	"net/http"
	"strings"

	"github.com/google/uuid"
)

// authenticationFaults are those of the account and its sign-in.
func authenticationFaults() []fault {
	return []fault{{
		Fault: Fault{
			"basic-not-offered", "Basic sign-in is not offered",
			"EWS offers Negotiate and NTLM alone, as after set-up. Credentials sent with Basic are not even looked at.",
		},
		change: func(w *world) {
			w.schemes = without(w.schemes, func(line string) bool { return strings.HasPrefix(line, "Basic") })
		},
	}, {
		Fault: Fault{
			"sign-in-refused", "The password is wrong",
			"The account has another password: every sign-in is answered 401 and counts towards a lock-out.",
		},
		change: func(w *world) { w.service().credential = newCredential(uuid.NewString()) },
	}, {
		Fault: Fault{
			"sign-in-name-form", "The mail address is no sign-in name",
			"The account's user principal name differs from its mail address: DOMAIN\\user signs in, the address does not.",
		},
		change: func(w *world) { w.service().principal = "svc-fairlead@corp." + domain },
	}, {
		Fault: Fault{
			"local-upn", "The user principal name ends in .local",
			"The account's user principal name is svc-fairlead@contoso.local, which means nothing outside.",
		},
		change: func(w *world) { w.service().principal = "svc-fairlead@contoso.local" },
	}, {
		Fault: Fault{
			"account-locked", "The account is locked out",
			"Every sign-in is answered 401, with a text that says so.",
		},
		change: func(w *world) { w.service().locked = true },
	}, {
		Fault: Fault{
			"legacy-auth-blocked", "A policy blocks passwords for EWS",
			"The password is right, but an authentication policy allows modern authentication alone: 401, marked by the back end.",
		},
		change: func(w *world) {
			w.service().blocked = true
			w.schemes = append(w.schemes, bearer)
		},
	}, {
		Fault: Fault{
			"extended-protection", "NTLM wants a channel binding",
			"Extended Protection is set to Require: NTLM succeeds only if the client ties its proof to the server's " +
				"certificate. Basic is not concerned.",
		},
		change: func(w *world) { w.bindingRequired = true },
	}, {
		Fault: Fault{
			"access-policy-denied", "EWS is not allowed for this account or program",
			"The sign-in succeeds and EWS answers 403, as with EwsEnabled or EwsApplicationAccessPolicy.",
		},
		change: afterSignIn(func(v *visit) {
			v.signBackEnd(http.StatusForbidden)
			v.end(http.StatusForbidden)
		}),
	}, {
		Fault: Fault{
			"password-expired", "The password has expired",
			"The sign-in succeeds and EWS answers ErrorPasswordExpired.",
		},
		change: func(w *world) {
			w.refuse = &soapFault{code: "ErrorPasswordExpired", text: "The password for the account has expired."}
		},
	}, {
		Fault: Fault{
			"password-expires-soon", "The password ends soon",
			"The sign-in works. GetPasswordExpirationDate names a day in five days.",
		},
		change: func(w *world) { w.service().expires = w.lab.now().Add(5*day + day/2) },
	}, {
		Fault: Fault{
			"tls-bridged", "TLS is opened in front of Exchange",
			"A load balancer shows another certificate than Exchange has: NTLM succeeds unless the client ties its proof to the " +
				"certificate that it sees. Basic is not concerned.",
		},
		change: func(w *world) { w.bridged = true },
	}, {
		Fault: Fault{
			"not-a-domain-account", "The account is not of the domain",
			"The sign-in succeeds and EWS answers ErrorCallerIsInvalidADAccount, as for a local account.",
		},
		change: func(w *world) {
			w.refuse = &soapFault{
				code: "ErrorCallerIsInvalidADAccount", text: "The caller is not a valid account of Active Directory.",
			}
		},
	}}
}

// bearer is the challenge of a server with modern authentication.
const bearer = `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", ` +
	`trusted_issuers="00000001-0000-0000-c000-000000000000@*", ` +
	`token_types="app_asserted_user_v1 service_asserted_app_v1", ` +
	`authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"`
