package lab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/network"
)

// start opens a lab that ends with the test.
func start(t testing.TB, o Options) *Lab {
	t.Helper()
	l, err := Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// client is a plain client in the lab's world: one connection, no redirects,
// the public roots alone.
type client struct {
	t       testing.TB
	lab     *Lab
	network *network.Network
	http    *http.Client
}

// newClient connects to the first address of a name, or to at if that is valid.
func newClient(t testing.TB, l *Lab, at netip.Addr) *client {
	n := l.Network()
	c := &client{t: t, lab: l, network: n}
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			host, port, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			found, err := n.Lookup(ctx, host)
			if err != nil {
				return nil, err
			}
			if at.IsValid() {
				found[0] = at
			}
			to, err := netip.ParseAddrPort(net.JoinHostPort(found[0].String(), port))
			if err != nil {
				return nil, err
			}
			return n.Dial(ctx, to)
		},
		TLSClientConfig: &tls.Config{RootCAs: n.PublicRoots, Time: n.Now},
	}
	t.Cleanup(transport.CloseIdleConnections)
	c.http = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	return c
}

// do sends a request and returns the answer with its body read, or the error.
func (c *client) do(r *http.Request) (*http.Response, string, error) {
	response, err := c.http.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response, string(body), err
}

// must is do for requests that have to be answered.
func (c *client) must(r *http.Request) (*http.Response, string) {
	c.t.Helper()
	response, body, err := c.do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	return response, body
}

// get is a request without a body.
func get(url string) *http.Request {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		panic(err) // a mistake in the test
	}
	return r
}

// post is an EWS request, anonymous unless it is signed.
func post(url, body string) *http.Request {
	r, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		panic(err) // a mistake in the test
	}
	r.Header.Set("Content-Type", "text/xml; charset=utf-8")
	return r
}

// signed adds the lab's account to a request.
func signed(r *http.Request) *http.Request { return signedAs(r, SignIn) }

func signedAs(r *http.Request, name string) *http.Request {
	r.SetBasicAuth(name, Password)
	return r
}

// anchored adds the header that goes with impersonation.
func anchored(r *http.Request) *http.Request {
	r.Header.Set("X-AnchorMailbox", Mailbox)
	return r
}

// request is an EWS request with a header and a body.
func request(header, body string) string {
	return `<?xml version="1.0" encoding="utf-8"?>` +
		`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">` +
		`<soap:Header>` + header + `</soap:Header><soap:Body>` + body + `</soap:Body></soap:Envelope>`
}

const version2013 = `<t:RequestServerVersion Version="Exchange2013"/>`

// as is the header of a request that acts as somebody.
func as(kind, value string) string {
	return version2013 + `<t:ExchangeImpersonation><t:ConnectingSID><t:` + kind + `>` + value + `</t:` + kind +
		`></t:ConnectingSID></t:ExchangeImpersonation>`
}

const (
	convertIDBody = `<m:ConvertId DestinationFormat="EwsId"><m:SourceIds>` +
		`<t:AlternateId Format="EwsId" Id="AAAA" Mailbox="` + Address + `"/></m:SourceIds></m:ConvertId>`
	inboxBody = `<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>` +
		`<m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>`
	resolveBody = `<m:ResolveNames ReturnFullContactData="false" SearchScope="ActiveDirectory">` +
		`<m:UnresolvedEntry>smtp:` + Mailbox + `</m:UnresolvedEntry></m:ResolveNames>`
)

// transcript is what a client sees of the lab in one conversation: names,
// addresses, certificate, the usual requests and their answers.
func (c *client) transcript(patience time.Duration) string {
	var b strings.Builder
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	addresses, err := c.network.Lookup(ctx, mailHost)
	fmt.Fprintln(&b, "lookup:", addresses, err)
	for _, addr := range addresses {
		conn, err := c.network.Dial(ctx, netip.AddrPortFrom(addr, 443))
		fmt.Fprintf(&b, "dial %s: %v\n", addr, err)
		if err == nil {
			fmt.Fprintf(&b, "chain %s: %s\n", addr, c.chain(ctx, conn))
			_ = conn.Close()
		}
	}
	c.converse(ctx, &b)
	response, _, err := goodNTLM.run(ctx, newClient(c.t, c.lab, noAddr), func() *http.Request { return get(c.lab.URL()) })
	if err == nil {
		fmt.Fprintln(&b, "ntlm:", response.Status)
	}
	bound := goodNTLM
	bound.bind = true
	response, _, err = bound.run(ctx, newClient(c.t, c.lab, noAddr), func() *http.Request { return get(c.lab.URL()) })
	if err == nil {
		fmt.Fprintln(&b, "bound ntlm:", response.Status)
	}
	if conn, err := c.network.Dial(ctx, netip.MustParseAddrPort("203.0.113.7:443")); err == nil {
		config := &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11} // only to look
		fmt.Fprintln(&b, "old TLS:", tls.Client(conn, config).HandshakeContext(ctx))
		_ = conn.Close()
	}
	return b.String()
}

