package exchange

import (
	"crypto/x509"
	"net"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/network"
	"fairlead/providers/exchange/chain/chaintest"
)

// FuzzCertificate reports on whatever a server may show as its certificate: each
// line stays one line, each text can be filled in, and nothing passes that a
// verification for the host refuses.
func FuzzCertificate(f *testing.F) {
	now := time.Now()
	root := chaintest.NewAuthority(f, "Root", nil, now)
	for _, change := range []func(*x509.Certificate){
		func(*x509.Certificate) {},
		func(c *x509.Certificate) { c.DNSNames = nil },
		func(c *x509.Certificate) {
			c.Subject.CommonName, c.Subject.Organization = "a\nb", []string{"\u202e<b>"}
		},
		func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv6loopback} },
		func(c *x509.Certificate) { c.NotAfter = now.Add(-day) },
		func(c *x509.Certificate) { c.IssuingCertificateURL = []string{"ldap:///CN=Contoso"} },
	} {
		f.Add(root.Issue(f, now, change).Certificate[0])
		f.Add((*chaintest.Authority)(nil).Issue(f, now, change).Certificate[0])
	}
	pool := chaintest.Pool(root)
	u, err := ParseURL("https://" + testHost)
	if err != nil {
		f.Fatal(err)
	}
	certificate := certificateChecks(Strict)
	for i := range certificate {
		certificate[i].Needs = nil
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return
		}
		s := &test{
			net:    &network.Network{PublicRoots: pool, SystemRoots: pool, Now: func() time.Time { return now }},
			target: Target{URL: u, Mode: Strict},
		}
		sent := []*x509.Certificate{cert, root.Cert}
		s.sent, s.cert = sent, s.judge(sent)
		s.trust = s.cert
		if text := judged(s.cert); text != plain(text) {
			t.Fatalf("the summary is %q", text)
		}
		for line := range strings.SplitSeq(describe(s.cert), "\n") {
			if strings.TrimLeft(line, " ") != plain(line) {
				t.Fatalf("a line of evidence is %q", line)
			}
		}
		if err := check.Validate(certificate, s); err != nil {
			t.Fatal(err)
		}
		if s.acceptable(s.cert) {
			if _, err := cert.Verify(x509.VerifyOptions{DNSName: testHost, Roots: pool, CurrentTime: now}); err != nil {
				t.Fatalf("it passes, and yet: %v", err)
			}
		}
	})
}
