package chain_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
	"testing"
	"time"

	"fairlead/providers/exchange/chain"
	"fairlead/providers/exchange/chain/chaintest"
)

const day = 24 * time.Hour

// TestJudge judges one certificate after the other, each with one flaw.
func TestJudge(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	public := chaintest.NewAuthority(t, "Public Root", nil, now)
	issuing := chaintest.NewAuthority(t, "Public Issuing", public, now)
	company := chaintest.NewAuthority(t, "Contoso Root", nil, now)
	gateway := chaintest.NewAuthority(t, "Zscaler Root CA", nil, now)
	stranger := chaintest.NewAuthority(t, "Stranger", nil, now)
	below := chaintest.NewAuthority(t, "Stranger Issuing", stranger, now)
	oldIssuing := chaintest.NewAuthority(t, "Old Issuing", public, now, func(c *x509.Certificate) { c.NotAfter = now.Add(-day) })

	leafOnly := func(c tls.Certificate) tls.Certificate {
		c.Certificate = c.Certificate[:1]
		return c
	}
	type flaws struct {
		trust                                                             chain.Trust
		unsure, name, common, expired, early, key, weak, usage, inspected bool
	}
	for _, test := range []struct {
		name string
		sent tls.Certificate
		want flaws
	}{
		{"in order", issuing.Issue(t, now), flaws{}},
		{"straight below a root", public.Issue(t, now), flaws{}},
		{"a company's", company.Issue(t, now), flaws{trust: chain.Private}},
		{"self-signed", (*chaintest.Authority)(nil).Issue(t, now), flaws{trust: chain.SelfSigned}},
		{"unknown", below.Issue(t, now), flaws{trust: chain.Unknown, unsure: true}},
		{"unknown, alone", leafOnly(below.Issue(t, now)), flaws{trust: chain.Incomplete, unsure: true}},
		{"unknown, of a directory", leafOnly(below.Issue(t, now, func(c *x509.Certificate) {
			c.IssuingCertificateURL = []string{"ldap:///CN=Contoso,CN=AIA"}
		})), flaws{trust: chain.Unknown, unsure: true}},
		{"incomplete", leafOnly(issuing.Issue(t, now)), flaws{trust: chain.Incomplete, unsure: true}},
		{"incomplete, with the mark of the public", below.Issue(t, now, func(c *x509.Certificate) {
			c.Policies = []x509.OID{baseline(t)}
		}), flaws{trust: chain.Incomplete, unsure: true}},
		{"published", below.Issue(t, now, func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2}, Value: []byte{4, 0}}}
		}), flaws{trust: chain.Incomplete, unsure: true}},
		{"inspected", gateway.Issue(t, now), flaws{trust: chain.Private, inspected: true}},

		{"another name", issuing.Issue(t, now, func(c *x509.Certificate) { c.DNSNames = []string{"www.contoso.com"} }), flaws{name: true}},
		{"a wildcard", issuing.Issue(t, now, func(c *x509.Certificate) { c.DNSNames = []string{"*.contoso.com"} }), flaws{}},
		{"a wildcard too high", issuing.Issue(t, now, func(c *x509.Certificate) { c.DNSNames = []string{"*.com"} }), flaws{name: true}},
		{"common name alone", issuing.Issue(t, now, func(c *x509.Certificate) { c.DNSNames = nil }), flaws{name: true, common: true}},
		{"another common name alone", issuing.Issue(t, now, func(c *x509.Certificate) {
			c.DNSNames, c.Subject.CommonName = nil, "www.contoso.com"
		}), flaws{name: true}},

		{"expired", issuing.Issue(t, now, func(c *x509.Certificate) { c.NotAfter = now.Add(-day) }), flaws{expired: true}},
		{"not yet valid", issuing.Issue(t, now, func(c *x509.Certificate) { c.NotBefore = now.Add(day) }), flaws{early: true}},
		{"an expired one between", oldIssuing.Issue(t, now), flaws{expired: true}},
		{
			"expired and a company's", company.Issue(t, now, func(c *x509.Certificate) { c.NotAfter = now.Add(-day) }),
			flaws{expired: true, trust: chain.Private},
		},

		{"a short key", issuing.IssueKey(t, rsaKey(t, 1024), now), flaws{key: true}},
		{"a key that is long enough", issuing.IssueKey(t, rsaKey(t, 2048), now), flaws{}},
		{
			"SHA-1", issuing.Issue(t, now, func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 }),
			flaws{weak: true, trust: chain.Unknown, unsure: true},
		},
		{"not for servers", issuing.Issue(t, now, func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}), flaws{usage: true}},
		{"for anything", issuing.Issue(t, now, func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageAny}
		}), flaws{}},
		{"without a usage", issuing.Issue(t, now, func(c *x509.Certificate) { c.ExtKeyUsage = nil }), flaws{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			judge := chain.Judge{Public: chaintest.Pool(public), System: chaintest.Pool(public, company, gateway), Now: now}
			j := judge.Judge(chaintest.Host, chaintest.Parse(t, test.sent))
			got := flaws{
				trust: j.Trust, unsure: !j.Sure, name: !j.NameMatches, common: j.CommonNameOnly, expired: j.Expired != nil,
				early: j.NotYetValid != nil, key: j.WeakKey != nil, weak: j.WeakSignature != nil, usage: j.WrongUsage,
				inspected: j.Inspector != "",
			}
			if got != test.want {
				t.Errorf("\n got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// TestFetched is what happens where the operating system knows the certificate
// that the server leaves out: the chain is incomplete for certain.
func TestFetched(t *testing.T) {
	now := time.Now()
	public := chaintest.NewAuthority(t, "Public Root", nil, now)
	issuing := chaintest.NewAuthority(t, "Public Issuing", public, now)
	sent := chaintest.Parse(t, issuing.Issue(t, now))
	judge := chain.Judge{Public: chaintest.Pool(public), System: chaintest.Pool(public, issuing), Now: now}
	if j := judge.Judge(chaintest.Host, sent[:1]); j.Trust != chain.Incomplete || !j.Sure {
		t.Errorf("trust is %v, sure: %v", j.Trust, j.Sure)
	}
}

func TestAddressInsteadOfName(t *testing.T) {
	now := time.Now()
	root := chaintest.NewAuthority(t, "Root", nil, now)
	sent := chaintest.Parse(t, root.Issue(t, now, func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(203, 0, 113, 7)} }))
	judge := chain.Judge{Public: chaintest.Pool(root), System: chaintest.Pool(), Now: now}
	for host, want := range map[string]bool{"203.0.113.7": true, "203.0.113.8": false, chaintest.Host: true} {
		if got := judge.Judge(host, sent).NameMatches; got != want {
			t.Errorf("for %s the name matches: %v, want %v", host, got, want)
		}
	}
}

func rsaKey(t *testing.T, bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func baseline(t *testing.T) x509.OID {
	oid, err := x509.OIDFromInts([]uint64{2, 23, 140, 1, 2, 2})
	if err != nil {
		t.Fatal(err)
	}
	return oid
}
