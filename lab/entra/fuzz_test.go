package entra

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzServe sends what nobody would send. The one thing to be sure of is that
// an answer comes, and that none leads to an address that is not registered.
func FuzzServe(f *testing.F) {
	e, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	e.keys = testKeys
	f.Add("contoso.example/oauth2/v2.0/authorize", "client_id="+Verifier+"&response_type=code&redirect_uri=http://localhost:1&scope=openid", "account=admin@contoso.example&action=accept")
	f.Add("contoso.example/oauth2/v2.0/token", "", "grant_type=authorization_code&code=x&client_id="+Verifier)
	f.Add("common/v2.0/adminconsent", "client_id="+Own+"&redirect_uri=http://127.0.0.1:9/callback/m365&scope=/", "action=back&account=user@contoso.example")
	f.Add("common/oauth2/deviceauth", "", "user_code=%00")
	f.Add("v1.0/servicePrincipals(appId='x')/y", "$top=-1&$skiptoken=9", "")
	f.Fuzz(func(t *testing.T, path, query, body string) {
		for _, host := range []string{"login.microsoftonline.com", "graph.microsoft.com"} {
			r := httptest.NewRequest(http.MethodPost, "https://"+host+"/", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.URL.Path, r.URL.RawQuery = "/"+path, query
			w := httptest.NewRecorder()
			e.ServeHTTP(w, r)
			to := w.Header().Get("Location")
			if to != "" && !strings.HasPrefix(to, "http://localhost") && !strings.HasPrefix(to, "http://127.0.0.1") && !strings.HasPrefix(to, ConsoleRedirect) {
				t.Errorf("%s?%s with %q leads to %s", path, query, body, to)
			}
		}
	})
}
