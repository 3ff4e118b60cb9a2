package network

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// certificate makes one that signs itself.
func certificate(t *testing.T, authority bool) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Contoso Inspection"}, DNSNames: []string{"login.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: authority, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func TestTrustFile(t *testing.T) {
	authority, server := certificate(t, true), certificate(t, false)
	text := func(kind string, cert *x509.Certificate) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: cert.Raw})
	}
	write := func(text []byte) string {
		name := filepath.Join(t.TempDir(), "authorities.pem")
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}

	n := System()
	if err := n.TrustFile(write(append([]byte("Contoso\n"), text("CERTIFICATE", authority)...))); err != nil {
		t.Fatal(err)
	}
	if _, err := authority.Verify(x509.VerifyOptions{Roots: n.SystemRoots, DNSName: "login.example"}); err != nil {
		t.Error("the authority is not trusted:", err)
	}
	if _, err := authority.Verify(x509.VerifyOptions{Roots: n.PublicRoots}); err == nil {
		t.Error("the authority counts as public")
	}

	for what, name := range map[string]string{
		"empty": write(nil), "no text": write([]byte{0, 1, 2}), "a server's": write(text("CERTIFICATE", server)),
		"a key": write(text("PRIVATE KEY", authority)), "broken": write(text("CERTIFICATE", authority)[:200]), "a folder": t.TempDir(),
	} {
		if err := System().TrustFile(name); !errors.Is(err, ErrNoAuthority) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := System().TrustFile(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func FuzzReadAuthorities(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if all, err := readAuthorities(text); err == nil && len(all) == 0 {
			t.Fatal("neither a certificate nor an error")
		}
	})
}
