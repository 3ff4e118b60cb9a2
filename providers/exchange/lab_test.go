package exchange

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"fairlead/check"
	"fairlead/lab"
	"fairlead/secret"
)

// labTarget is the lab's Exchange as its administrator would name it.
func labTarget(l *lab.Lab) Target {
	u, err := ParseURL(l.URL())
	if err != nil {
		panic(err)
	}
	return Target{URL: u, SignIn: lab.SignIn, Password: secret.New(lab.Password), Mailbox: lab.Mailbox, Mode: Strict}
}

func startLab(t *testing.T, faults ...string) *lab.Lab {
	t.Helper()
	l, err := lab.Start(t.Context(), lab.Options{Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// codes lists the diagnoses of a report, the most important first.
func codes(r check.Report) (all []string) {
	for _, verdict := range []check.Verdict{check.Fail, check.Warn} {
		for _, c := range r.Checks {
			for _, d := range c.Diagnoses {
				if d.Verdict == verdict {
					all = append(all, d.Code)
				}
			}
		}
	}
	return all
}

// online is the address of Exchange Online, which some faults lead to.
var online = &url.URL{Scheme: "https", Host: "outlook.office365.com", Path: servicePath}

// labTargets are what must be tested to meet a fault, where that is not the
// usual target.
var labTargets = map[string]func(*Target){
	"local-upn":                  func(t *Target) { t.SignIn = "svc-fairlead@contoso.local" },
	"sign-in-name-form":          func(t *Target) { t.SignIn = lab.Address },
	"exchange-online-ews-off":    func(t *Target) { t.URL = online },
	"exchange-online-basic-gone": func(t *Target) { t.URL = online },
}

// labDiagnoses are the codes of the faults that have another name or several.
var labDiagnoses = map[string][]string{
	"slow":                   nil, // a slow answer is an answer
	"schema-version-unknown": {"schema-version-unknown", "server-outdated"},
	// These two look the same on the wire, and both are said.
	"sign-in-name-form":       {"sign-in-name-form", "sign-in-refused"},
	"account-without-mailbox": nil, // the services' calls do not need it
	"extended-protection":     nil, // it concerns NTLM, which is not tried with the password
}

// TestLabFaults tests every fault of the lab: the diagnosis of that name comes
// first, nothing fails beside it, and one failed sign-in is spent at most.
func TestLabFaults(t *testing.T) {
	for _, f := range lab.Faults() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			l := startLab(t, f.Name)
			target := labTarget(l)
			if change := labTargets[f.Name]; change != nil {
				change(&target)
			}
			report := Test(l.Network(), target).Run(t.Context(), nil)
			got := codes(report)
			want, special := labDiagnoses[f.Name]
			if !special {
				want = []string{f.Name}
			}
			if !slices.Equal(got, want) {
				t.Errorf("diagnoses are %q, want %q: %s", got, want, report.Headline())
			}
			if _, failed := l.SignIns(); failed > 1 {
				t.Errorf("%d failed sign-ins were spent", failed)
			}
			if !report.Complete() {
				t.Error("the report is not complete")
			}
		})
	}
}

func TestLabHealthy(t *testing.T) {
	l := startLab(t)
	report := Test(l.Network(), labTarget(l)).Run(t.Context(), nil)
	if report.Verdict() != check.Pass {
		t.Errorf("a healthy Exchange: %s, %q", report.Headline(), codes(report))
	}
	if accepted, failed := l.SignIns(); accepted != 1 || failed != 0 {
		t.Errorf("%d sign-ins were accepted and %d failed, want one and none", accepted, failed)
	}
	for fact, want := range map[string]string{
		"platform": "Exchange SE RTM Feb26SU", "build": "15.2.2562.37", "primary": lab.Mailbox, "offered": "Negotiate, NTLM, Basic",
	} {
		if got := report.Facts[fact]; got != want {
			t.Errorf("fact %s is %q, want %q", fact, got, want)
		}
	}
}

// TestLabWithoutMailbox proves the sign-in alone.
func TestLabWithoutMailbox(t *testing.T) {
	l := startLab(t)
	target := labTarget(l)
	target.Mailbox = ""
	report := Test(l.Network(), target).Run(t.Context(), nil)
	if report.Verdict() == check.Fail || report.Count(check.Skip) != 1 {
		t.Errorf("%s: %q", report.Headline(), codes(report))
	}
}

func TestLabFind(t *testing.T) {
	l := startLab(t)
	found, err := Find(t.Context(), l.Network(), lab.Address)
	if err != nil {
		t.Fatal(err)
	}
	if found.URL.String() != l.URL() || found.Source != "Autodiscover at autodiscover.contoso.example" {
		t.Errorf("found %s by %s", found.URL, found.Source)
	}
	if accepted, failed := l.SignIns(); accepted+failed != 0 {
		t.Error("Autodiscover signed in")
	}
}

func TestLabCancel(t *testing.T) {
	l := startLab(t, "slow")
	ctx, cancel := context.WithCancel(t.Context())
	report := Test(l.Network(), labTarget(l)).Run(ctx, func(e check.Event) {
		if e.ID == "sign-in" {
			cancel()
		}
	})
	if report.Complete() || report.Verdict() == check.Fail {
		t.Errorf("after Stop: %s, %q", report.Headline(), codes(report))
	}
}

// TestLabTwoFaults: of two faults, the one that must be mended first comes first.
func TestLabTwoFaults(t *testing.T) {
	for _, faults := range [][2]string{
		{"name-not-found", "certificate-expired"},
		{"port-refused", "basic-not-offered"},
		{"tls-too-old", "certificate-name-mismatch"},
		{"certificate-expired", "basic-not-offered"},
		{"certificate-untrusted", "sign-in-refused"},
		{"certificate-expired", "certificate-name-mismatch"},
		{"forms-login", "sign-in-refused"},
		{"basic-not-offered", "sign-in-refused"},
		{"sign-in-refused", "impersonation-denied"},
		{"password-expired", "mailbox-not-found"},
		{"not-primary-address", "one-address-fails"},
		{"impersonation-denied", "certificate-expires-soon"},
	} {
		l := startLab(t, faults[0], faults[1])
		report := Test(l.Network(), labTarget(l)).Run(t.Context(), nil)
		if got := codes(report); len(got) == 0 || got[0] != faults[0] {
			t.Errorf("%v: %q", faults, got)
		}
		if _, failed := l.SignIns(); failed > 1 {
			t.Errorf("%v: %d failed sign-ins", faults, failed)
		}
	}
}
