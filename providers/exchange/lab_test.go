package exchange

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

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
	"sign-in-name-form": {"sign-in-name-form", "sign-in-refused"},
}

// labDiagnosesInDepth are the codes in depth, where they are others than of the
// usual test.
var labDiagnosesInDepth = map[string][]string{
	// The sign-in meets it, and so do the further connections.
	"front-end-changes-on-connection": {"front-end-changes-on-connection", "front-end-changes-on-connection"},
}

// labInDepth are the faults that the services' calls do not meet, so that only a
// test in depth sees them.
var labInDepth = []string{
	"account-without-mailbox", "extended-protection", "old-tls-on", "own-mailbox-shut", "password-expires-soon", "tls-bridged",
}

// labSkips are the questions in depth that a fault leaves open though the sign-in
// worked. What NTLM alone meets leaves none open.
var labSkips = map[string][]string{
	"throttled":                       {"own-mailbox", "password"},
	"schema-version-unknown":          {"own-mailbox", "password"},
	"directory-unavailable":           {"own-mailbox", "password"},
	"front-end-changes-on-connection": {"ntlm"},
}

// skipsInside are the questions in depth that were skipped after a sign-in that
// worked.
func skipsInside(r check.Report) (ids []string) {
	if v := result(r, "sign-in").Verdict; v != check.Pass && v != check.Warn {
		return nil
	}
	for _, id := range []string{"own-mailbox", "password", "ntlm"} {
		if result(r, id).Verdict == check.Skip {
			ids = append(ids, id)
		}
	}
	return ids
}

// labTest is the usual test of a fault, or the one in depth.
func labTest(t *testing.T, fault string, deep bool) (*lab.Lab, check.Report) {
	t.Helper()
	var faults []string
	if fault != "" {
		faults = []string{fault}
	}
	l := startLab(t, faults...)
	target := labTarget(l)
	if change := labTargets[fault]; change != nil {
		change(&target)
	}
	target.Options.Deep = deep
	return l, Test(l.Network(), target).Run(t.Context(), nil)
}

