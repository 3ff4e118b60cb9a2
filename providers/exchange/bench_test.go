package exchange

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/lab"
	"fairlead/network"
	"fairlead/secret"
)

// roundTrip is the simulated distance to the server. The lab counts every
// round trip, those of TCP and TLS included.
const roundTrip = 100 * time.Millisecond

// BenchmarkTestBesideOneCall times the whole connection test and one
// authenticated GetFolder over a fresh connection, turn by turn, and reports
// the test's time in units of the call's. The aim is 1.60 at most.
func BenchmarkTestBesideOneCall(b *testing.B) {
	l, err := lab.Start(b.Context(), lab.Options{Delay: roundTrip})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	n := l.Network()
	address, err := url.Parse(l.URL())
	if err != nil {
		b.Fatal(err)
	}
	var whole, call time.Duration
	for b.Loop() {
		start := time.Now()
		getFolder(b, n, l.URL())
		call += time.Since(start)

		start = time.Now()
		suite := Test(n, Target{
			URL: address, SignIn: lab.SignIn, Password: secret.New(lab.Password), Mailbox: lab.Mailbox, Mode: Strict,
		})
		if r := suite.Run(b.Context(), nil); r.Verdict() != check.Pass {
			b.Fatal(r.Headline())
		}
		whole += time.Since(start)
	}
	trips := func(d time.Duration) float64 { return float64(d) / float64(b.N) / float64(roundTrip) }
	b.ReportMetric(float64(whole)/float64(call), "×one-call")
	b.ReportMetric(trips(whole), "round-trips/test")
	b.ReportMetric(trips(call), "round-trips/call")
}

// getFolder is what any client does: connect, TLS, one request with Basic.
func getFolder(b *testing.B, n *network.Network, address string) {
	const body = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">` +
		`<s:Header><t:RequestServerVersion Version="Exchange2013"/><t:ExchangeImpersonation><t:ConnectingSID>` +
		`<t:PrimarySmtpAddress>` + lab.Mailbox + `</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>` +
		`<s:Body><m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>` +
		`<m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder></s:Body></s:Envelope>`
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: n.PublicRoots}, DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, hostPort string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(hostPort)
			if err != nil {
				return nil, err
			}
			addrs, err := n.Lookup(ctx, host)
			if err != nil {
				return nil, err
			}
			return n.Dial(ctx, netip.AddrPortFrom(addrs[0], 443))
		},
	}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, address, bytes.NewReader([]byte(body)))
	if err != nil {
		b.Fatal(err)
	}
	request.SetBasicAuth(lab.SignIn, lab.Password)
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	request.Header.Set("X-AnchorMailbox", lab.Mailbox)
	response, err := transport.RoundTrip(request)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		b.Fatal(response.Status, err)
	}
}
