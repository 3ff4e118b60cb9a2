package entra

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"fairlead/assets"
	"fairlead/lab/front"
)

// inquiry is one request to a host of Graph.
type inquiry struct {
	*Entra
	w      http.ResponseWriter
	r      *http.Request
	host   string
	tenant *tenant
}

// slowReplication is how long the fault of that name keeps Graph behind.
const slowReplication = 90 * time.Second

// graph answers Graph v1.0, as much of it as shows what was granted.
func (e *Entra) graph(w http.ResponseWriter, r *http.Request, host string) {
	q := &inquiry{Entra: e, w: w, r: r, host: host}
	w.Header().Set("request-id", uuid.NewString())
	switch {
	case e.on("graph-html"):
		front.Stray(w)
		return
	case e.on("graph-unavailable"):
		q.refuse(http.StatusServiceUnavailable, "ServiceUnavailable", "The service is temporarily unavailable.")
		return
	case e.on("graph-throttled"):
		w.Header().Set("Retry-After", "5")
		q.refuse(http.StatusTooManyRequests, "TooManyRequests", "Too many requests.")
		return
	case r.Method != http.MethodGet:
		q.refuse(http.StatusMethodNotAllowed, "Request_BadRequest", "The lab only reads.")
		return
	}
	if q.allowed() {
		q.route()
	}
}

var (
	byAppID = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^/v1\.0/servicePrincipals\(appId='([^']+)'\)((?:/\w+)?)$`)
	})
	byID = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^/v1\.0/servicePrincipals/([^/]+)((?:/\w+)?)$`)
	})
	filter = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^appId eq '([^']+)'$`)
	})
)

func (q *inquiry) route() {
	path := q.r.URL.Path
	if path == "/v1.0/organization" {
		q.organization()
		return
	}
	if path == "/v1.0/servicePrincipals" {
		q.search()
		return
	}
	if m := byAppID().FindStringSubmatch(path); m != nil {
		q.principal(func(p *principal) bool { return strings.EqualFold(p.appID, m[1]) }, m[1], m[2])
		return
	}
	if m := byID().FindStringSubmatch(path); m != nil {
		q.principal(func(p *principal) bool { return p.id == m[1] }, m[1], m[2])
		return
	}
	q.refuse(http.StatusBadRequest, "BadRequest", "Resource not found for the segment.")
}

// allowed checks the bearer token: signature, time, audience and scope.
func (q *inquiry) allowed() bool {
	token, bearer := strings.CutPrefix(q.r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return q.refuse(http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token is empty.")
	}
	claims, err := q.keys().verify(token)
	if err != nil {
		return q.refuse(http.StatusUnauthorized, "InvalidAuthenticationToken", "IDX14100: JWT is not well formed, or its signature is not valid.")
	}
	expires, _ := claims["exp"].(float64)
	audience, _ := claims["aud"].(string)
	tid, _ := claims["tid"].(string)
	scopes, _ := claims["scp"].(string)
	q.tenant = q.Entra.tenant(tid)
	switch {
	case !q.now().Before(time.Unix(int64(expires), 0)):
		return q.refuse(http.StatusUnauthorized, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
	case audience != "https://"+q.host || q.tenant == nil:
		return q.refuse(http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.")
	case q.on("graph-forbidden"), !slices.ContainsFunc(strings.Fields(scopes), func(s string) bool {
		return s == "Application.Read.All" || s == "Directory.Read.All"
	}):
		return q.refuse(http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
	}
	return true
}

// refuse answers with an error as Graph words it, and returns false.
func (q *inquiry) refuse(status int, code, message string) bool {
	sendJSON(q.w, status, map[string]any{"error": map[string]any{
		"code": code, "message": message,
		"innerError": map[string]string{
			"date": q.now().UTC().Format("2006-01-02T15:04:05"), "request-id": q.w.Header().Get("request-id"),
		},
	}})
	return false
}

// arrived reports whether Graph knows yet what happened at a time.
func (q *inquiry) arrived(since time.Time) bool {
	delay := q.replication
	if q.on("replication-slow") {
		delay = slowReplication
	}
	return !q.now().Before(since.Add(delay))
}

func (q *inquiry) organization() {
	sendJSON(q.w, http.StatusOK, q.fields("organization", map[string]any{"value": []any{map[string]any{
		"id": q.tenant.id, "displayName": q.tenant.name, "tenantType": "AAD",
		"verifiedDomains": []any{
			map[string]any{"name": q.tenant.initial(), "isDefault": false, "isInitial": true, "type": "Managed"},
			map[string]any{"name": q.tenant.domain, "isDefault": true, "isInitial": false, "type": "Managed"},
		},
	}}}))
}

// pageSize is the most that a list has on one page. That of the real Graph is
// 100; a client must follow @odata.nextLink whatever it is.
const pageSize = 2

// list sends a page of a list.
func (q *inquiry) list(context string, all []any) {
	query := q.r.URL.Query()
	size := pageSize
	if top, err := strconv.Atoi(query.Get("$top")); err == nil && top > 0 {
		size = min(top, 999)
	}
	start, err := strconv.Atoi(query.Get("$skiptoken"))
	if err != nil || start < 0 || start > len(all) {
		start = 0
	}
	end := min(start+size, len(all))
	object := map[string]any{"value": append([]any{}, all[start:end]...)}
	if end < len(all) {
		query.Set("$skiptoken", strconv.Itoa(end))
		next := url.URL{Scheme: "https", Host: q.host, Path: q.r.URL.Path, RawQuery: query.Encode()}
		object["@odata.nextLink"] = next.String()
	}
	sendJSON(q.w, http.StatusOK, q.fields(context, object))
}

// fields adds what every answer of Graph has.
func (q *inquiry) fields(context string, object map[string]any) map[string]any {
	object["@odata.context"] = "https://" + q.host + "/v1.0/$metadata#" + context
	return object
}

// named are the app roles or scopes of a resource, as Graph lists them.
func named(grants []assets.Grant, member string) []any {
	list := []any{}
	for _, g := range grants {
		list = append(list, map[string]any{
			"id": g.ID, "value": g.Name, "displayName": g.Display, "isEnabled": true, "allowedMemberTypes": []string{member},
		})
	}
	return list
}
