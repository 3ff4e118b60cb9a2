package lab

import (
	"slices"
	"strings"
	"testing"

	"fairlead/lab/entra"
)

// TestVisitor lets somebody accept a service's consent page, and finds that
// addresses outside are not opened.
func TestVisitor(t *testing.T) {
	l := start(t, Options{})
	tenant := entra.Tenants()[0]
	app := entra.ServiceApplication("sync-and-recover")
	v := Visitor{Account: entra.Admin + "@" + tenant.Domain}
	page := l.BrowserURL("https://login.microsoftonline.com/" + tenant.ID() + "/adminconsent?client_id=" + app)
	if err := v.Open(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if got := l.Entra().Granted(tenant.ID(), app); !slices.Contains(got, "full_access_as_app") {
		t.Errorf("granted: %v", got)
	}
	if err := v.Open(t.Context(), "http://203.0.113.1/"); err == nil || !strings.Contains(err.Error(), "not on this computer") {
		t.Errorf("outside: %v", err)
	}
	if err := (Visitor{Account: "nobody@contoso.example"}).Open(t.Context(), page); err == nil {
		t.Error("somebody without an account got through")
	}
}
