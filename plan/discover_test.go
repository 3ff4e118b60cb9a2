package plan

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fairlead/lab"
	"fairlead/lab/entra"
)

// TestDiscoverLab: in the lab, a domain's tenant, cloud and Exchange are found.
func TestDiscoverLab(t *testing.T) {
	l, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	c := catalogue(t)
	lookups := NewLookups(l.Network(), c.Clouds)
	f, err := Discover(t.Context(), lookups, " Contoso.example ")
	if err != nil {
		t.Fatal(err)
	}
	contoso := entra.Tenants()[0]
	if f.TenantID != contoso.ID() || f.Cloud != contoso.Cloud || !strings.HasSuffix(f.EWS, ".contoso.example/EWS/Exchange.asmx") || len(f.Mail) == 0 || len(f.Notes) > 0 {
		t.Errorf("found %+v", f)
	}
	o := f.Organisation()
	o.Services = three
	if f.EWSGuess != (o.Tenants[1].URL == "") {
		t.Errorf("a guess (%v) is offered as %q", f.EWSGuess, o.Tenants[1].URL)
	}
	if err := (Environment{Organisations: []Organisation{o}}).Check(c); err != nil || o.Situation() != hybridBoth {
		t.Errorf("%v: %+v", err, o)
	}
	f, err = Discover(t.Context(), lookups, "gcc-high.contoso.example")
	if err != nil || f.Cloud != "gcc-high" || f.EWS != "" || !slices.Equal(f.Notes, []string{
		"No Exchange was found: Autodiscover names no EWS address for gcc-high.contoso.example.",
		"Where mail goes was not found: the domain has no MX record.",
	}) {
		t.Errorf("found %+v, %v", f, err)
	}
}

// TestDiscover: what is not found is said, what is no domain refused.
func TestDiscover(t *testing.T) {
	if _, err := Discover(t.Context(), Lookups{}, "anna@contoso.com"); err == nil {
		t.Error("a mail address was taken for a domain")
	}
	f, err := Discover(t.Context(), Lookups{Mail: func(context.Context, string) ([]string, error) { return nil, errors.New("no such domain") }}, "contoso.com")
	if err != nil || !slices.Equal(f.Notes, []string{"Where mail goes was not found: no such domain."}) {
		t.Errorf("%+v, %v", f, err)
	}
	if o := f.Organisation(); o.Name != "contoso.com" || len(o.Tenants) > 0 {
		t.Errorf("%+v", o)
	}
	for host, want := range map[string]string{
		"ASPMX.L.GOOGLE.COM": google, "alt1.aspmx.l.google.com.": google, "smtp.google.com": google, "notaspmx.l.google.com.example": "",
		"contoso-com.mail.protection.outlook.com": microsoft365, "contoso-com.b-v1.mx.microsoft": microsoft365, "eu-smtp-inbound-1.example": "",
	} {
		if got := (Facts{Mail: []string{host}}).MailAt(); got != want {
			t.Errorf("%s is %q", host, got)
		}
	}
}
