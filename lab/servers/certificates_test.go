//go:build servers

package servers

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"testing"
	"time"

	"fairlead/providers/exchange/chain/chaintest"
)

const day = 24 * time.Hour

// authorities are those of the tests' world.
type authorities struct {
	public  *chaintest.Authority // counts as public
	issuing *chaintest.Authority // below public
	unknown *chaintest.Authority // below one that nobody knows
	server  tls.Certificate      // in order, and the same on every server
	now     time.Time
}

func newAuthorities(t *testing.T) *authorities {
	now := time.Now()
	public := chaintest.NewAuthority(t, "Public Root", nil, now)
	stranger := chaintest.NewAuthority(t, "Unknown Root", nil, now)
	issuing := chaintest.NewAuthority(t, "Public Issuing", public, now)
	return &authorities{public, issuing, chaintest.NewAuthority(t, "Unknown Issuing", stranger, now), issuing.Issue(t, now), now}
}

// certificate makes what a server shows.
type certificate func(t *testing.T, a *authorities) tls.Certificate

func good(_ *testing.T, a *authorities) tls.Certificate { return a.server }

func another(t *testing.T, a *authorities) tls.Certificate { return a.issuing.Issue(t, a.now) }

func expired(t *testing.T, a *authorities) tls.Certificate {
	return a.issuing.Issue(t, a.now, func(c *x509.Certificate) { c.NotAfter = a.now.Add(-day) })
}

func wrongName(t *testing.T, a *authorities) tls.Certificate {
	return a.issuing.Issue(t, a.now, func(c *x509.Certificate) { c.DNSNames = []string{"www.contoso.com"} })
}

func unknownCA(t *testing.T, a *authorities) tls.Certificate { return a.unknown.Issue(t, a.now) }

func selfSigned(t *testing.T, a *authorities) tls.Certificate {
	return (*chaintest.Authority)(nil).Issue(t, a.now)
}

func incomplete(t *testing.T, a *authorities) tls.Certificate {
	c := good(t, a)
	c.Certificate = c.Certificate[:1]
	return c
}

func withRSA(bits int) certificate {
	return func(t *testing.T, a *authorities) tls.Certificate {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		return a.issuing.IssueKey(t, key, a.now)
	}
}

// encode writes a chain and its key as all three servers read them.
func encode(t *testing.T, c tls.Certificate) (text []byte) {
	for _, der := range c.Certificate {
		text = append(text, encodeCertificate(der)...)
	}
	key, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return append(text, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})...)
}

func encodeCertificate(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}
