package smtp

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/check"
	"fairlead/domain/certificate"
	lab "fairlead/lab/smtp"
	"fairlead/network"
	"fairlead/providers/exchange/chain/chaintest"
)

const host = "mail.contoso.example"

func newWorld(t testing.TB) (*lab.Server, *network.Network) {
	t.Helper()
	now := time.Now()
	public, stranger := chaintest.NewAuthority(t, "Public", nil, now), chaintest.NewAuthority(t, "Stranger", nil, now)
	mine := func(c *x509.Certificate) { c.DNSNames = []string{host} }
	server, err := lab.Start(lab.Options{Host: host, Domains: []string{"contoso.example"}, Certificate: func(fault string) (tls.Certificate, error) {
		switch fault {
		case "":
			return public.Issue(t, now, mine), nil
		case "smtp-certificate-expired":
			return public.Issue(t, now, mine, func(c *x509.Certificate) { c.NotAfter = now.Add(-time.Hour) }), nil
		case "smtp-certificate-name-mismatch":
			return public.Issue(t, now), nil
		case "smtp-certificate-untrusted":
			return chaintest.NewAuthority(t, "Between", stranger, now).Issue(t, now, mine), nil
		case "smtp-certificate-self-signed":
			return (*chaintest.Authority)(nil).Issue(t, now, mine), nil
		}
		return tls.Certificate{}, fmt.Errorf("no certificate for %s", fault)
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server, &network.Network{
		Lookup: func(_ context.Context, name string) ([]netip.Addr, error) {
			if name != host {
				return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
			}
			return []netip.Addr{netip.MustParseAddr("203.0.113.25")}, nil
		},
		Dial: func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
			if slices.Contains(server.Active(), "smtp-refused") || to.Port() != 25 {
				return nil, os.NewSyscallError("connect", syscall.ECONNREFUSED)
			}
			return (&net.Dialer{}).DialContext(ctx, "tcp", server.Addr())
		},
		PublicRoots: chaintest.Pool(public), SystemRoots: chaintest.Pool(public), Now: time.Now,
	}
}

func diagnoses(r check.Report) (codes []string) {
	for _, c := range r.Checks {
		for _, d := range c.Diagnoses {
			codes = append(codes, string(d.Verdict)+" "+d.Code)
		}
	}
	return codes
}

func strict() Target {
	return Target{Host: host, Mode: certificate.Strict, TLS: true, Relay: true}
}

func TestAMailServerThatIsInOrder(t *testing.T) {
	server, n := newWorld(t)
	r := Test(n, strict()).Run(t.Context(), nil)
	if r.Verdict() != check.Pass || r.Count(check.Pass) != 5 || !strings.HasPrefix(r.Facts["greeting"], "220 "+host) {
		t.Errorf("%s: %v, %v", r.Headline(), diagnoses(r), r.Facts)
	}
	if server.Mails() != 0 {
		t.Error("a mail was begun")
	}
}

// TestEveryFault switches on each fault of the lab and wants its diagnosis.
func TestEveryFault(t *testing.T) {
	server, n := newWorld(t)
	for _, f := range lab.Faults() {
		if f.Name == "smtp-no-answer" {
			continue // takes half a minute: see TestAServerThatSaysNothing
		}
		if err := server.Set(f.Name, true); err != nil {
			t.Fatal(err)
		}
		r := Test(n, strict()).Run(t.Context(), nil)
		_ = server.Set(f.Name, false)
		want := "fail " + strings.Replace(f.Name, "smtp-certificate", "certificate", 1)
		if f.Name == "smtp-greylisted" {
			if r.Verdict() != check.Pass || r.Count(check.Skip) != 1 {
				t.Errorf("%s: %s %v", f.Name, r.Headline(), diagnoses(r))
			}
			continue
		}
		got := diagnoses(r)
		if len(got) == 0 || got[0] != want || strings.Contains(fmt.Sprint(r.Checks), "{{") {
			t.Errorf("%s: %v, want %s", f.Name, got, want)
		}
		if len(got) > 0 && len(r.Worst().Diagnoses[0].Likely) == 0 {
			t.Errorf("%s: nothing likely", f.Name)
		}
	}
	if server.Mails() != 0 {
		t.Error("a mail was begun")
	}
}

// TestMailBetweenServers takes what mail servers take, and says what is wrong.
func TestMailBetweenServers(t *testing.T) {
	server, n := newWorld(t)
	for fault, want := range map[string]string{
		"smtp-certificate-expired": "warn certificate-expired", "smtp-certificate-self-signed": "warn certificate-self-signed",
		"smtp-starttls-missing": "warn smtp-starttls-missing", "smtp-starttls-refused": "fail smtp-starttls-refused",
	} {
		_ = server.Set(fault, true)
		r := Test(n, Target{Host: host}).Run(t.Context(), nil)
		_ = server.Set(fault, false)
		if got := diagnoses(r); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v, want %s", fault, got, want)
		}
	}
	if r := Test(n, Target{Host: "nowhere.example"}).Run(t.Context(), nil); r.Worst() == nil || r.Worst().Cause() != "name-not-found" {
		t.Errorf("an unknown name: %v", diagnoses(r))
	}
}

// TestOthersHaveToReachIt never fails for what this computer cannot reach.
func TestOthersHaveToReachIt(t *testing.T) {
	server, n := newWorld(t)
	target := strict()
	target.Elsewhere = true
	if r := Test(n, target).Run(t.Context(), nil); r.Verdict() != check.Pass {
		t.Errorf("%v", diagnoses(r))
	}
	for _, f := range lab.Faults() {
		if f.Name == "smtp-no-answer" || f.Name == "smtp-greylisted" {
			continue
		}
		_ = server.Set(f.Name, true)
		r := Test(n, target).Run(t.Context(), nil)
		_ = server.Set(f.Name, false)
		if got := diagnoses(r); r.Verdict() != check.Warn || got[0] != "warn "+strings.Replace(f.Name, "smtp-certificate", "certificate", 1) {
			t.Errorf("%s: %s %v", f.Name, r.Verdict(), got)
		}
	}
}

func TestAServerThatSaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := silent(nil)
		r := Test(n, strict()).Run(t.Context(), nil)
		if got := diagnoses(r); len(got) == 0 || got[0] != "fail smtp-no-answer" {
			t.Errorf("%v", got)
		}
	})
}

