// Package chaintest makes certificates for tests.
package chaintest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"testing"
	"time"
)

// Host is the name that certificates are for unless they are changed.
const Host = "mail.contoso.com"

const day = 24 * time.Hour

// Authority is a certificate authority.
type Authority struct {
	Cert  *x509.Certificate
	key   crypto.Signer
	above *Authority // nil for a root
}

// NewAuthority makes an authority below another one, or a root when above is
// nil. It is valid for years around now.
func NewAuthority(t testing.TB, name string, above *Authority, now time.Time, change ...func(*x509.Certificate)) *Authority {
	t.Helper()
	template := &x509.Certificate{
		Subject: pkix.Name{CommonName: name}, NotBefore: now.Add(-1000 * day), NotAfter: now.Add(1000 * day),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	a := &Authority{key: newKey(t), above: above}
	a.Cert = sign(t, template, a.key, above, change)
	return a
}

// Issue makes a server's certificate and returns it with all intermediate ones.
// Below a nil authority it is self-signed. It is valid for 100 more days.
func (a *Authority) Issue(t testing.TB, now time.Time, change ...func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	return a.IssueKey(t, newKey(t), now, change...)
}

// IssueKey is [Authority.Issue] for a key of the caller's.
func (a *Authority) IssueKey(t testing.TB, key crypto.Signer, now time.Time, change ...func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{
		Subject: pkix.Name{CommonName: Host}, DNSNames: []string{Host},
		NotBefore: now.Add(-100 * day), NotAfter: now.Add(100 * day),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
	}
	issued := tls.Certificate{Certificate: [][]byte{sign(t, template, key, a, change).Raw}, PrivateKey: key}
	for ; a != nil && a.above != nil; a = a.above {
		issued.Certificate = append(issued.Certificate, a.Cert.Raw)
	}
	return issued
}

// Parse returns the certificates of a chain.
func Parse(t testing.TB, chain tls.Certificate) (all []*x509.Certificate) {
	t.Helper()
	for _, der := range chain.Certificate {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cert)
	}
	return all
}

// Pool makes a pool of the authorities' certificates.
func Pool(authorities ...*Authority) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, a := range authorities {
		pool.AddCert(a.Cert)
	}
	return pool
}

func newKey(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func sign(
	t testing.TB, template *x509.Certificate, key crypto.Signer, above *Authority, change []func(*x509.Certificate),
) *x509.Certificate {
	t.Helper()
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	for _, c := range change {
		c(template)
	}
	issuer := &Authority{Cert: template, key: key}
	if above != nil {
		issuer = above
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.Cert, key.Public(), issuer.key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}
