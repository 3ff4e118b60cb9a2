package microsoft365

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"fairlead/oauth"
	"fairlead/secret"
)

// answers is a Graph that says what it is told to, by path and query.
type answers func(r *http.Request) (status int, body string, header http.Header)

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body, header := a(r)
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func graphOf(a answers) *graph {
	return &graph{&http.Client{Transport: a}, "graph.microsoft.com", secret.New("token-of-the-test")}
}

// TestListsEndAtTheirHost: the token goes nowhere else, and a list has an end.
func TestListsEndAtTheirHost(t *testing.T) {
	for name, next := range map[string]string{
		"another host": "https://graph.example/v1.0/next", "without TLS": "http://graph.microsoft.com/v1.0/next",
		"with a name": "https://a@graph.microsoft.com/v1.0/next", "damaged": "https://graph.microsoft.com/%zz",
		"without an end": "https://graph.microsoft.com/v1.0/servicePrincipals/x/appRoleAssignments?$skiptoken=1",
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			g := graphOf(func(r *http.Request) (int, string, http.Header) {
				asked++
				if r.URL.Host != "graph.microsoft.com" {
					t.Errorf("%s was asked", r.URL.Host)
				}
				body, _ := json.Marshal(map[string]any{"value": []any{map[string]string{"appRoleId": "x"}}, "@odata.nextLink": next})
				return http.StatusOK, string(body), nil
			})
			if _, err := g.assignments(t.Context(), "x"); oauth.KindOf(err) != oauth.BadReply {
				t.Errorf("%v", err)
			}
			if asked > maxPages {
				t.Errorf("%d pages were read", asked)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		status       int
		body, cause  string
		after        string
		absent, pass bool
	}{
		{401, `{"error":{"code":"InvalidAuthenticationToken","message":"token-of-the-test"}}`, "sign-in-over", "", false, false},
		{403, `{"error":{"code":"Authorization_RequestDenied"}}`, "may-not-read", "", false, false},
		{404, `{"error":{"code":"Request_ResourceNotFound"}}`, "", "", true, false},
		{429, `{}`, "graph-busy", "7", false, true},
		{503, `[]`, "graph-busy", "999999999", false, true},
		{500, `{"error":{"code":"<script>"}}`, "", "x", false, false},
	} {
		g := graphOf(func(*http.Request) (int, string, http.Header) {
			return test.status, test.body, http.Header{"Retry-After": {test.after}, "Request-Id": {"abc-1"}}
		})
		_, err := g.principal(t.Context(), "x")
		after, pass := passing(err)
		if diagnose(err).Cause != test.cause || absent(err) != test.absent || pass != test.pass || after > time.Hour {
			t.Errorf("%d: %v, %q, %v", test.status, err, diagnose(err).Cause, after)
		}
		if e, ok := errors.AsType[*graphError](err); !ok || e.Request != "abc-1" || strings.Contains(err.Error(), "token-of") || strings.Contains(err.Error(), "<") {
			t.Errorf("%v", err)
		}
	}
}

// FuzzGraph reads whatever Graph may send.
func FuzzGraph(f *testing.F) {
	f.Add(200, `{"value":[{"appRoleId":"a","resourceId":"b"}]}`, "1")
	f.Add(200, `{"id":"i","appId":"x","accountEnabled":false}`, "")
	f.Add(200, `{"value":[{"consentType":"AllPrincipals","scope":" User.Read  x"}],"@odata.nextLink":"https://graph.microsoft.com/v1.0/x"}`, "")
	f.Add(429, `{"error":{"code":"TooManyRequests"}}`, "-5")
	f.Add(418, `null`, "1e9")
	f.Fuzz(func(t *testing.T, status int, body, after string) {
		g := graphOf(func(*http.Request) (int, string, http.Header) {
			return status, body, http.Header{"Retry-After": {after}}
		})
		p, err := g.principal(t.Context(), "x")
		if err == nil && (p.ID == "" || p.AppID == "") {
			t.Errorf("accepted %+v", p)
		}
		roles, _ := g.assignments(t.Context(), "x")
		scopes, _ := g.scopeGrants(t.Context(), "x")
		for _, one := range read(roles, scopes, nil) {
			if plain(one.String()) == "" && one.Name != "" && strings.TrimSpace(one.Name) != "" && one.Kind == "" {
				t.Errorf("%+v has no name", one)
			}
		}
		if wait, _ := passing(err); wait < 0 || wait > time.Hour {
			t.Errorf("waits %s", wait)
		}
	})
}
