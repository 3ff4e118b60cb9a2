package lab

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"time"
)

const day = 24 * time.Hour

// authority is a certificate authority with its key, which lives in memory and
// ends with the lab.
type authority struct {
	cert      *x509.Certificate
	key       crypto.Signer
	published bool // its certificate can be fetched
}

// authorities are all those of the lab's world.
type authorities struct {
	root    *authority // counts as public
	issuing *authority // below root; its certificate is sent with the server's

	company    *authority // trusted by this computer alone
	inspection *authority // of a web gateway, trusted by this computer alone
	stranger   *authority // trusted by nobody
	strangerCA *authority // below stranger
}

func newAuthorities(now time.Time) (*authorities, error) {
	var a authorities
	for _, next := range []struct {
		made   **authority
		parent **authority
		name   pkix.Name
	}{
		{&a.root, nil, pkix.Name{Organization: []string{"Fairlead Lab"}, CommonName: "Fairlead Lab Public Root"}},
		{&a.issuing, &a.root, pkix.Name{Organization: []string{"Fairlead Lab"}, CommonName: "Fairlead Lab Server CA 1"}},
		{&a.company, nil, pkix.Name{Organization: []string{Organisation}, CommonName: "Contoso Enterprise Root CA"}},
		{&a.inspection, nil, pkix.Name{Organization: []string{Organisation}, CommonName: "Contoso Web Gateway SSL Inspection CA"}},
		{&a.stranger, nil, pkix.Name{Organization: []string{"Nobody"}, CommonName: "Unknown Root"}},
		{&a.strangerCA, &a.stranger, pkix.Name{Organization: []string{"Nobody"}, CommonName: "Unknown Server CA"}},
	} {
		var parent *authority
		if next.parent != nil {
			parent = *next.parent
		}
		made, err := newAuthority(next.name, parent, now)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", next.name.CommonName, err)
		}
		made.published = next.name.Organization[0] != Organisation // a company keeps its own to itself
		*next.made = made
	}
	return &a, nil
}

// newAuthority makes an authority below parent, or one that stands for itself.
func newAuthority(name pkix.Name, parent *authority, now time.Time) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: name,
		NotBefore: now.Add(-3 * 365 * day), NotAfter: now.Add(7 * 365 * day),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	issuer := &authority{cert: template, key: key}
	if parent != nil {
		issuer = parent
		template.IssuingCertificateURL = parent.addresses()
		template.MaxPathLenZero = true
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.cert, key.Public(), issuer.key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &authority{cert: cert, key: key}, nil
}

// certificate says what certificate the servers show.
type certificate struct {
	commonName  string
	names       []string
	addresses   []net.IP
	from, until time.Time
	usage       []x509.ExtKeyUsage
	key         func() (crypto.Signer, error)
	signature   x509.SignatureAlgorithm // zero: as fits the issuer's key
	issuer      *authority              // nil: signed by itself
	sent        []*authority            // those whose certificates follow the server's
}

// server is the certificate of the healthy servers.
func (a *authorities) server(now time.Time) certificate {
	return certificate{
		commonName: mailHost,
		names:      []string{mailHost, discoverHost, domain, "localhost"},
		addresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		from:       now.Add(-154 * day),
		until:      now.Add(211*day + 12*time.Hour), // so that it stays 211 for the whole day
		usage:      []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		key:        func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) },
		issuer:     a.issuing,
		sent:       []*authority{a.issuing},
	}
}

// issue makes the certificate and returns it with what is sent beside it.
func (c certificate) issue() (tls.Certificate, error) {
	key, err := c.key()
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the server's key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{Organization: []string{Organisation}, CommonName: c.commonName},
		NotBefore:    c.from, NotAfter: c.until,
		DNSNames: c.names, IPAddresses: c.addresses,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment, ExtKeyUsage: c.usage,
		BasicConstraintsValid: true, SignatureAlgorithm: c.signature,
	}
	issuer := c.issuer
	if issuer == nil {
		issuer = &authority{cert: template, key: key}
	}
	template.IssuingCertificateURL = issuer.addresses()
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.cert, key.Public(), issuer.key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("issue the server's certificate: %w", err)
	}
	chain := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	for _, above := range c.sent {
		chain.Certificate = append(chain.Certificate, above.cert.Raw)
	}
	return chain, nil
}

// serial is a serial number of 120 random bits; RFC 5280 asks for a positive
// number of at most 20 octets.
func serial() *big.Int {
	bytes := make([]byte, 15)
	_, _ = rand.Read(bytes) // never fails
	return new(big.Int).SetBytes(bytes)
}
