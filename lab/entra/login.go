package entra

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"
)

// visit is one request to a host of sign-in.
type visit struct {
	*Entra
	w         http.ResponseWriter
	r         *http.Request
	host      string // of sign-in
	authority string // which tenant, as the address says
	tenant    *tenant
	form      url.Values // of the query and the body
	app       *application
	user      *user

	trace, correlation string
}

// login answers a request to a host of sign-in.
func (e *Entra) login(w http.ResponseWriter, r *http.Request, host string) {
	v := &visit{Entra: e, w: w, r: r, host: host, trace: uuid.NewString(), correlation: uuid.NewString()}
	if id := r.Header.Get("client-request-id"); id != "" {
		v.correlation = id
	}
	w.Header().Set("x-ms-request-id", v.trace)
	v.form = r.Form
	authority, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	v.authority, v.tenant = authority, e.tenant(authority)
	answer, known := map[string]struct {
		method string // empty: GET and POST
		run    func()
	}{
		"v2.0/.well-known/openid-configuration": {http.MethodGet, v.configuration},
		".well-known/openid-configuration":      {http.MethodGet, v.configuration},
		"discovery/v2.0/keys":                   {http.MethodGet, v.publishedKeys},
		"oauth2/v2.0/authorize":                 {"", v.authorize},
		"oauth2/v2.0/token":                     {http.MethodPost, v.token},
		"oauth2/v2.0/devicecode":                {http.MethodPost, v.deviceCode},
		"oauth2/deviceauth":                     {"", v.devicePage},
		"v2.0/adminconsent":                     {"", func() { v.adminConsent(true) }},
		"adminconsent":                          {"", func() { v.adminConsent(false) }},
	}[rest]
	switch {
	case !known:
		v.page(http.StatusNotFound, "notfound", nil)
	case answer.method != "" && r.Method != answer.method,
		answer.method == "" && r.Method != http.MethodGet && r.Method != http.MethodPost:
		http.Error(w, "LAB: "+r.Method+" is not for this address", http.StatusMethodNotAllowed)
	default:
		answer.run()
	}
}

// shared reports whether the authority is for all tenants.
func (v *visit) shared() bool {
	return v.authority == "common" || v.authority == "organizations" || v.authority == "consumers"
}

// misplaced says what is wrong with the authority at this host, if anything.
func (v *visit) misplaced() (trouble, bool) {
	if t, on := v.switched(atTenant); on {
		return t, true
	}
	switch {
	case v.shared():
		return trouble{}, false
	case v.tenant == nil:
		return v.trouble("90002"), true
	case v.tenant.cloud.Login == v.host:
		return trouble{}, false
	case v.federated():
		return v.trouble("90038"), true
	}
	return v.trouble("90002"), true
}

// federated reports whether the worldwide cloud knows the tenant though it is
// in another one. That is so for the clouds of the US government.
func (v *visit) federated() bool {
	return v.host == v.clouds[0].Login && v.tenant != nil && strings.HasSuffix(v.tenant.cloud.Login, ".us")
}

// describe is the description of a trouble, as in error_description.
func (v *visit) describe(t trouble) string {
	tenant, cloud, redirect := v.authority, v.host, v.form.Get("redirect_uri")
	if v.tenant != nil {
		cloud = v.tenant.cloud.Login
	}
	app, user := v.form.Get("client_id"), "unknown"
	if v.user != nil {
		user = v.user.address
	}
	text := strings.NewReplacer(
		"{tenant}", tenant, "{cloud}", cloud, "{redirect}", redirect, "{app}", app, "{user}", user, "{resource}", v.resourceName(),
	).Replace(t.text)
	return fmt.Sprintf("AADSTS%s: %s Trace ID: %s Correlation ID: %s Timestamp: %s", t.code, text, v.trace, v.correlation, v.timestamp())
}

// resourceName is what the request is for, as far as an error's text goes.
func (v *visit) resourceName() string {
	if strings.Contains(v.form.Get("scope"), "outlook") {
		return "Office 365 Exchange Online"
	}
	return "Microsoft Graph"
}

func (v *visit) timestamp() string { return v.now().UTC().Format("2006-01-02 15:04:05Z") }

// refuse ends a request of a program with a trouble in JSON.
func (v *visit) refuse(t trouble) {
	v.json(t.status(), map[string]any{
		"error": t.oauth, "error_description": v.describe(t), "error_codes": []json.Number{json.Number(t.code)},
		"timestamp": v.timestamp(), "trace_id": v.trace, "correlation_id": v.correlation,
		"error_uri": "https://" + v.host + "/error?code=" + t.code,
	})
}

func (v *visit) json(status int, object any) { sendJSON(v.w, status, object) }

func sendJSON(w http.ResponseWriter, status int, object any) {
	body, err := json.Marshal(object)
	if err != nil {
		panic(err) // a mistake in this package
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
