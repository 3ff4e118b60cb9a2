package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/connectors"
)

func catalogue(t testing.TB) assets.Catalogue {
	t.Helper()
	c, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// passed is a report in which everything passed.
var passed = &check.Report{Started: time.Unix(1, 0), Checks: []check.Result{{ID: "a", Title: "A", Verdict: check.Pass}}}

// failed is one in which something failed.
var failed = &check.Report{Started: time.Unix(1, 0), Checks: []check.Result{{
	ID: "a", Title: "A", Verdict: check.Fail, Diagnoses: []check.Diagnosis{{Code: "x", Title: "The certificate has ended", Verdict: check.Fail, Remedy: "Renew it:\n\n```\nNew-ExchangeCertificate\n```"}},
}}}

// made is the connector that a need comes to.
func made(n *Need, id string) connectors.Connector {
	return connectors.Connector{
		ID: id, Name: strings.Join(n.Services, "+") + ", " + n.Tenant.Provider + " " + n.Tenant.Tenant, Provider: n.Tenant.Provider,
		Tenant: n.Tenant.Tenant, Services: slices.Clone(n.Services), LastTest: passed,
	}
}

// Which services can use which platform, told apart from the catalogue.
var usable = map[string][]string{
	microsoft365: {
		"archive-for-teams", "continuity", "directory-synchronization", "essentials-for-outlook", "remediation", "simplymigrate", "sync-and-recover",
	},
	google:   {"remediation"},
	exchange: {"continuity", "remediation", "sync-and-recover"},
}

// estate draws a random estate that is in order.
func estate(t *rapid.T) Environment {
	var e Environment
	n := 0
	some := rapid.SliceOfNDistinct(rapid.SampledFrom(usable[microsoft365]), 0, 7, rapid.ID[string])
	tenant := func(provider string) Tenant {
		n++
		name := map[string]string{microsoft365: "m%d.example", exchange: "x%d.example", google: "C01234%03d"}[provider]
		tenant := Tenant{Provider: provider, Tenant: fmt.Sprintf(name, n)}
		if rapid.Bool().Draw(t, "own services") {
			tenant.Services = some.Draw(t, "services of the tenant")
		}
		return tenant
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "organisations") {
		o := Organisation{Name: fmt.Sprintf("Organisation %d", i), Services: some.Draw(t, "services")}
		for _, provider := range rapid.SliceOfN(rapid.SampledFrom([]string{microsoft365, google, exchange}), 1, 5).Draw(t, "platforms") {
			o.Tenants = append(o.Tenants, tenant(provider))
		}
		switch cloud, onPremises := o.kinds(); {
		case !cloud:
			o.Mailboxes = OnPremises
		case !onPremises:
			o.Mailboxes = InCloud
		default:
			o.Mailboxes = rapid.SampledFrom([]Mailboxes{InCloud, OnPremises, InBoth}).Draw(t, "mailboxes")
		}
		e.Organisations = append(e.Organisations, o)
	}
	return e
}
