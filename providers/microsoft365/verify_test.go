package microsoft365

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/lab/entra"
	"fairlead/oauth"
	"fairlead/secret"
)

func TestDeclarations(t *testing.T) {
	if err := check.Validate(checks("needed"), &verification{net: newBench(t).net}); err != nil {
		t.Error(err)
	}
}

func TestVerifiesWhatWasGranted(t *testing.T) {
	b := newBench(t)
	target := b.target("continuity")
	b.grant(target)
	r := b.verify(target)
	if r.Verdict() != check.Warn || codes(r) != "" || result(t, r, "permissions").Summary != "3 of 3 granted that are known to be needed" {
		t.Errorf("%s %q: %+v", r.Headline(), codes(r), r.Checks)
	}
	if _, err := time.Parse(time.DateOnly, r.Facts[factConsented]); err != nil {
		t.Errorf("the day of the consent: %v", err)
	}
	if r.Facts["verified"] != "yes" || r.Facts["platform"] != "Microsoft 365, Worldwide" {
		t.Errorf("%v", r.Facts)
	}
	if len(b.clock.waits) != 0 {
		t.Errorf("it waited %v for what was there", b.clock.waits)
	}
}

// TestFindings switches each fault on that shows in Graph, and wants its cause.
func TestFindings(t *testing.T) {
	b := newBench(t)
	for _, test := range []struct {
		fault, check, want string
	}{
		{"grant-incomplete", "permissions", "permissions-missing"},
		{"grant-too-much", "permissions", "more-than-needed"},
		{"grant-never-arrives", "application", "no-consent"},
		{"principal-disabled", "application", "app-disabled"},
		{"principal-missing", "application", "no-consent"},
		{"graph-forbidden", "application", "may-not-read"},
		{"graph-throttled", "application", "graph-busy"},
		{"graph-unavailable", "application", "graph-busy"},
		{"graph-html", "application", "proxy-answers"},
		{"replication-slow", "permissions", ""},
		{"discovery-html", "tenant", "proxy-answers"},
		{"token-html", "sign-in", "proxy-answers"},
		{"id-token-unsigned", "sign-in", "token-not-genuine"},
		{"id-token-other-key", "sign-in", "token-not-genuine"},
		{"id-token-other-audience", "sign-in", "token-not-genuine"},
		{"id-token-other-issuer", "sign-in", "wrong-tenant"},
		{"id-token-other-tenant", "sign-in", "wrong-tenant"},
		{"id-token-other-nonce", "sign-in", "token-not-genuine"},
		{"id-token-expired", "sign-in", "clock-wrong"},
		{"id-token-early", "sign-in", "clock-wrong"},
		{"id-token-missing", "sign-in", "proxy-answers"},
		{"keys-missing", "sign-in", "proxy-answers"},
		{"code-not-known", "sign-in", "sign-in-over"},
		{"redirect-wrong-issuer", "sign-in", "wrong-tenant"},
	} {
		t.Run(test.fault, func(t *testing.T) {
			target := b.target("continuity")
			b.lab.Entra().Revoke(target.Tenant, target.Application)
			b.clock.waits = nil
			defer func() { _ = b.lab.Set(test.fault, false) }()
			if strings.HasPrefix(test.fault, "grant-") || strings.HasPrefix(test.fault, "replication-") {
				set(t, b, test.fault)
			}
			b.grant(target)
			set(t, b, test.fault)
			r := b.verify(target)
			if got := result(t, r, test.check); got.Cause() != test.want || strings.Count(codes(r), " ") > 3 {
				t.Errorf("%s: %q, all: %s\n%s", got.ID, got.Cause(), codes(r), got.Evidence)
			}
			if test.fault == "replication-slow" && len(b.clock.waits) == 0 {
				t.Error("it did not wait")
			}
		})
	}
}

func set(t *testing.T, b *bench, fault string) {
	t.Helper()
	if err := b.lab.Set(fault, true); err != nil {
		t.Fatal(err)
	}
}

func TestResourceMissing(t *testing.T) {
	b := newBench(t)
	target := b.target("sync-and-recover")
	b.grant(target)
	set(t, b, "resource-missing")
	r := b.verify(target)
	if got := result(t, r, "resources"); got.Cause() != "resource-missing" || !strings.Contains(got.Diagnoses[0].Remedy, "Office 365 Exchange Online") {
		t.Errorf("%+v", got)
	}
}

// TestNobodyConsented: the application is not in the tenant, and a connector
// that was made long ago is not waited for.
func TestNobodyConsented(t *testing.T) {
	b := newBench(t)
	target := b.target("continuity")
	r := b.verify(target)
	if got := result(t, r, "application"); got.Cause() != "no-consent" || !strings.Contains(got.Diagnoses[0].Remedy, target.Application) {
		t.Errorf("%+v", got)
	}
	if waits := len(b.clock.waits); waits < 5 || b.clock.moved > replicationTime {
		t.Errorf("after a fresh consent it waited %d times, %s", waits, b.clock.moved)
	}
	b.clock.waits, target.Fresh = nil, false
	if b.verify(target); len(b.clock.waits) != 0 {
		t.Errorf("it waited %v for an old one", b.clock.waits)
	}
}

