package chain

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"slices"
	"strings"
)

// The least that the CA/Browser Forum's baseline requirements allow, section
// 6.1.5: RSA of 2048 bits, ECDSA on P-256.
const (
	minRSA   = 2048
	minECDSA = 256
)

// weigh finds keys that are too short and signatures that prove nothing. A root
// or self-signed certificate is trusted for itself, so its signature does not
// count.
func (j *Judgement) weigh() {
	for _, cert := range j.Chain {
		if j.WeakKey == nil && weakKey(cert) {
			j.WeakKey = cert
		}
		if j.WeakSignature == nil && !own(cert) && weakSignature(cert) {
			j.WeakSignature = cert
		}
	}
}

func weakKey(cert *x509.Certificate) bool {
	switch key := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		return key.N.BitLen() < minRSA
	case *ecdsa.PublicKey:
		return key.Curve.Params().BitSize < minECDSA
	}
	return cert.PublicKeyAlgorithm == x509.DSA
}

func weakSignature(cert *x509.Certificate) bool {
	switch cert.SignatureAlgorithm {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.DSAWithSHA256, x509.ECDSAWithSHA1:
		return true
	}
	return false
}

// Key describes a certificate's key: "RSA 2048".
func Key(cert *x509.Certificate) string {
	switch key := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA %d", key.N.BitLen())
	case *ecdsa.PublicKey:
		return "ECDSA " + key.Curve.Params().Name
	}
	return cert.PublicKeyAlgorithm.String()
}

func wrongUsage(leaf *x509.Certificate) bool {
	if len(leaf.ExtKeyUsage) == 0 && len(leaf.UnknownExtKeyUsage) == 0 {
		return false // no limit
	}
	return !slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageServerAuth) &&
		!slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageAny)
}

// commonNameOnly reports whether a certificate names the host in the way that
// clients stopped reading years ago (RFC 9525): in its common name, without any
// alternative name.
func commonNameOnly(leaf *x509.Certificate, host string) bool {
	if len(leaf.DNSNames) > 0 || len(leaf.IPAddresses) > 0 || leaf.Subject.CommonName == "" {
		return false
	}
	modern := &x509.Certificate{DNSNames: []string{leaf.Subject.CommonName}}
	return modern.VerifyHostname(host) == nil
}

var (
	oidCertificateTransparency = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2} // RFC 6962, section 3.3
	oidBaselineRequirements    = asn1.ObjectIdentifier{2, 23, 140, 1, 2}                 // CA/Browser Forum
)

// seemsIncomplete looks for signs that an unknown issuer stands below a public
// root, and that its certificate was left out. Public authorities put proofs of
// publication, or the policy of the CA/Browser Forum, into every certificate of
// a server. Without that sign, a server that sends its own certificate alone
// has most often lost the one between; but a company's authority names
// itself in its directory.
func seemsIncomplete(sent []*x509.Certificate) bool {
	leaf := sent[0]
	for _, extension := range leaf.Extensions {
		if extension.Id.Equal(oidCertificateTransparency) {
			return true
		}
	}
	for _, policy := range leaf.PolicyIdentifiers {
		if n := len(oidBaselineRequirements); len(policy) > n && policy[:n].Equal(oidBaselineRequirements) {
			return true
		}
	}
	return len(sent) == 1 && !slices.ContainsFunc(append(slices.Clone(leaf.IssuingCertificateURL), leaf.CRLDistributionPoints...),
		func(place string) bool { return strings.HasPrefix(strings.ToLower(place), "ldap:") })
}

// inspectors are products that open TLS on its way and close it again with a
// certificate of their own, and what their authorities are called, in lower
// case.
var inspectors = []string{
	"zscaler", "netskope", "fortigate", "fortinet", "palo alto", "check point", "sophos", "blue coat", "bluecoat",
	"forcepoint", "websense", "cisco umbrella", "barracuda", "sonicwall", "watchguard", "skyhigh", "mcafee web gateway",
	"trend micro", "iboss", "cato networks", "kaspersky", "avast", "bitdefender", "eset ssl", "mitmproxy", "fiddler",
	"inspection", "web gateway", "decryption", "interception",
}

// inspector returns the name of the authority that gives such a product away.
func inspector(certs []*x509.Certificate) string {
	for _, cert := range certs {
		issuer := cert.Issuer.String()
		for _, sign := range inspectors {
			if strings.Contains(strings.ToLower(issuer), sign) {
				return issuer
			}
		}
	}
	return ""
}
