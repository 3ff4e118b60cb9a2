package oauth

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	issuer := strings.Replace(issuerOf, tenantPart, tenantID, 1)
	for _, test := range []struct {
		name, query string
		expect      Expectation
		want        Kind
		code        string
	}{
		{"a code", "state=S&code=" + canary, Expectation{}, "", ""},
		{"a code with its issuer", "state=S&code=" + canary + "&iss=" + url.QueryEscape(issuer), Expectation{Issuer: issuerOf, IssuerSent: true}, "", ""},
		{"no state", "code=" + canary, Expectation{}, WrongState, ""},
		{"another state", "state=s&code=" + canary, Expectation{}, WrongState, ""},
		{"a longer state", "state=SS&code=" + canary, Expectation{}, WrongState, ""},
		{"two states", "state=S&state=S&code=" + canary, Expectation{}, WrongState, ""},
		{"an error without the state", "error=access_denied", Expectation{}, WrongState, ""},
		{"two codes", "state=S&code=a&code=" + canary, Expectation{}, BadAnswer, ""},
		{"neither code nor error", "state=S", Expectation{}, BadAnswer, ""},
		{"an empty code", "state=S&code=", Expectation{}, BadAnswer, ""},
		{"another issuer", "state=S&code=" + canary + "&iss=https://evil.example", Expectation{Issuer: issuerOf}, WrongIssuer, ""},
		{"an issuer that only begins well", "state=S&code=" + canary + "&iss=" + url.QueryEscape(issuer+".evil"), Expectation{Issuer: issuerOf}, WrongIssuer, ""},
		{"an issuer that is the template", "state=S&code=x&iss=" + url.QueryEscape(issuerOf), Expectation{Issuer: issuerOf}, WrongIssuer, ""},
		{"an issuer that nobody announced", "state=S&code=x&iss=https://login.example", Expectation{}, WrongIssuer, ""},
		{"a missing issuer that was promised", "state=S&code=x", Expectation{Issuer: issuerOf, IssuerSent: true}, WrongIssuer, ""},
		{"another issuer's error", "state=S&error=access_denied&iss=https://evil.example", Expectation{Issuer: issuerOf}, WrongIssuer, ""},
		{"declined", "state=S&error=access_denied&error_description=AADSTS65004", Expectation{}, Declined, "access_denied"},
		{"refused", "state=S&error=interaction_required", Expectation{}, Refused, "interaction_required"},
		{"an error beside a code", "state=S&error=server_error&code=" + canary + "&error_description=" + canary, Expectation{}, Refused, "server_error"},
		{"consent", "state=S&admin_consent=True&tenant=" + tenantID, Expectation{Consent: true}, "", ""},
		{"consent in small letters", "state=S&admin_consent=true&tenant=" + tenantID, Expectation{Consent: true}, "", ""},
		{"a failed consent says True as well", "state=S&admin_consent=True&error=consent_required&error_description=AADSTS65004&tenant=" + tenantID, Expectation{Consent: true}, Refused, "consent_required"},
		{"an empty error", "state=S&admin_consent=True&error=&tenant=" + tenantID, Expectation{Consent: true}, Refused, ""},
		{"consent withheld", "state=S&admin_consent=False&tenant=" + tenantID, Expectation{Consent: true}, BadAnswer, ""},
		{"consent of no tenant", "state=S&admin_consent=True", Expectation{Consent: true}, BadAnswer, ""},
		{"consent of a tenant by name", "state=S&admin_consent=True&tenant=contoso.example", Expectation{Consent: true}, BadAnswer, ""},
		{"a code where consent is expected", "state=S&code=" + canary, Expectation{Consent: true}, BadAnswer, ""},
		{"consent where a code is expected", "state=S&admin_consent=True&tenant=" + tenantID, Expectation{}, BadAnswer, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			q, err := url.ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := test.expect.judge("S", q)
			if KindOf(err) != test.want || (err == nil) != (test.want == "") {
				t.Fatalf("got %v, want kind %q", err, test.want)
			}
			if e, ok := errors.AsType[*Error](err); ok && e.Code != test.code {
				t.Errorf("code %q, want %q", e.Code, test.code)
			}
			if err == nil && !test.expect.Consent && answer.Code.Reveal() != canary {
				t.Error("the code was lost")
			}
			if err == nil && test.expect.Consent && answer.Tenant != tenantID {
				t.Errorf("tenant %q", answer.Tenant)
			}
			if shown := fmt.Sprintf("%+v %#v %v", answer, answer, err) + dump(err); strings.Contains(shown, canary) {
				t.Errorf("the code shows: %s", shown)
			}
		})
	}
}