func (c *client) converse(ctx context.Context, b *strings.Builder) {
	url := c.lab.URL()
	question := request(version2013, convertIDBody)
	second := newClient(c.t, c.lab, netip.MustParseAddr("203.0.113.8"))
	discover := "https://" + discoverHost + "/autodiscover/autodiscover.json/v1.0/" + Mailbox + "?Protocol=EWS"
	for _, step := range []struct {
		name    string
		client  *client
		request *http.Request
	}{
		{"autodiscover", c, get(discover)},
		{"cloud", c, get("https://" + cloudHost + ewsPath)},
		{"anonymous", c, post(url, question)},
		{"sign-in", c, signed(post(url, question))},
		{"by address", c, signedAs(post(url, question), Address)},
		{"by local name", c, signedAs(post(url, question), "svc-fairlead@contoso.local")},
		{"resolve", c, signed(post(url, request(version2013, resolveBody)))},
		{"own", c, signed(post(url, request(version2013, inboxBody)))},
		{"impersonated", c, signed(anchored(post(url, request(as("PrimarySmtpAddress", Mailbox), inboxBody))))},
		{"password", c, signed(post(url, request(version2013, "<m:GetPasswordExpirationDate/>")))},
		{"second", second, post(url, question)},
		{"fresh", newClient(c.t, c.lab, noAddr), post(url, question)},
		{"fresh", newClient(c.t, c.lab, noAddr), post(url, question)},
	} {
		response, body, err := step.client.do(step.request.WithContext(ctx))
		if err != nil {
			fmt.Fprintf(b, "%s: error %v\n", step.name, err)
			continue
		}
		fmt.Fprintf(b, "%s: %s\n", step.name, response.Status)
		for _, name := range slices.Sorted(maps.Keys(response.Header)) {
			for _, value := range response.Header[name] {
				fmt.Fprintf(b, "%s: %s: %s\n", step.name, name, value)
			}
		}
		if response.Header.Get("X-FEServer") == "" {
			fmt.Fprintf(b, "%s: by an unknown server\n", step.name)
		}
		fmt.Fprintf(b, "%s: offers %s.\n", step.name, strings.Join(response.Header.Values("WWW-Authenticate"), ", "))
		fmt.Fprintf(b, "%s: body %s\n", step.name, body)
	}
}

// chain describes the certificates of a connection, whether good or not.
func (c *client) chain(ctx context.Context, conn net.Conn) string {
	config := &tls.Config{InsecureSkipVerify: true, ServerName: mailHost} // only to look
	heard := &recorder{Conn: conn}
	over := tls.Client(heard, config)
	if err := over.HandshakeContext(ctx); err != nil {
		return fmt.Sprintf("%v; heard %.60q", err, heard.bytes)
	}
	state := over.ConnectionState()
	leaf := state.PeerCertificates[0]
	between := x509.NewCertPool()
	for _, cert := range state.PeerCertificates[1:] {
		between.AddCert(cert)
	}
	verify := func(roots *x509.CertPool) string {
		_, err := leaf.Verify(x509.VerifyOptions{
			DNSName: mailHost, Roots: roots, Intermediates: between, CurrentTime: c.network.Now(),
		})
		return fmt.Sprint(err)
	}
	return fmt.Sprintf("%d sent, for %q, issuer %q, %s, %s, names %v, %d days left, public: %s, system: %s",
		len(state.PeerCertificates), leaf.Subject.CommonName, leaf.Issuer.CommonName, key(leaf), leaf.SignatureAlgorithm, leaf.DNSNames,
		int(leaf.NotAfter.Sub(c.network.Now()).Hours()/24), verify(c.network.PublicRoots), verify(c.network.SystemRoots))
}

// recorder remembers what came in.
type recorder struct {
	net.Conn
	bytes []byte
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.Conn.Read(p)
	r.bytes = append(r.bytes, p[:n]...)
	return n, err
}

func key(c *x509.Certificate) string {
	if k, ok := c.PublicKey.(interface{ Size() int }); ok {
		return fmt.Sprintf("%s %d", c.PublicKeyAlgorithm, k.Size()*8)
	}
	return c.PublicKeyAlgorithm.String()
}