func TestEveryCloud(t *testing.T) {
	b := newBench(t)
	for _, tenant := range entra.Tenants() {
		t.Run(tenant.Domain, func(t *testing.T) {
			b.tenant = tenant
			b.person.account = entra.Admin + "@" + tenant.Domain
			target := b.target("directory-synchronization")
			found, err := findTenant(t.Context(), b.net, b.catalogue.Clouds, tenant.Domain)
			if err != nil || found.ID != tenant.ID() || found.Cloud.ID != tenant.Cloud {
				t.Fatalf("%+v, %v", found, err)
			}
			b.grant(target)
			if r := b.verify(target); r.Verdict() != check.Pass {
				t.Errorf("%s: %+v", r.Headline(), r.Checks)
			}
		})
	}
}

// TestAnotherCloud: the record says another cloud than Entra does.
func TestAnotherCloud(t *testing.T) {
	b := newBench(t)
	target := b.target("continuity")
	target.Cloud, _ = b.catalogue.Clouds.Find("gcc-high")
	r := b.verify(target)
	if got := result(t, r, "tenant"); got.Cause() != "wrong-cloud" || !strings.Contains(got.Diagnoses[0].Remedy, "Worldwide") {
		t.Errorf("%+v", got)
	}
	if got := result(t, r, "sign-in"); got.Verdict != check.Skip || b.person.addresses() != "" {
		t.Errorf("somebody was sent to sign in: %+v", got)
	}
}

// TestNothingKnown: of a service whose permissions are not known, what is
// granted is shown and not judged.
func TestNothingKnown(t *testing.T) {
	b := newBench(t)
	target := b.target("simplymigrate")
	b.grant(target)
	r := b.verify(target)
	if got := result(t, r, "permissions"); got.Verdict != check.Pass || !strings.Contains(got.Summary, "User.Read (delegated)") {
		t.Errorf("%+v", got)
	}
	if got := result(t, r, "ews"); got.Cause() != "ews-unknown" {
		t.Errorf("%+v", got)
	}
}

// TestVerifiedIsWhatWasCompared: where nothing could be compared, or nothing was
// granted, the report does not say that it was verified.
func TestVerifiedIsWhatWasCompared(t *testing.T) {
	one := []granted{{Name: "User.Read"}}
	for name, c := range map[string]struct {
		comparison comparison
		want       string
	}{
		"nothing was compared, or granted":        {comparison{}, "no: recorded only"},
		"all was granted":                         {comparison{Granted: one}, "yes"},
		"the needs are unknown, and one is there": {comparison{More: one}, "yes"},
		"some are missing":                        {comparison{Granted: one, Missing: one}, "no: recorded only"},
		"some are missing, and others are there":  {comparison{Missing: one, More: one}, "no: recorded only"},
	} {
		s := &verification{app: &principal{}, comparison: c.comparison}
		if got := s.facts()["verified"]; got != c.want {
			t.Errorf("%s: verified %q, want %q", name, got, c.want)
		}
	}
	b := newBench(t)
	target := b.target("continuity")
	b.grant(target)
	for _, fault := range []string{"principal-disabled", "graph-forbidden"} {
		set(t, b, fault)
		if r := b.verify(target); r.Facts["verified"] != "no: recorded only" {
			t.Errorf("%s: verified %q\n%+v", fault, r.Facts["verified"], r.Checks)
		}
		if err := b.lab.Set(fault, false); err != nil {
			t.Fatal(err)
		}
	}
}

// TestForeignTextMovesNoCursor names a permission that would colour a terminal.
func TestForeignTextMovesNoCursor(t *testing.T) {
	s := &verification{comparison: comparison{More: []granted{{Name: "Mail\x1b[31m\n.Re\u202ead"}}}}
	s.token.Store(&secret.Secret{})
	if got := s.facts()["more"]; got != "Mail[31m .Read" {
		t.Errorf("the fact is %q", got)
	}
	if got := s.redact("Mail\x1b[31m\n.Re\u202ead"); got != "Mail[31m\n.Read" {
		t.Errorf("the text is %q", got)
	}
}

// TestTheTenantWasDeleted tests a connector to a tenant that no cloud has.
func TestTheTenantWasDeleted(t *testing.T) {
	b := newBench(t)
	target := b.target("continuity")
	target.Tenant = "01234567-89ab-cdef-0123-456789abcdef"
	got := result(t, b.verify(target), "tenant")
	if got.Cause() != "tenant-not-found" || !strings.Contains(got.Evidence, "AADSTS90002") {
		t.Errorf("%q: %s", got.Cause(), got.Evidence)
	}
}

// TestNotFound: the worldwide sign-in may speak for another cloud, which then
// has no such tenant.
func TestNotFound(t *testing.T) {
	other := &oauth.Error{Kind: oauth.WrongIssuer, Text: "speaks for another"}
	absent := &oauth.Error{Kind: oauth.Refused, Code: "invalid_tenant"}
	silent := &oauth.Error{Kind: oauth.Unreachable, Text: "does not answer"}
	for _, c := range []struct {
		errs  []error
		cause string
	}{
		{[]error{absent, absent}, "tenant-not-found"},
		{[]error{other, absent}, "tenant-not-found"},
		{[]error{absent, other}, "tenant-not-found"},
		{[]error{absent, silent}, diagnose(silent).Cause},
		{[]error{other, other}, ""},
	} {
		err := notFound("contoso.com", c.errs)
		_, nowhere := errors.AsType[*noTenant](err)
		if got := diagnose(err).Cause; got != c.cause || nowhere != (c.errs[1] != error(silent)) {
			t.Errorf("%v: %q, want %q: %v", c.errs, got, c.cause, err)
		}
	}
}