// dump spells out every field of an error, as a careless log line would.
func dump(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return fmt.Sprintf("%+v %#v", *e, *e)
	}
	return fmt.Sprintf("%+v", err)
}

func TestPaste(t *testing.T) {
	const redirect = "http://127.0.0.1:1023/callback"
	for _, test := range []struct {
		name, pasted string
		want         Kind
	}{
		{"whole", redirect + "?code=" + canary + "&state=STATE", ""},
		{"with space and quotes around", "  \"" + redirect + "?code=" + canary + "&state=STATE\"\n", ""},
		{"without the scheme", "127.0.0.1:1023/callback?code=" + canary + "&state=STATE", ""},
		{"empty", "", Stray},
		{"the sign-in page's own address", "https://login.example/authorize?code=" + canary + "&state=STATE", Stray},
		{"another port", "http://127.0.0.1:80/callback?code=" + canary + "&state=STATE", Stray},
		{"another path", "http://127.0.0.1:1023/callback/?code=" + canary + "&state=STATE", Stray},
		{"another scheme", "https://127.0.0.1:1023/callback?code=" + canary + "&state=STATE", Stray},
		{"a name before the host", "http://x@127.0.0.1:1023/callback?code=" + canary + "&state=STATE", Stray},
		{"damaged", redirect + "?code=" + canary + "&state=%", Stray},
		{"damaged all over", "http://[" + canary, Stray},
		{"control characters", "http://127.0.0.1:1023/callback\x00?code=" + canary, Stray},
		{"too long", redirect + "?state=STATE&code=" + strings.Repeat("x", maxAnswer), Stray},
		{"an old one", redirect + "?code=" + canary + "&state=OLD", WrongState},
		{"declined", redirect + "?error=access_denied&state=STATE", Declined},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := Deaf(Loopback{Path: "/callback"})
			if err := r.Begin("https://login.example/authorize", Expectation{}); err != nil {
				t.Fatal(err)
			}
			if r.Redirect() != redirect || r.Start() != "https://login.example/authorize" {
				t.Fatalf("redirect %q, start %q", r.Redirect(), r.Start())
			}
			err := r.Paste(strings.ReplaceAll(test.pasted, "STATE", r.State()))
			if KindOf(err) != test.want || (err == nil) != (test.want == "") {
				t.Fatalf("got %v, want kind %q", err, test.want)
			}
			if strings.Contains(fmt.Sprint(err)+dump(err), canary) {
				t.Errorf("the code shows: %v", err)
			}
			if ended := test.want != Stray && test.want != WrongState; !ended {
				// The administrator pastes again, and it works.
				if err := r.Paste(redirect + "?code=" + canary + "&state=" + r.State()); err != nil {
					t.Fatalf("pasted again: %v", err)
				}
			}
			if err := r.Paste(redirect + "?code=other&state=" + r.State()); KindOf(err) != Answered {
				t.Errorf("replayed: %v", err)
			}
			answer, err := r.Wait(t.Context())
			if test.want == Declined {
				if KindOf(err) != Declined {
					t.Errorf("got %v", err)
				}
			} else if err != nil || answer.Code.Reveal() != canary {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzAnswer wants that no address brings an answer without the state, and that
// nothing makes the judge panic or show the code.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		"http://127.0.0.1:1023/callback?code=c&state=S", "127.0.0.1:1023/callback?error=access_denied&state=S",
		"http://127.0.0.1:1023/callback?admin_consent=True&tenant=" + tenantID + "&state=S", "http://[::1", "%", "://", "?",
		"http://127.0.0.1:1023/callback?code=c&state=S&iss=https%3A%2F%2Fexample.com%2F" + tenantID + "%2Fv2.0",
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, pasted string, consent bool) {
		q, err := readPasted("http://127.0.0.1:1023/callback", pasted)
		if err != nil {
			return
		}
		answer, err := Expectation{Consent: consent, Issuer: issuerOf}.judge("S", q)
		if err != nil {
			if KindOf(err) == "" {
				t.Fatalf("no kind: %v", err)
			}
			return
		}
		if q.Get("state") != "S" || consent == !answer.Code.IsEmpty() || consent != IsGUID(answer.Tenant) || q.Has("error") {
			t.Fatalf("taken: %q", pasted)
		}
	})
}
