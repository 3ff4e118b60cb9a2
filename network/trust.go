package network

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
)

// maxAuthorities bounds a file of authorities; all public ones together have 250 kB.
const maxAuthorities = 4 << 20

// ErrNoAuthority says that a file holds no certificate of an authority.
var ErrNoAuthority = errors.New("no certificate of an authority in PEM form")

// TrustFile makes the network trust the authorities in a file of PEM certificates,
// beside those that this computer trusts. They do not count as public: the services
// of others do not know them.
func (n *Network) TrustFile(name string) error {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular() || info.Size() > maxAuthorities:
		return fmt.Errorf("%s: %w", name, ErrNoAuthority)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	authorities, err := readAuthorities(text)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	roots := n.SystemRoots
	if roots == nil {
		if roots, err = x509.SystemCertPool(); err != nil {
			return fmt.Errorf("the authorities of this computer: %w", err)
		}
	}
	roots = roots.Clone()
	for _, cert := range authorities {
		roots.AddCert(cert)
	}
	n.SystemRoots = roots
	return nil
}

// readAuthorities reads the certificates of PEM text. Each must be an authority's.
func readAuthorities(text []byte) ([]*x509.Certificate, error) {
	var all []*x509.Certificate
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("%w: it holds a %s", ErrNoAuthority, block.Type)
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%w: number %d cannot be read: %w", ErrNoAuthority, len(all)+1, err)
		}
		if !cert.IsCA {
			return nil, fmt.Errorf("%w: %q is a server's own certificate", ErrNoAuthority, cert.Subject.CommonName)
		}
		all = append(all, cert)
	}
	if len(all) == 0 {
		return nil, ErrNoAuthority
	}
	return all, nil
}