// TestLabFaults tests every fault of the lab: the diagnosis of that name comes
// first, nothing fails beside it, and one failed sign-in is spent at most.
func TestLabFaults(t *testing.T) {
	for _, f := range lab.Faults() {
		for _, deep := range []bool{false, true} {
			t.Run(f.Name+map[bool]string{true: " in depth"}[deep], func(t *testing.T) {
				t.Parallel()
				l, report := labTest(t, f.Name, deep)
				got := codes(report)
				want, special := labDiagnoses[f.Name]
				if others := labDiagnosesInDepth[f.Name]; deep && others != nil {
					want, special = others, true
				}
				if !special && (deep || !slices.Contains(labInDepth, f.Name)) {
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
				if skips := skipsInside(report); deep && !slices.Equal(skips, labSkips[f.Name]) {
					t.Errorf("after the sign-in, %q were skipped, want %q", skips, labSkips[f.Name])
				}
				for _, c := range report.Checks {
					if c.Cause() == "unexplained" {
						t.Errorf("%s has no cause: %s", c.ID, c.Evidence)
					}
				}
			})
		}
	}
}

// promised are the diagnoses that Fairlead promises to make.
const promised = `basic-not-offered sign-in-refused sign-in-name-form account-locked password-expired not-a-domain-account
legacy-auth-blocked extended-protection access-policy-denied impersonation-denied account-without-mailbox mailbox-not-found
mailbox-in-cloud not-primary-address mailbox-store-unavailable mailbox-moving routing-failed unknown-anchor
directory-unavailable throttled application-error service-unavailable schema-version-unknown server-outdated builds-differ
forms-login wrong-path https-required plain-http body-altered client-certificate-required header-too-large request-too-large
name-not-found private-address-only port-refused port-unreachable one-address-fails ipv6-broken connection-reset
proxy-in-the-way tls-inspected tls-too-old tls-handshake-failed certificate-self-signed certificate-untrusted
certificate-chain-incomplete certificate-private-ca certificate-name-mismatch certificate-common-name-only certificate-expired
certificate-not-yet-valid certificate-expires-soon certificate-weak-key certificate-weak-signature certificate-wrong-usage
clock-skew front-end-changes-on-connection front-end-changes local-upn exchange-online-ews-off exchange-online-basic-gone`

// TestPromised: each has a fault of its name, which TestLabFaults switches on.
func TestPromised(t *testing.T) {
	for _, code := range strings.Fields(promised) {
		if !slices.ContainsFunc(lab.Faults(), func(f lab.Fault) bool { return f.Name == code }) {
			t.Errorf("the lab has no fault %s", code)
		}
	}
	for code, want := range labDiagnoses {
		if len(want) > 0 && want[0] != code {
			t.Errorf("%s is not the first of %q", code, want)
		}
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

// TestLabInDepth: what a healthy Exchange is asked in depth, and what it costs.
func TestLabInDepth(t *testing.T) {
	l, report := labTest(t, "", true)
	if report.Verdict() != check.Pass || report.Count(check.Skip) != 0 {
		t.Errorf("a healthy Exchange: %s, %q", report.Headline(), codes(report))
	}
	// Basic for the mailbox check, the own mailbox and the password; NTLM twice.
	if accepted, failed := l.SignIns(); accepted != 5 || failed != 0 {
		t.Errorf("%d sign-ins were accepted and %d failed", accepted, failed)
	}
	if end, err := time.Parse(time.DateOnly, report.Facts["certificate-expires"]); err != nil || !end.After(l.Network().Now()) {
		t.Errorf("the certificate's end is %q", report.Facts["certificate-expires"])
	}
	ends := l.Network().Now().Add(58 * day).UTC().Format(time.DateOnly)
	for fact, want := range map[string]string{"password-expires": ends, "support": "in support"} {
		if got := report.Facts[fact]; got != want {
			t.Errorf("fact %s is %q, want %q", fact, got, want)
		}
	}
	if lines := strings.Split(result(report, "addresses").Evidence, "\n"); len(lines) != 1+deepRepeats {
		t.Errorf("%d more connections were made", len(lines))
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
	if found.URL.String() != l.URL() || found.Source != "Autodiscover (JSON) at autodiscover.contoso.example" {
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
		{"name-not-found", "port-refused"},
		{"port-refused", "basic-not-offered"},
		{"connection-reset", "certificate-expired"},
		{"plain-http", "certificate-self-signed"},
		{"proxy-in-the-way", "certificate-untrusted"},
		{"tls-too-old", "certificate-name-mismatch"},
		{"tls-too-old", "basic-not-offered"},
		{"tls-handshake-failed", "sign-in-refused"},
		{"certificate-expired", "client-certificate-required"},
		{"certificate-expired", "certificate-name-mismatch"},
		{"certificate-expired", "certificate-self-signed"},
		{"certificate-expired", "basic-not-offered"},
		{"certificate-not-yet-valid", "certificate-private-ca"},
		{"certificate-name-mismatch", "certificate-untrusted"},
		{"certificate-common-name-only", "certificate-chain-incomplete"},
		{"certificate-wrong-usage", "certificate-private-ca"},
		{"certificate-weak-key", "certificate-self-signed"},
		{"certificate-weak-signature", "certificate-expires-soon"},
		{"certificate-untrusted", "sign-in-refused"},
		{"certificate-self-signed", "forms-login"},
		{"certificate-chain-incomplete", "impersonation-denied"},
		{"tls-inspected", "basic-not-offered"},
		{"wrong-path", "basic-not-offered"},
		{"forms-login", "sign-in-refused"},
		{"https-required", "impersonation-denied"},
		{"service-unavailable", "account-locked"},
		{"application-error", "mailbox-not-found"},
		{"request-too-large", "sign-in-refused"},
		{"basic-not-offered", "sign-in-refused"},
		{"basic-not-offered", "account-locked"},
		{"basic-not-offered", "impersonation-denied"},
		{"header-too-large", "impersonation-denied"},
		{"access-policy-denied", "impersonation-denied"},
		{"body-altered", "mailbox-moving"},
		{"sign-in-refused", "impersonation-denied"},
		{"sign-in-refused", "password-expired"},
		{"sign-in-refused", "account-locked"},
		{"legacy-auth-blocked", "mailbox-not-found"},
		{"password-expired", "mailbox-not-found"},
		{"not-a-domain-account", "impersonation-denied"},
		{"throttled", "impersonation-denied"},
		{"directory-unavailable", "mailbox-in-cloud"},
		{"schema-version-unknown", "impersonation-denied"},
		{"mailbox-not-found", "impersonation-denied"},
		{"not-primary-address", "impersonation-denied"},
		{"mailbox-in-cloud", "impersonation-denied"},
		{"impersonation-denied", "mailbox-store-unavailable"},
		{"unknown-anchor", "impersonation-denied"},
		{"impersonation-denied", "certificate-expires-soon"},
		{"not-primary-address", "one-address-fails"},
		{"sign-in-refused", "clock-skew"},
		{"sign-in-refused", "server-outdated"},
		{"mailbox-not-found", "front-end-changes"},
		{"basic-not-offered", "builds-differ"},
		{"impersonation-denied", "private-address-only"},
		{"one-address-fails", "server-outdated"},
		{"certificate-expires-soon", "clock-skew"},
		{"certificates-differ", "front-end-changes"},
	} {
		for _, deep := range []bool{false, true} {
			t.Run(strings.Join(faults[:], " ")+map[bool]string{true: " in depth"}[deep], func(t *testing.T) {
				t.Parallel()
				l := startLab(t, faults[0], faults[1])
				target := labTarget(l)
				target.Options.Deep = deep
				report := Test(l.Network(), target).Run(t.Context(), nil)
				if got := codes(report); len(got) == 0 || got[0] != faults[0] {
					t.Errorf("diagnoses are %q", got)
				}
				if _, failed := l.SignIns(); failed > 1 {
					t.Errorf("%d failed sign-ins were spent", failed)
				}
			})
		}
	}
}
