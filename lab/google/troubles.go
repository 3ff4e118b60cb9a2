package google

import "net/http"

// trouble is an answer of the token service that is no token. Fault is the name
// under which it can be switched on, if it can.
type trouble struct{ fault, code, description string }

// The troubles that a request earns for itself. Their texts are those of
// Google's table of errors, and of what clients report.
var (
	notDelegated         = trouble{"google-not-delegated", "unauthorized_client", "Unauthorized client or scope in request."}
	clientUnauthorized   = trouble{"google-scopes-not-delegated", "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."}
	accessDenied         = trouble{"google-access-denied", "access_denied", "Requested client not authorized."}
	unknownUser          = trouble{"google-user-unknown", "invalid_grant", "Invalid email or User ID"}
	notValidUser         = trouble{"google-user-not-valid", "invalid_grant", "Not a valid email or user ID."}
	noVerifier           = trouble{"google-account-deleted", "invalid_grant", "Invalid JWT: No valid verifier found for issuer"}
	badSignature         = trouble{"google-key-revoked", "invalid_grant", "Invalid JWT Signature."}
	badScope             = trouble{"google-scope-unknown", "invalid_scope", "Invalid OAuth scope or ID token audience provided."}
	impersonationInvalid = trouble{"google-address-refused", "invalid_request", "Invalid impersonation prn email address."}
	malformed            = trouble{"google-assertion-malformed", "invalid_client", "The assertion is not a JWT that is signed with RS256."}
	wrongAudience        = trouble{"", "invalid_grant", "Invalid JWT: Failed audience check. The right audience is " + tokenAddress}
	notShortLived        = trouble{
		"", "invalid_grant",
		"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
	}
)

// switchable lists the troubles that can be switched on.
func switchable() []trouble {
	return []trouble{
		notDelegated, clientUnauthorized, accessDenied, unknownUser, notValidUser, noVerifier, badSignature, badScope,
		impersonationInvalid, malformed,
		{"google-policy-enforced", "admin_policy_enforced", "The policy of the organisation does not let this client use one of the scopes."},
		{"google-client-deleted", "deleted_client", "The OAuth client was deleted."},
		{"google-client-disabled", "disabled_client", "The OAuth client was disabled."},
		{"google-client-internal", "org_internal", "This client is restricted to users within its organization."},
		{"google-grant-refused", "invalid_grant", "Bad Request"},
		{"google-backend-error", "internal_failure", "Backend Error"},
	}
}

func (t trouble) status() int {
	switch t.code {
	case "unauthorized_client", "invalid_client", "deleted_client", "disabled_client":
		return http.StatusUnauthorized
	case "access_denied", "admin_policy_enforced", "org_internal":
		return http.StatusForbidden
	case "internal_failure":
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// switched returns the first trouble that is switched on.
func (g *Google) switched() (trouble, bool) {
	for _, t := range switchable() {
		if g.on(t.fault) {
			return t, true
		}
	}
	return trouble{}, false
}
