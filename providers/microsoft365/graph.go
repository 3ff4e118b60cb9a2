package microsoft365

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fairlead/network"
	"fairlead/oauth"
	"fairlead/providers"
	"fairlead/secret"
)

// graph reads Microsoft Graph v1.0 with the token of somebody who signed in.
// It only ever reads.
type graph struct {
	web   *http.Client
	host  string // of the cloud's Graph
	token secret.Secret
}

func newGraph(n *network.Network, host string, token secret.Secret) *graph {
	return &graph{web: oauth.NewWeb(n), host: host, token: token}
}

// principal is an application in a tenant (Graph: servicePrincipal).
type principal struct {
	ID      string `json:"id"`
	AppID   string `json:"appId"`
	Name    string `json:"displayName"`
	Enabled *bool  `json:"accountEnabled"`
	Owner   string `json:"appOwnerOrganizationId"` // the tenant where it is registered
}

// assignment is an application permission that a principal has (Graph:
// appRoleAssignment).
type assignment struct {
	Role     string `json:"appRoleId"`
	Resource string `json:"resourceId"` // the id of the resource's principal
	Name     string `json:"resourceDisplayName"`
	Created  string `json:"createdDateTime"` // RFC 3339; it may be missing
}

// scopeGrant are the delegated permissions that a principal has on one
// resource (Graph: oAuth2PermissionGrant).
type scopeGrant struct {
	Consent  string `json:"consentType"` // AllPrincipals, or Principal for one person alone
	Resource string `json:"resourceId"`
	Scope    string `json:"scope"` // names with spaces between
}

// graphError is a refusal by Graph.
type graphError struct {
	Status  int
	Code    string // such as Authorization_RequestDenied
	Request string // request-id, for Microsoft's support
	After   time.Duration
}

func (e *graphError) Error() string {
	text := fmt.Sprintf("Microsoft Graph answered %d %s", e.Status, e.Code)
	if e.Request != "" {
		text += " (request-id " + e.Request + ")"
	}
	return text
}

// absent reports whether an error says that there is no such thing.
func absent(err error) bool {
	e, ok := errors.AsType[*graphError](err)
	return ok && e.Status == http.StatusNotFound
}

// passing reports whether an error may be gone when asked again, and how long
// Graph wants to be left alone.
func passing(err error) (after time.Duration, ok bool) {
	e, is := errors.AsType[*graphError](err)
	if !is || e.Status != http.StatusTooManyRequests && e.Status != http.StatusServiceUnavailable {
		return 0, false
	}
	return e.After, true
}

// principal looks an application up by its client id.
func (g *graph) principal(ctx context.Context, appID string) (principal, error) {
	var p principal
	address := g.address("servicePrincipals(appId='"+url.PathEscape(appID)+"')", "id,appId,displayName,accountEnabled,appOwnerOrganizationId")
	if err := g.read(ctx, address, &p); err != nil {
		return principal{}, err
	}
	if p.ID == "" || !strings.EqualFold(p.AppID, appID) {
		return principal{}, badReply(g.host + " answered for another application than the one that was asked for")
	}
	return p, nil
}

func (g *graph) assignments(ctx context.Context, id string) ([]assignment, error) {
	return list[assignment](ctx, g, g.address("servicePrincipals/"+url.PathEscape(id)+"/appRoleAssignments", ""))
}

func (g *graph) scopeGrants(ctx context.Context, id string) ([]scopeGrant, error) {
	return list[scopeGrant](ctx, g, g.address("servicePrincipals/"+url.PathEscape(id)+"/oauth2PermissionGrants", ""))
}

func (g *graph) address(path, fields string) string {
	address := "https://" + g.host + "/v1.0/" + path
	if fields != "" {
		address += "?$select=" + fields
	}
	return address
}

// maxPages bounds how many pages of a list are read: more permissions than fit
// on them has nobody.
const maxPages = 50

// list reads a list to its end, page by page. The next page's address comes
// from outside: the token goes to Graph's own host alone.
func list[T any](ctx context.Context, g *graph, address string) ([]T, error) {
	var all []T
	for range maxPages {
		var page struct {
			Value []T    `json:"value"`
			Next  string `json:"@odata.nextLink"`
		}
		if err := g.read(ctx, address, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Value...)
		if page.Next == "" {
			return all, nil
		}
		next, err := url.Parse(page.Next)
		if err != nil || next.Scheme != "https" || next.Host != g.host || next.User != nil {
			return nil, badReply(g.host + " continues a list on another host")
		}
		address = page.Next
	}
	return nil, badReply(g.host + " sends a list without an end")
}

func (g *graph) read(ctx context.Context, address string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return badReply("Microsoft Graph's address cannot be used")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Authorization", "Bearer "+g.token.Reveal())
	resp, err := g.web.Do(req)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case oauth.KindOf(err) != "":
		return err // what came is not what Graph sends
	case err != nil:
		return &oauth.Error{Kind: oauth.Unreachable, Text: g.host + " could not be reached: " + err.Error()}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return badReply(g.host + " did not finish its answer, or it is too long")
	}
	if resp.StatusCode != http.StatusOK {
		return refused(resp, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return badReply(g.host + " answered in a form that cannot be read")
	}
	return nil
}

// refused reads a refusal. Its message is foreign text that says nothing which
// code and status do not.
func refused(resp *http.Response, body []byte) error {
	var reply struct {
		Error struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	_ = json.Unmarshal(body, &reply) // what cannot be read has no code
	e := &graphError{Status: resp.StatusCode, Code: word(reply.Error.Code), Request: word(resp.Header.Get("request-id"))}
	if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 {
		e.After = time.Duration(min(seconds, 3600)) * time.Second
	}
	return e
}

// word keeps a foreign text if it is one plain word.
func word(text string) string {
	if len(text) > 80 || strings.Trim(text, providers.HostLetters+".") != "" {
		return ""
	}
	return text
}

func badReply(text string) error { return &oauth.Error{Kind: oauth.BadReply, Text: text} }
