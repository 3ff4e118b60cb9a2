package chain

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Fetch gets what an address that stands in a certificate names.
type Fetch func(ctx context.Context, address string) ([]byte, error)

// maxClimb bounds the way from a server's certificate to its root. Public chains
// have one or two certificates between.
const maxClimb = 8

// Issuers fetches the certificates that a server left out: each names the
// address of its issuer's (RFC 5280, section 4.2.2.1). It goes up to a root, or
// as far as it can; the error says why it went no further.
func Issuers(ctx context.Context, sent []*x509.Certificate, fetch Fetch) (found []*x509.Certificate, err error) {
	cert := sent[0]
	for range maxClimb {
		if own(cert) {
			return found, nil
		}
		i := slices.IndexFunc(sent, func(above *x509.Certificate) bool {
			return bytes.Equal(above.RawSubject, cert.RawIssuer) && cert.CheckSignatureFrom(above) == nil
		})
		if i >= 0 {
			cert = sent[i]
			continue
		}
		if cert, err = issuer(ctx, cert, fetch); err != nil {
			return found, err
		}
		found = append(found, cert)
	}
	return found, errors.New("the chain has no end")
}

// own reports whether a certificate names itself as its issuer.
func own(cert *x509.Certificate) bool { return bytes.Equal(cert.RawIssuer, cert.RawSubject) }

// issuer fetches the certificate above one.
func issuer(ctx context.Context, cert *x509.Certificate, fetch Fetch) (*x509.Certificate, error) {
	err := errors.New("the certificate names no http address of its issuer's")
	for _, address := range cert.IssuingCertificateURL {
		if !strings.HasPrefix(strings.ToLower(address), "http://") {
			continue // ldap leads into the company, and https to another chain
		}
		data, problem := fetch(ctx, address)
		if problem == nil {
			var above *x509.Certificate
			if above, problem = parse(data); problem == nil {
				if problem = cert.CheckSignatureFrom(above); problem == nil {
					return above, nil
				}
			}
		}
		err = fmt.Errorf("%s: %w", address, problem)
	}
	return nil, err
}

// parse reads one certificate, in DER as it should be, or in PEM.
func parse(data []byte) (*x509.Certificate, error) {
	if block, _ := pem.Decode(data); block != nil {
		data = block.Bytes
	}
	cert, err := x509.ParseCertificate(data)
	if err != nil {
		return nil, errors.New("what is there is no single certificate")
	}
	return cert, nil
}
