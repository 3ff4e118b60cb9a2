package ldap

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-ldap/ldap/v3"

	"fairlead/check"
	"fairlead/domain/certificate"
	lab "fairlead/lab/ldap"
	"fairlead/network"
	"fairlead/secret"
)

// diagnoses are the codes of everything that a report complains about.
func diagnoses(r check.Report) (codes []string) {
	for _, c := range r.Checks {
		for _, d := range c.Diagnoses {
			codes = append(codes, string(d.Verdict)+" "+d.Code)
		}
	}
	return codes
}

func TestADirectoryThatIsInOrder(t *testing.T) {
	w := newWorld(t)
	for name, change := range map[string]func(*Target){
		"LDAPS":                func(*Target) {},
		"StartTLS":             func(t *Target) { t.Security = StartTLS },
		"a distinguished name": func(t *Target) { t.Account = lab.Account },
		"further down":         func(t *Target) { t.Base = "OU=People," + lab.Base },
	} {
		to := target()
		change(&to)
		before := w.Binds()
		r := Test(w.net, to).Run(t.Context(), nil)
		if r.Verdict() != check.Pass || r.Count(check.Pass) != len(r.Checks) {
			t.Errorf("%s: %s: %v", name, r.Headline(), diagnoses(r))
		}
		if r.Facts["platform"] != "Active Directory" || r.Facts["base"] != lab.Base || r.Facts["server"] != lab.Host {
			t.Errorf("%s: the facts are %v", name, r.Facts)
		}
		if n := w.Binds() - before; n != 1 {
			t.Errorf("%s: %d sign-ins", name, n)
		}
	}
}

// TestEveryFault switches on each fault of the lab and wants its diagnosis.
func TestEveryFault(t *testing.T) {
	w := newWorld(t)
	for _, f := range lab.Faults() {
		t.Run(f.Name, func(t *testing.T) {
			if err := w.Set(f.Name, true); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = w.Set(f.Name, false) }()
			to, want := target(), strings.Replace(f.Name, "ldap-certificate", "certificate", 1)
			if f.Name == "ldap-starttls-missing" {
				to.Security = StartTLS
			}
			if f.Name == "ldap-no-answer" {
				return // takes a quarter of a minute: see TestAServerThatSaysNothing
			}
			before := w.Binds()
			r := Test(w.net, to).Run(t.Context(), nil)
			worst := r.Worst()
			if worst == nil || worst.Cause() != want || len(worst.Diagnoses[0].Likely) == 0 {
				t.Fatalf("%v, want %s", diagnoses(r), want)
			}
			binds := w.Binds() - before
			if strings.HasPrefix(want, "certificate") && binds > 0 {
				t.Error("the password was sent over a connection whose certificate had failed")
			}
			if binds > 1 {
				t.Errorf("%d sign-ins", binds)
			}
			text, _ := json.Marshal(r)
			if strings.Contains(string(text), lab.Password) || strings.Contains(string(text), "{{") || strings.Contains(string(text), "<nil>") {
				t.Errorf("the report: %s", text)
			}
		})
	}
}

