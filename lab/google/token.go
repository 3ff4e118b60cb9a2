package google

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"

	"fairlead/lab/front"
)

const (
	tokenAddress = "https://" + tokenHost + "/token"
	grantType    = "urn:ietf:params:oauth:grant-type:jwt-bearer" // RFC 7523, section 2.1
	// tokenLife is how long access tokens are good.
	tokenLife = time.Hour
)

// token is an access token's meaning.
type token struct {
	customer *customer // nil for a token of the account itself
	user     *user
	scopes   []string
	expires  time.Time
}

// token is the token service.
func (g *Google) token(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path != "/token":
		http.Error(w, "LAB: the token service is at /token", http.StatusNotFound)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "LAB: the token service wants POST", http.StatusMethodNotAllowed)
		return
	case g.on("google-token-html"):
		front.Stray(w)
		return
	}
	if t := g.redeem(w, r.PostForm.Get("grant_type"), r.PostForm.Get("assertion")); t.code != "" {
		sendJSON(w, t.status(), map[string]string{"error": t.code, "error_description": t.description})
	}
}

// redeem answers with a token, or returns why there is none.
func (g *Google) redeem(w http.ResponseWriter, grant, text string) trouble {
	switch {
	case grant == "":
		return trouble{"", "invalid_request", "Required parameter is missing: grant_type"}
	case grant != grantType:
		return trouble{"", "unsupported_grant_type", "Invalid grant_type: " + grant}
	}
	a, t := g.judge(text)
	if t.code != "" {
		return t
	}
	if t, on := g.switched(); on {
		return t
	}
	issued := token{scopes: a.scopes, expires: g.clock().Add(tokenLife)}
	if a.subject != "" {
		if issued.customer, issued.user, t = g.impersonate(a); t.code != "" {
			return t
		}
	}
	name := "ya29." + base64.RawURLEncoding.EncodeToString([]byte(rand.Text()+rand.Text()+rand.Text()))
	g.tokens[name] = issued
	sendJSON(w, http.StatusOK, map[string]any{"access_token": name, "expires_in": int(tokenLife.Seconds()) - 1, "token_type": "Bearer"})
	return trouble{}
}

// impersonate says whom a token is for, or why there is none.
func (g *Google) impersonate(a assertion) (*customer, *user, trouble) {
	if !strings.Contains(a.subject, "@") {
		return nil, nil, impersonationInvalid
	}
	c := g.customerOf(a.subject)
	if c == nil {
		return nil, nil, notDelegated // a consumer account, or a domain without a Workspace
	}
	u := c.user(a.subject)
	switch {
	case u == nil && g.on("google-control-failed"):
		u = &c.users[0]
	case u == nil && slices.Contains(c.groups, a.subject):
		return nil, nil, notValidUser
	case u == nil:
		return nil, nil, unknownUser
	}
	granted, known := g.granted(c, a.account.clientID)
	missing := slices.ContainsFunc(a.scopes, func(s string) bool { return !slices.Contains(granted, s) })
	some := slices.ContainsFunc(a.scopes, func(s string) bool { return slices.Contains(granted, s) })
	switch {
	case !known:
		return nil, nil, notDelegated
	case missing && some:
		return nil, nil, accessDenied
	case missing:
		return nil, nil, clientUnauthorized
	}
	return c, u, trouble{}
}

// bearer returns what the token of a request to an API stands for. If it is
// none, it has answered.
func (g *Google) bearer(w http.ResponseWriter, r *http.Request, allowed ...string) (token, bool) {
	name, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	t, known := g.tokens[name]
	switch {
	case !bearer || !known || !g.clock().Before(t.expires) || g.on("google-token-refused"):
		apiError(w, http.StatusUnauthorized, "UNAUTHENTICATED", "authError", "Request had invalid authentication credentials. "+
			"Expected OAuth 2 access token, login cookie or other valid authentication credential.")
		return t, false
	case !slices.ContainsFunc(allowed, func(s string) bool { return slices.Contains(t.scopes, s) }):
		apiError(w, http.StatusForbidden, "PERMISSION_DENIED", "insufficientPermissions", "Request had insufficient authentication scopes.")
		return t, false
	}
	return t, true
}
