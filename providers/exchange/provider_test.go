package exchange

import (
	"slices"
	"testing"

	"fairlead/providers"
)

// TestDescribeMode shows no mode as strict that is none: a record can come from an
// old backup.
func TestDescribeMode(t *testing.T) {
	for mode, want := range map[string]string{"": "Strict", "strict": "Strict", "relaxed": "Relaxed", "whatever": "whatever, which there is not"} {
		details := Provider{}.Describe(map[string]string{settingMode: mode})
		if !slices.Contains(details, providers.Detail{Label: "Security mode", Value: want}) {
			t.Errorf("%q is shown as %v", mode, details)
		}
	}
}

// TestAccountOf: the account is the same however the server and the name are
// spelt, and another at another server.
func TestAccountOf(t *testing.T) {
	of := func(url, signIn string) string {
		return Provider{}.Account(map[string]string{settingURL: url, settingMode: string(Strict), settingSignIn: signIn})
	}
	one := of("https://mail.contoso.com/EWS/Exchange.asmx", `CONTOSO\svc`)
	for _, test := range []struct {
		url, signIn string
		same        bool
	}{
		{"https://MAIL.contoso.com:443/ews", `contoso\SVC`, true},
		{"https://mail.contoso.com/EWS/Exchange.asmx", `CONTOSO\svc2`, false},
		{"https://mail.fabrikam.com/EWS/Exchange.asmx", `CONTOSO\svc`, false},
	} {
		if got := of(test.url, test.signIn); (got == one) != test.same || got == "" {
			t.Errorf("%s at %s is %q, beside %q", test.signIn, test.url, got, one)
		}
	}
	if got := of("mail.contoso.com", `CONTOSO\svc`); got != "" {
		t.Errorf("settings that do not fit are the account %q", got)
	}
}
