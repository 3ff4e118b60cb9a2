package lab

import (
	"encoding/base64"
	"net/http"
	"testing"
)

func basicOf(name, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))
}

// TestSignIn tries names, passwords and schemes, and looks at the count.
func TestSignIn(t *testing.T) {
	for _, test := range []struct {
		name, authorization string
		fault               string
		status              int
		accepted, failed    int
	}{
		{"nobody", "", "", 401, 0, 0},
		{"the old form", basicOf(SignIn, Password), "", 200, 1, 0},
		{"in other letters", basicOf(`contoso\SVC-Fairlead`, Password), "", 200, 1, 0},
		{"with the DNS domain", basicOf(`contoso.example\svc-fairlead`, Password), "", 200, 1, 0},
		{"the principal name", basicOf(Address, Password), "", 200, 1, 0},
		{"the scheme in other letters", "bASIC " + basicOf(SignIn, Password)[6:], "", 200, 1, 0},
		{"without a domain", basicOf("svc-fairlead", Password), "", 401, 0, 1},
		{"another domain", basicOf(`FABRIKAM\svc-fairlead`, Password), "", 401, 0, 1},
		{"another name", basicOf(`CONTOSO\anna`, Password), "", 401, 0, 1},
		{"a wrong password", basicOf(SignIn, "Harbour-Pilot-8"), "", 401, 0, 1},
		{"a space after the password", basicOf(SignIn, Password+" "), "", 401, 0, 1},
		{"an empty password", basicOf(SignIn, ""), "", 401, 0, 1},
		{"no colon", "Basic " + base64.StdEncoding.EncodeToString([]byte("svc-fairlead")), "", 401, 0, 0},
		{"no base64", "Basic ***", "", 401, 0, 0},
		{"another scheme", "Digest x", "", 401, 0, 0},
		{"Basic switched off", basicOf(SignIn, Password), "basic-not-offered", 401, 0, 0},
		{"refused", basicOf(SignIn, Password), "sign-in-refused", 401, 0, 1},
		{"locked", basicOf(SignIn, Password), "account-locked", 401, 0, 1},
		{"blocked by policy", basicOf(SignIn, Password), "legacy-auth-blocked", 401, 0, 1},
		{"the address is no name", basicOf(Address, Password), "sign-in-name-form", 401, 0, 1},
		{"the old form still is", basicOf(SignIn, Password), "sign-in-name-form", 200, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			var o Options
			if test.fault != "" {
				o.Faults = []string{test.fault}
			}
			l := start(t, o)
			r := post(l.URL(), request(version2013, convertIDBody))
			if test.authorization != "" {
				r.Header.Set("Authorization", test.authorization)
			}
			response, _ := newClient(t, l, noAddr).must(r)
			if response.StatusCode != test.status {
				t.Errorf("%s, want %d", response.Status, test.status)
			}
			if accepted, failed := l.SignIns(); accepted != test.accepted || failed != test.failed {
				t.Errorf("%d accepted and %d failed, want %d and %d", accepted, failed, test.accepted, test.failed)
			}
		})
	}
}

func TestOwnPassword(t *testing.T) {
	const password = "straße: ☂ and a space "
	l := start(t, Options{Password: password})
	c := newClient(t, l, noAddr)
	for given, want := range map[string]int{password: http.StatusOK, Password: http.StatusUnauthorized} {
		r := post(l.URL(), request(version2013, convertIDBody))
		r.SetBasicAuth(SignIn, given)
		if response, _ := c.must(r); response.StatusCode != want {
			t.Errorf("password %q: %s, want %d", given, response.Status, want)
		}
	}
}
