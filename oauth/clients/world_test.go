//go:build clients

package clients

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairlead/network"
)

// hostName is the server's name in the world of these tests.
const hostName = "op.example"

// world holds one OpenID server and nothing else.
type world struct {
	address netip.AddrPort
	roots   *x509.CertPool
}

// start installs the server and runs it until the test ends.
func start(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"package.json", "package-lock.json", "server.js"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	install := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w := &world{roots: x509.NewCertPool()}
	w.roots.AddCert(certificate(t, dir))

	server := exec.Command("node", "server.js", "cert.pem", "key.pem", "https://"+hostName)
	server.Dir = dir
	var stderr bytes.Buffer
	server.Stderr = &stderr
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	lines := bufio.NewReader(out)
	port, err := lines.ReadString('\n')
	if err != nil {
		_ = server.Wait()
		t.Fatalf("the server did not start: %v\n%s", err, stderr.String())
	}
	w.address, err = netip.ParseAddrPort("127.0.0.1:" + strings.TrimSpace(port))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// certificate writes cert.pem and key.pem for the server.
func certificate(t *testing.T, dir string) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{hostName}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{
		"cert.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "PRIVATE KEY", Bytes: private},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// network is the program's view of the world.
func (w *world) network() *network.Network {
	return &network.Network{
		Lookup: func(_ context.Context, name string) ([]netip.Addr, error) {
			if name != hostName {
				return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
			}
			return []netip.Addr{w.address.Addr()}, nil
		},
		Dial: func(ctx context.Context, _ netip.AddrPort) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", w.address.String())
		},
		PublicRoots: w.roots, SystemRoots: x509.NewCertPool(), Now: time.Now,
	}
}
