package app

import (
	"testing"

	"fairlead/lab"
	"fairlead/lab/entra"
	"fairlead/providers/google"
	"fairlead/providers/microsoft365"
)

// TestLabBoxNamesWhatWorks on the road that was taken, and nothing before that.
func TestLabBoxNamesWhatWorks(t *testing.T) {
	h := open(t, setup{lab: true})
	h.mustSee("Simulated Exchange, Entra and Google.")
	h.typePassword()
	h.mustSee("Account", lab.Address, lab.Password, lab.Mailbox)
	for provider, want := range map[string]string{
		microsoft365.ID: entra.Admin + "@" + entra.Tenants()[0].Domain, google.ID: "Customer ID",
	} {
		samples := labSamples(provider)
		if len(samples) != 2 || samples[0].Label != want && samples[1].Value != want {
			t.Errorf("%s: %+v", provider, samples)
		}
	}
}
