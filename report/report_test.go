package report

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a report with everything in it: every verdict, a hostile server,
// and names in every place.
func sample(t *testing.T) Document {
	t.Helper()
	return sampleOf(t, "svc-connector")
}

// sampleOf is the sample of another account.
func sampleOf(t *testing.T, account string) Document {
	t.Helper()
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	platform, _ := catalogue.Platform("exchange")
	ms := time.Millisecond
	return Document{
		Name: "Exchange, contoso.com", Platform: platform, Regions: catalogue.Regions, Region: "de",
		Details: []providers.Detail{
			{Label: "EWS URL", Value: "https://mail.contoso.com/EWS/Exchange.asmx"},
			{Label: "Security mode", Value: "Strict"},
			{Label: "Sign-in name", Value: `CONTOSO\` + account},
			{Label: "Mailbox check", Value: "anna@contoso.com"},
		},
		Report: check.Report{
			Started: time.Date(2026, 11, 24, 12, 0, 3, 0, time.UTC), Took: 412 * ms, Computer: "ADMIN-PC", Version: "0.1.0",
			Facts: map[string]string{"platform": "Exchange Server 2019", "primary": "anna@contoso.com", "password-expires": "2027-01-21"},
			Checks: []check.Result{
				{ID: "name", Title: "Name", Verdict: check.Pass, Summary: "mail.contoso.com is 192.0.2.10", Evidence: "A 192.0.2.10", Took: 12 * ms},
				{ID: "port", Title: "Port", Verdict: check.Pass, Summary: "open", At: 12 * ms, Took: 100 * ms},
				{
					ID: "certificate", Title: "Certificate", Verdict: check.Warn, Summary: "21 days left", At: 112 * ms, Took: 101 * ms,
					Diagnoses: []check.Diagnosis{{
						Code: "certificate-expires-soon", Title: "The certificate expires in 21 days", Verdict: check.Warn,
						Remedy: "Renew it:\n\n1. Ask for one:\n   ```powershell\n   New-ExchangeCertificate -DomainName mail.contoso.com\n   ```\n2. Assign it to **IIS**.",
					}},
				},
				{
					ID: "sign-in", Title: "Sign-in", Verdict: check.Fail, Summary: "refused for " + account, At: 213 * ms, Took: 199 * ms,
					Evidence: "HTTP/1.1 401 Unauthorized\nX-User: " + strings.ToUpper(account) + "@contoso.com\nX-Cookie: CONTOSO%5C" + account + "\nX-Also: ben%40contoso.com, CONTOSO\\bert\n</pre><script>alert(1)</script>\x1b[2J",
					Diagnoses: []check.Diagnosis{{
						Code: "sign-in-refused", Title: `The server refuses CONTOSO\` + account, Verdict: check.Fail,
						Likely: []string{"the password is wrong", "the name `<img src=x>` is not the account's"},
						Remedy: "Look at the account:\n\n```powershell\nGet-ADUser '" + account + "'\nGet-Mailbox 'anna'\n```\n\nSee ![this](http://192.0.2.1/x.png) and tell anna.",
						Look:   "In the IIS log: `sc-win32-status`.",
					}},
				},
				{ID: "impersonation", Title: "Impersonation", Verdict: check.Skip, Summary: "skipped: needs Sign-in"},
			},
		},
	}
}

// TestGolden: the three forms are as they were.
func TestGolden(t *testing.T) {
	unchosen := sample(t)
	unchosen.Region, unchosen.Lab = "", true
	for name, d := range map[string]Document{
		"report.txt": sample(t), "report.json": sample(t), "report.html": sample(t),
		"masked.txt": sample(t).Mask(), "lab.txt": unchosen, "lab.html": unchosen,
	} {
		form, err := formOf(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := form(d)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != strings.ReplaceAll(string(want), "\r\n", "\n") {
			t.Errorf("%s is not what it was; look at it after: go test ./report -update", name)
		}
	}
}
