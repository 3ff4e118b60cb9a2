package domain

import (
	"slices"
	"testing"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/lab"
	"fairlead/lab/zone"
	"fairlead/network"
)

func regions(t testing.TB) assets.Regions {
	t.Helper()
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Regions
}

func startLab(t testing.TB, o lab.Options) *network.Network {
	t.Helper()
	l, err := lab.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Network()
}

// usual are the options that fit the lab's healthy domains.
func usual(t testing.TB) Options {
	return Options{Regions: regions(t), Region: zone.Region, Token: zone.Token, Selectors: []string{zone.Selector}}
}

// special are the domains that need other options to show what is wrong.
func special(d zone.Domain, o *Options) {
	if d.Name == zone.NameOf("spf-sender-missing") {
		o.Senders = []Sender{{Text: "_spf.sender.example", Include: "_spf.sender.example"}}
	}
}

// also are diagnoses that must come with another one: what is wrong shows in more
// than one place.
var also = map[string][]string{
	zone.NameOf("mx-alias"):        {"mx_foreign", "mta-sts-mx-not-covered"},
	zone.NameOf("mx-address"):      {"mx_foreign", "mta-sts-mx-not-covered"},
	zone.NameOf("mx-host-unknown"): {"mx_foreign", "mta-sts-mx-not-covered"},
	zone.NameOf("mx-private"):      {"mx_foreign", "mta-sts-mx-not-covered"},
	zone.NameOf("mx_foreign"):      {"mta-sts-mx-not-covered"},
	zone.ExchangeOnline:            {"spf-include-missing"},
	zone.Workspace:                 {"spf-include-missing"},
	zone.OnPremises:                {"spf-include-missing"},
	"spf-many-includes.example":    {"spf-include-global"},
}

// TestLabDomains: every broken domain produces its diagnosis and no other, every
// good one none.
func TestLabDomains(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	for _, d := range slices.Concat(zone.Good(), zone.Broken()) {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			o := o
			special(d, &o)
			report := diagnose(t, n, d.Name, o)
			var want []string
			if d.Code != "" {
				want = append([]string{d.Code}, also[d.Name]...)
			}
			got := codes(report)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("says %q, want %q", got, want)
				for _, c := range report.Checks {
					if c.Verdict == check.Fail || c.Verdict == check.Warn {
						t.Logf("%s: %s\n%s", c.ID, c.Summary, c.Evidence)
					}
				}
			}
		})
	}
}

func diagnose(t testing.TB, n *network.Network, name string, o Options) check.Report {
	t.Helper()
	return New(n, name, o).Suite().Run(t.Context(), nil)
}

// codes are all diagnoses of a report, each once.
func codes(r check.Report) (all []string) {
	for _, c := range r.Checks {
		for _, d := range c.Diagnoses {
			all = append(all, d.Code)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestDeclarations: all texts can be filled in.
func TestDeclarations(t *testing.T) {
	s := &test{net: network.System(), domain: "contoso.com", options: Options{Regions: regions(t)}}
	s.spf.tree = &SPFNode{Domain: "contoso.com"}
	if err := check.Validate(checks(), s); err != nil {
		t.Error(err)
	}
}
