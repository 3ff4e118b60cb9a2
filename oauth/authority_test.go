package oauth

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"fairlead/network"
)

// host is what the certificate of httptest is for.
const host = "example.com"

const (
	base     = "https://" + host + "/contoso/v2.0"
	issuerOf = "https://" + host + "/{tenantid}/v2.0"
	tenantID = "0f3f2a1c-9c1e-4b0a-8f0e-2b6a0d1c9e55"
	appID    = "app"
	// canary is a code or token that must not show anywhere.
	canary = "Kanari3nv0gel"
)

// rsaKey is made once: each takes a while.
var rsaKey = sync.OnceValue(func() *rsa.PrivateKey { return newRSA(2048) })

func newRSA(bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

// pipes is a world whose connections are pipes to one server: it needs no port,
// and time can stand still in it.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// world serves a handler over TLS in a network of its own. Close it with the
// function that it returns.
func world(handler http.Handler) (*network.Network, func()) {
	certified := httptest.NewTLSServer(nil)
	certified.Close()
	roots := x509.NewCertPool()
	roots.AddCert(certified.Certificate())
	p := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(tls.NewListener(p, &tls.Config{Certificates: certified.TLS.Certificates})) }()
	return &network.Network{
		Lookup: func(_ context.Context, name string) ([]netip.Addr, error) {
			if name != host && name != "192.0.2.1" {
				return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
			}
			return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil
		},
		Dial: func(ctx context.Context, _ netip.AddrPort) (net.Conn, error) {
			here, there := net.Pipe()
			select {
			case p.conns <- there:
				return here, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		},
		PublicRoots: roots, SystemRoots: x509.NewCertPool(), Now: time.Now,
	}, func() { _ = server.Close() }
}

// service is a sign-in service that does what a test tells it to.
type service struct {
	configuration map[string]any
	keys          any
	// token and device answer the endpoints of that name.
	token, device http.HandlerFunc
	seen          []url.Values // what the token endpoint was sent
}

func newService() *service {
	return &service{
		configuration: map[string]any{
			"issuer":                        strings.Replace(issuerOf, tenantPart, tenantID, 1),
			"authorization_endpoint":        "https://" + host + "/authorize",
			"token_endpoint":                "https://" + host + "/token",
			"device_authorization_endpoint": "https://" + host + "/device",
			"jwks_uri":                      "https://" + host + "/keys",
			"msgraph_host":                  "graph.example",
		},
		keys: jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: rsaKey().Public(), KeyID: "k1", Use: "sig", Algorithm: "RS256"}}},
	}
}

func (s *service) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	switch req.URL.Path {
	case "/contoso/v2.0/.well-known/openid-configuration":
		reply(w, http.StatusOK, s.configuration)
	case "/keys":
		reply(w, http.StatusOK, s.keys)
	case "/token":
		_ = req.ParseForm()
		s.seen = append(s.seen, req.PostForm)
		s.token(w, req)
	case "/device":
		s.device(w, req)
	default:
		reply(w, http.StatusBadRequest, map[string]string{"error": "invalid_tenant", "error_description": "AADSTS90002: no such tenant"})
	}
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// claims are those of a good id token, with changes; nil removes one.
func claims(nonce string, change map[string]any) map[string]any {
	now := time.Now().Unix()
	c := map[string]any{
		"iss": strings.Replace(issuerOf, tenantPart, tenantID, 1), "sub": "subject", "aud": appID, "nonce": nonce, "tid": tenantID,
		"iat": now, "nbf": now, "exp": now + 3600, "preferred_username": "anna.berg@contoso.example", "name": "Anna Berg",
	}
	for name, value := range change {
		if c[name] = value; value == nil {
			delete(c, name)
		}
	}
	return c
}

// sign makes a token.
func sign(t testing.TB, algorithm jose.SignatureAlgorithm, key any, kid string, content map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", kid))
	if err != nil {
		t.Fatal(err)
	}
	payload, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	compact, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return compact
}