// silent is a network whose every server says some bytes and nothing more.
func silent(says []byte) *network.Network {
	return &network.Network{
		Lookup: func(context.Context, string) ([]netip.Addr, error) { return []netip.Addr{netip.IPv6Loopback()}, nil },
		Dial: func(context.Context, netip.AddrPort) (net.Conn, error) {
			here, there := net.Pipe()
			go func() {
				_, _ = there.Write(says)
				buffer := make([]byte, 512)
				for {
					if _, err := there.Read(buffer); err != nil {
						return
					}
				}
			}()
			return here, nil
		},
		Now: time.Now,
	}
}

func TestTheDeclarations(t *testing.T) {
	for _, target := range []Target{strict(), {Host: host, Mode: certificate.Noted}} {
		if err := check.Validate(checks(target), &test{target: target}); err != nil {
			t.Error(err)
		}
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add([]byte("220 x\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n"))
	f.Add([]byte("220-\r\n220 \r\n"))
	f.Add([]byte("999999999999 x\r\n"))
	f.Fuzz(func(t *testing.T, says []byte) {
		here, there := net.Pipe()
		go func() {
			_, _ = there.Write(says)
			_ = there.Close()
		}()
		s := &test{raw: here}
		s.speak(certificate.Limit(here, maxAnswers))
		for range 4 {
			text, err := s.hear()
			if err != nil {
				break
			}
			for _, e := range extensionsOf(text) {
				if e == "" || strings.ContainsAny(e, " \r\n") {
					t.Errorf("an extension: %q", e)
				}
			}
		}
		_ = here.Close()
	})
}
