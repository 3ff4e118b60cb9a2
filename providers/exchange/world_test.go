package exchange

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/network"
	"fairlead/providers/exchange/chain/chaintest"
	"fairlead/secret"
)

// world is a small outside world in memory. Run in a synctest bubble, its time
// costs nothing, and a round trip takes exactly as long as it says.
type world struct {
	t       *testing.T
	trip    time.Duration // a round trip
	names   map[string][]netip.Addr
	servers map[netip.Addr]func(net.Conn) // what stands at an address; nil drops packets
	public  *chaintest.Authority
	company *chaintest.Authority // trusted by this computer alone

	mutex   sync.Mutex
	dials   []netip.AddrPort
	ends    []net.Conn
	serving sync.WaitGroup
}

const (
	testHost    = chaintest.Host
	testAccount = `CONTOSO\svc`
	testSecret  = "Sea;Shanty <4> "
	testMailbox = "anna@contoso.com"
)

var (
	here  = netip.MustParseAddr("203.0.113.7")
	there = netip.MustParseAddr("203.0.113.8")
)

// newWorld is a world with one name, one address and one server.
func newWorld(t *testing.T, server func(net.Conn)) *world {
	t.Helper()
	w := &world{
		t: t, names: map[string][]netip.Addr{testHost: {here}}, servers: map[netip.Addr]func(net.Conn){here: server},
		public:  chaintest.NewAuthority(t, "Public Root", nil, time.Now()),
		company: chaintest.NewAuthority(t, "Contoso Root", nil, time.Now()),
	}
	t.Cleanup(w.close)
	return w
}

// close ends all connections and waits for the servers, once the client has
// brought to an end what it still had under way.
func (w *world) close() {
	for range 2 {
		w.mutex.Lock()
		for _, end := range w.ends {
			_ = end.Close()
		}
		w.mutex.Unlock()
		time.Sleep(time.Minute)
	}
	w.serving.Wait()
}

func (w *world) network() *network.Network {
	return &network.Network{
		Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			if addresses, ok := w.names[host]; ok {
				return addresses, nil
			}
			return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		},
		Dial: w.dial, Now: time.Now,
		PublicRoots: chaintest.Pool(w.public), SystemRoots: chaintest.Pool(w.public, w.company),
	}
}

func (w *world) dial(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	w.mutex.Lock()
	w.dials = append(w.dials, to)
	w.mutex.Unlock()
	server, known := w.servers[to.Addr()]
	if known && server == nil {
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: ctx.Err()}
	}
	time.Sleep(w.trip)
	if to.Addr() != here {
		time.Sleep(time.Millisecond) // so that it is known which address comes first
	}
	if !known {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	client, far := pipe(w.trip / 2)
	w.mutex.Lock()
	w.ends = append(w.ends, far)
	w.mutex.Unlock()
	w.serving.Go(func() { server(far) })
	return client, nil
}

// target is what an administrator would test in this world.
func (w *world) target() Target {
	u, err := ParseURL("https://" + testHost)
	if err != nil {
		w.t.Fatal(err)
	}
	return Target{URL: u, SignIn: testAccount, Password: secret.New(testSecret), Mailbox: testMailbox, Mode: Strict}
}

func (w *world) run(change ...func(*Target)) check.Report {
	target := w.target()
	for _, c := range change {
		c(&target)
	}
	return Test(w.network(), target).Run(w.t.Context(), nil)
}

// https is a server that answers each request with the text that handle returns,
// as it stands; an empty one ends the connection. It closes after an answer that
// says so.
func https(cert tls.Certificate, handle func(*http.Request) string) func(net.Conn) {
	return serve(cert, func(conn net.Conn) {
		requests := bufio.NewReader(conn)
		for {
			request, err := http.ReadRequest(requests)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, request.Body)
			answer := handle(request)
			if _, err := io.WriteString(conn, answer); err != nil || answer == "" || strings.Contains(answer, "Connection: close") {
				return
			}
		}
	})
}

// serve is a server that talks as it likes over TLS.
func serve(cert tls.Certificate, talk func(net.Conn)) func(net.Conn) {
	return func(raw net.Conn) {
		defer raw.Close()
		conn := tls.Server(raw, &tls.Config{Certificates: []tls.Certificate{cert}})
		if conn.Handshake() == nil {
			talk(conn)
			_ = conn.Close()
		}
	}
}

// good is a certificate that is in order.
func (w *world) good(change ...func(*x509.Certificate)) tls.Certificate {
	return w.public.Issue(w.t, time.Now(), change...)
}

// named is a certificate that is in order, for another host.
func (w *world) named(host string) tls.Certificate {
	return w.good(func(c *x509.Certificate) { c.DNSNames = []string{host} })
}

// exchangeServer handles requests as a healthy server: 401 without a sign-in, 401 with
// a wrong one, and what signedIn returns with the right one.
func exchangeServer(signedIn func(*http.Request) string) func(*http.Request) string {
	return func(r *http.Request) string {
		if !hasSignIn(r) {
			return challenge401
		}
		return signedIn(r)
	}
}

// hasSignIn reports whether a request has the right credentials.
func hasSignIn(r *http.Request) bool {
	token := base64.StdEncoding.EncodeToString([]byte(testAccount + ":" + testSecret))
	return r.Header.Get("Authorization") == "Basic "+token
}

const challenge401 = "HTTP/1.1 401 Unauthorized\r\nServer: Microsoft-IIS/10.0\r\nWWW-Authenticate: Negotiate\r\n" +
	"WWW-Authenticate: NTLM\r\nWWW-Authenticate: Basic realm=\"mail.contoso.com\"\r\n" +
	"X-FEServer: EX01\r\nX-OWA-Version: 15.2.2562.37\r\nContent-Length: 0\r\n\r\n"

// opened is the answer to a mailbox that opened.
func opened(*http.Request) string { return soap(200, inboxXML) }

func soap(status int, body string) string {
	return reply(status, "Content-Type: text/xml; charset=utf-8\r\nX-FEServer: EX01\r\nX-OWA-Version: 15.2.2562.37\r\n", body)
}

// reply is an HTTP answer with header lines and a body.
func reply(status int, header, body string) string {
	var b strings.Builder
	response := http.Response{
		StatusCode: status, ProtoMajor: 1, ProtoMinor: 1,
		ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body)),
	}
	if err := response.Write(&b); err != nil {
		panic(err)
	}
	head, rest, _ := strings.Cut(b.String(), "\r\n")
	return head + "\r\n" + header + rest
}

func soapFault(code string) string { return soapFaultText(code, "What "+code+" says.") }

func soapFaultText(code, text string) string {
	return soap(500, `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>`+
		`<faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:`+code+`</faultcode>`+
		`<faultstring>`+text+`</faultstring><detail>`+
		`<e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">`+code+`</e:ResponseCode>`+
		`</detail></s:Fault></s:Body></s:Envelope>`)
}

const inboxXML = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">` +
	`<s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="37" ` +
	`Version="V2017_07_11" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/></s:Header><s:Body>` +
	`<m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><m:ResponseMessages>` +
	`<m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>` +
	`</m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>`