func TestTypingErrors(t *testing.T) {
	w := newWorld(t)
	for _, test := range []struct {
		name   string
		change func(*Target)
		want   string
	}{
		{"another host", func(t *Target) { t.Host = "nowhere.example" }, "fail name-not-found"},
		{"another port", func(t *Target) { t.Port = 1636 }, "fail ldap-refused"},
		{"no TLS", func(t *Target) { t.Security = None }, "fail ldap-plain-refused"},
		{"LDAPS on the port of LDAP", func(t *Target) { t.Port = 389 }, ""},
		{"another password", func(t *Target) { t.Password = secret.New("wrong-one") }, "fail ldap-bind-52e"},
		{"another account", func(t *Target) { t.Account = "nobody@contoso.example" }, "fail ldap-bind-525"},
		{"another base", func(t *Target) { t.Base = "DC=nowhere" }, "fail ldap-base-missing"},
		{"the base of a neighbour", func(t *Target) { t.Base = "DC=fabrikam,DC=example" }, "fail ldap-referral"},
		{"a domain as base", func(t *Target) { t.Base = "contoso.example" }, "fail ldap-base-form"},
		{"a base without people", func(t *Target) { t.Base = "OU=Services," + lab.Base }, "fail ldap-empty"},
	} {
		to := target()
		test.change(&to)
		r := Test(w.net, to).Run(t.Context(), nil)
		got := diagnoses(r)
		if r.Verdict() != check.Fail || len(got) == 0 || test.want != "" && got[0] != test.want {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
	if n := w.Binds(); n != 6 {
		t.Errorf("%d sign-ins", n)
	}
}

func TestRelaxedTakesACertificateOfNobody(t *testing.T) {
	w := newWorld(t)
	for fault, passes := range map[string]bool{"ldap-certificate-self-signed": true, "ldap-certificate-untrusted": true, "ldap-certificate-expired": false, "ldap-certificate-name-mismatch": false} {
		_ = w.Set(fault, true)
		to := target()
		to.Mode = certificate.Relaxed
		if r := Test(w.net, to).Run(t.Context(), nil); (r.Verdict() != check.Fail) != passes || r.Verdict() == check.Pass {
			t.Errorf("%s: %v", fault, diagnoses(r))
		}
		_ = w.Set(fault, false)
	}
}

func TestWithoutAPassword(t *testing.T) {
	w := newWorld(t)
	to := target()
	to.Password = secret.Secret{}
	r := Test(w.net, to).Run(t.Context(), nil)
	if r.Verdict() != check.Pass || r.Count(check.Skip) != 3 || w.Binds() != 0 {
		t.Errorf("%s", r.Headline())
	}
}

func TestTheDeclarations(t *testing.T) {
	for _, mode := range []certificate.Mode{certificate.Strict, certificate.Relaxed, certificate.Noted} {
		if err := check.Validate(checks(mode), &test{target: target()}); err != nil {
			t.Error(err)
		}
	}
	if len(subcodes()) != 9 {
		t.Errorf("%d numbers of Active Directory", len(subcodes()))
	}
}

func FuzzSubcode(f *testing.F) {
	f.Add("80090308: LdapErr: DSID-0C090549, comment: AcceptSecurityContext error, data 52E, v4f7c")
	f.Add("data 525")
	f.Fuzz(func(t *testing.T, said string) {
		if code := subcode(said); len(code) > 8 || strings.Trim(code, "0123456789abcdef") != "" {
			t.Errorf("%q", code)
		}
	})
}

// TestAServerThatSaysNothing waits as long as the test does, on a clock of its own.
func TestAServerThatSaysNothing(t *testing.T) {
	for _, security := range []Security{LDAPS, StartTLS} {
		synctest.Test(t, func(t *testing.T) {
			n := &network.Network{
				Lookup: func(context.Context, string) ([]netip.Addr, error) { return []netip.Addr{netip.IPv6Loopback()}, nil },
				Dial: func(context.Context, netip.AddrPort) (net.Conn, error) {
					here, there := net.Pipe()
					go func() { _, _ = io.Copy(io.Discard, there) }()
					return here, nil
				},
				Now: time.Now,
			}
			to := target()
			to.Security = security
			start := time.Now()
			r := Test(n, to).Run(t.Context(), nil)
			if got := diagnoses(r); len(got) == 0 || got[0] != "fail ldap-no-answer" || time.Since(start) > waitWhole {
				t.Errorf("%s: %v after %v", security, got, time.Since(start))
			}
		})
	}
}

// FuzzServer answers StartTLS, or everything, with bytes of its own.
func FuzzServer(f *testing.F) {
	f.Add([]byte{0x30, 0x0c, 0x02, 0x01, 0x01, 0x78, 0x07, 0x0a, 0x01, 0x02, 0x04, 0x00, 0x04, 0x00})
	f.Add([]byte{0x30, 0x84, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		here, there := net.Pipe()
		go func() {
			_, _ = there.Read(make([]byte, 512))
			_, _ = there.Write(answer)
			_ = there.Close()
		}()
		err := askForTLS(certificate.Limit(here, maxAnswers))
		if failed, ok := errors.AsType[*ldap.Error](err); ok {
			referrals(failed.Packet)
		}
		_ = here.Close()
	})
}
