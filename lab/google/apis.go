package google

import (
	"fmt"
	"net/http"
	"strings"
)

// apiError answers as Google's APIs do: with the status by number and by name,
// and the reason of the older form beside it.
func apiError(w http.ResponseWriter, status int, name, reason, message string) {
	sendJSON(w, status, map[string]any{"error": map[string]any{
		"code": status, "message": message, "status": name,
		"errors": []any{map[string]string{"message": message, "domain": "global", "reason": reason}},
	}})
}

// disabled answers for an API that the project has not enabled.
func disabled(w http.ResponseWriter, name, host string) {
	page := fmt.Sprintf("https://console.developers.google.com/apis/api/%s/overview?project=%s", host, project)
	message := fmt.Sprintf("%s has not been used in project %s before or it is disabled. Enable it by visiting %s then retry. "+
		"If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.", name, project, page)
	sendJSON(w, http.StatusForbidden, map[string]any{"error": map[string]any{
		"code": http.StatusForbidden, "message": message, "status": "PERMISSION_DENIED",
		"errors": []any{map[string]string{"message": message, "domain": "usageLimits", "reason": "accessNotConfigured"}},
		"details": []any{map[string]any{
			"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED", "domain": "googleapis.com",
			"metadata": map[string]string{"service": host, "consumer": "projects/" + project},
		}},
	}})
}

// gmail answers users.getProfile.
func (g *Google) gmail(w http.ResponseWriter, r *http.Request) {
	const auth = "https://www.googleapis.com/auth/gmail."
	rest, ok := strings.CutPrefix(r.URL.Path, "/gmail/v1/users/")
	who, ok2 := strings.CutSuffix(rest, "/profile")
	if !ok || !ok2 || r.Method != http.MethodGet {
		apiError(w, http.StatusNotFound, "NOT_FOUND", "notFound", "Requested entity was not found.")
		return
	}
	t, ok := g.bearer(w, r, MailScope, auth+"modify", auth+"compose", auth+"readonly", auth+"metadata")
	switch {
	case !ok:
	case g.on("google-gmail-disabled"):
		disabled(w, "Gmail API", gmailHost)
	case g.on("google-gmail-off") || t.user != nil && t.user.withoutGmail:
		apiError(w, http.StatusBadRequest, "FAILED_PRECONDITION", "failedPrecondition", "Mail service not enabled")
	case g.on("google-mailbox-not-set-up") || t.user == nil:
		apiError(w, http.StatusBadRequest, "FAILED_PRECONDITION", "failedPrecondition", "Precondition check failed.")
	case g.on("google-throttled"):
		apiError(w, http.StatusTooManyRequests, "RESOURCE_EXHAUSTED", "rateLimitExceeded", "Too many concurrent requests for user")
	case g.on("google-gmail-unavailable"):
		apiError(w, http.StatusServiceUnavailable, "UNAVAILABLE", "backendError", "The service is currently unavailable.")
	case who != "me" && !strings.EqualFold(who, t.user.address):
		apiError(w, http.StatusForbidden, "PERMISSION_DENIED", "forbidden", "Delegation denied for "+t.user.address)
	default:
		address := t.user.address
		if g.on("google-address-differs") {
			address = "a.ward@" + t.customer.domain
		}
		sendJSON(w, http.StatusOK, map[string]any{
			"emailAddress": address, "messagesTotal": t.user.messages, "threadsTotal": t.user.messages / 3, "historyId": "19120",
		})
	}
}

// directory answers customers.get.
func (g *Google) directory(w http.ResponseWriter, r *http.Request) {
	key, ok := strings.CutPrefix(r.URL.Path, "/admin/directory/v1/customers/")
	if !ok || r.Method != http.MethodGet {
		apiError(w, http.StatusNotFound, "NOT_FOUND", "notFound", "Resource Not Found: customer")
		return
	}
	t, ok := g.bearer(w, r, CustomerScope)
	switch {
	case !ok:
	case g.on("google-directory-disabled"):
		disabled(w, "Admin SDK API", directoryHost)
	case g.on("google-not-admin") || t.user == nil || !t.user.admin, key != "my_customer" && key != t.customer.id:
		apiError(w, http.StatusForbidden, "PERMISSION_DENIED", "forbidden", "Not Authorized to access this resource/api")
	default:
		id := t.customer.id
		if g.on("google-customer-differs") {
			id = "C012abc34"
		}
		sendJSON(w, http.StatusOK, map[string]any{
			"kind": "admin#directory#customer", "id": id, "customerDomain": t.customer.domain,
			"customerCreationTime": "2019-03-04T09:12:33.000Z", "alternateEmail": "it@contoso.example", "language": "en",
		})
	}
}
