//go:build servers

package servers

import (
	"context"
	"encoding/base64"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/lab"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/providers/exchange"
	"fairlead/providers/exchange/chain/chaintest"
	"fairlead/secret"
)

// What the servers do with what comes in.
const (
	nginxToLab  = "location / { proxy_pass https://@lab@; }"
	apacheToLab = `ProxyPass / https://@lab@/` + "\nSSLProxyVerify none\nSSLProxyCheckPeerName off\nSSLProxyCheckPeerExpire off\nProxyPreserveHost on"
	haproxyLab  = " @lab@ ssl verify none"

	// haproxyNames tells the servers behind apart, which are one lab.
	haproxyNames = "http-response set-header X-FEServer EX0%[srv_id]"

	nginxBasic   = "location / { auth_basic Exchange; auth_basic_user_file users; }"
	apacheBasic  = "<Location />\nAuthType Basic\nAuthName Exchange\nAuthBasicProvider file\nAuthUserFile @dir@/users\nRequire valid-user\n</Location>"
	apacheDigest = "<Location />\nAuthType Digest\nAuthName Exchange\nAuthDigestProvider file\nAuthUserFile @dir@/users\nRequire valid-user\n</Location>"

	form = `<html><body><form action=login method=post><input name=user><input type=password name=pass></form></body></html>`
)

// old lets OpenSSL do what it would refuse by itself.
const old = "ALL:@SECLEVEL=0"

// node is a front end of Exchange with its name.
func node(c certificate, name string) server {
	return nginx(c, nginxToLab, "proxy_hide_header X-FEServer; add_header X-FEServer "+name+" always;")
}

// luring is nginx that asks for the password and then sends on to another server.
func luring(s *stage) string {
	other := node(good, "EX02")(s)
	_, port, _ := net.SplitHostPort(other)
	return nginx(good, `add_header WWW-Authenticate 'Basic realm="x"' always;`, "location / {",
		"if ($http_authorization) { return 307 https://mail.contoso.com:"+port+"/EWS/Exchange.asmx; }", "return 401;", "}")(s)
}

// cases are what a server does, and what the test must say of it.
var cases = []struct {
	name    string
	server  server
	want    string // the code that comes first; empty where all is well
	signIns int    // passwords that may arrive
}{
	{"nginx in front of Exchange", nginx(good, nginxToLab), "", 1},
	{"nginx, expired", nginx(expired, nginxToLab), "certificate-expired", 0},
	{"nginx, wrong name", nginx(wrongName, nginxToLab), "certificate-name-mismatch", 0},
	{"nginx, unknown authority", nginx(unknownCA, nginxToLab), "certificate-untrusted", 0},
	{"nginx, self-signed", nginx(selfSigned, nginxToLab), "certificate-self-signed", 0},
	{"nginx, incomplete chain", nginx(incomplete, nginxToLab), "certificate-chain-incomplete", 0},
	{"nginx, RSA 1024", nginx(withRSA(1024), "ssl_ciphers "+old+";", nginxToLab), "certificate-weak-key", 0},
	{"nginx, TLS 1.0", nginx(good, "ssl_protocols TLSv1; ssl_ciphers "+old+";", nginxToLab), "tls-too-old", 0},
	{
		"nginx, RSA key exchange", nginx(withRSA(2048), "ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA256;", nginxToLab),
		"tls-handshake-failed", 0,
	},
	{
		"nginx, client certificate", nginx(good, "ssl_client_certificate ca.pem; ssl_verify_client on;", nginxToLab),
		"client-certificate-required", 0,
	},
	{"nginx, plain http", nginx(nil, nginxToLab), "plain-http", 0},
	{"nginx, wrong password", nginx(good, nginxBasic), "sign-in-refused", 1},
	{
		"nginx, Negotiate and NTLM alone",
		nginx(good, "add_header WWW-Authenticate Negotiate always; add_header WWW-Authenticate NTLM always; location / { return 401; }"),
		"basic-not-offered", 0,
	},
	{"nginx, sign-in page elsewhere", nginx(good, "location / { return 302 /owa/auth/logon.aspx?url=$request_uri; }"), "forms-login", 0},
	{"nginx, another site", nginx(good, "location / { return 301 https://www.contoso.com/; }"), "body-altered", 0},
	{"nginx, sent on with the password", luring, "wrong-path", 1},
	{"nginx, small bodies", nginx(good, "client_max_body_size 1;", nginxToLab), "request-too-large", 0},
	{"nginx, small headers", nginx(good, "connection_pool_size 256; client_header_buffer_size 128; large_client_header_buffers 1 256;", nginxToLab), "header-too-large", 1},
	{"nginx, nobody behind", nginx(good, "location / { proxy_pass http://127.0.0.1:1; }"), "service-unavailable", 0},
	{
		"nginx, another server for each call",
		nginx(good, "set $node EX02; if ($connection_requests = 1) { set $node EX01; }",
			"proxy_hide_header X-FEServer; add_header X-FEServer $node always;", nginxToLab),
		"front-end-changes-on-connection", 1,
	},

	{"Apache in front of Exchange", apache(good, apacheToLab), "", 1},
	{"Apache, expired", apache(expired, apacheToLab), "certificate-expired", 0},
	{"Apache, incomplete chain", apache(incomplete, apacheToLab), "certificate-chain-incomplete", 0},
	{"Apache, TLS 1.0", apache(good, "SSLProtocol TLSv1\nSSLCipherSuite "+old, apacheToLab), "tls-too-old", 0},
	{
		"Apache, client certificate", apache(good, "SSLCACertificateFile @dir@/ca.pem\nSSLVerifyClient require", apacheToLab),
		"client-certificate-required", 0,
	},
	{"Apache, plain http", apache(nil), "plain-http", 0},
	{"Apache, wrong password", apache(good, apacheBasic), "sign-in-refused", 1},
	{"Apache, Digest alone", apache(good, apacheDigest), "basic-not-offered", 0},
	{"Apache, nothing there", apache(good), "wrong-path", 0},
	{"Apache, small headers", apache(good, "LimitRequestFieldSize 20", apacheToLab), "header-too-large", 0},

	{"HAProxy in front of Exchange", haproxy(good, "", "server s1"+haproxyLab), "", 1},
	{"HAProxy, wrong name", haproxy(wrongName, "", "server s1"+haproxyLab), "certificate-name-mismatch", 0},
	{"HAProxy, TLS 1.0", haproxy(good, "ssl-max-ver TLSv1.0 ciphers "+old, "server s1"+haproxyLab), "tls-too-old", 0},
	{
		"HAProxy, client certificate", haproxy(good, "ca-file @dir@/ca.pem verify required", "server s1"+haproxyLab),
		"client-certificate-required", 0,
	},
	{"HAProxy, plain http", haproxy(nil, "", "server s1"+haproxyLab), "plain-http", 0},
	{"HAProxy, sign-in page", haproxy(good, "", "http-request return status 200 content-type text/html lf-string '"+form+"'"), "forms-login", 0},
	{"HAProxy, nobody behind", haproxy(good, "", "server s1 127.0.0.1:1"), "service-unavailable", 0},
	{
		"HAProxy, another server for each connection",
		haproxy(good, "", "balance roundrobin", "option prefer-last-server", haproxyNames, "server s1"+haproxyLab, "server s2"+haproxyLab),
		"front-end-changes", 1,
	},
	{
		"HAProxy, the same server for each address",
		haproxy(good, "", "balance source", haproxyNames, "server s1"+haproxyLab, "server s2"+haproxyLab),
		"", 1,
	},
	{
		"HAProxy before nginx, another server for each connection",
		passing("roundrobin", node(good, "EX01"), node(good, "EX02")), "front-end-changes", 1,
	},
	{
		"HAProxy before nginx, the same server for each connection",
		passing("source", node(good, "EX01"), node(good, "EX02")), "", 1,
	},
	{
		"HAProxy before nginx, another certificate on each",
		passing("roundrobin", node(good, "EX01"), node(another, "EX01")), "certificates-differ", 1,
	},
}

func TestServers(t *testing.T) {
	newStage := stages(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			report := s.test(c.server(s), providers.TestOptions{})
			s.stop()
			logs := s.logs()
			cause := ""
			if worst := report.Worst(); worst != nil {
				cause = worst.Cause()
			}
			if cause != c.want || !report.Complete() || report.Took > 10*time.Second {
				t.Errorf("the cause is %q after %v: %s\n%v\n%s", cause, report.Took, report.Headline(), report, logs)
			}
			sent := base64.StdEncoding.EncodeToString([]byte(lab.SignIn + ":" + lab.Password))
			if got := strings.Count(logs, sent); got != c.signIns {
				t.Errorf("the password arrived %d times, want %d:\n%s", got, c.signIns, logs)
			}
		})
	}
}

// TestInDepth: what only the test in depth sees.
func TestInDepth(t *testing.T) {
	newStage := stages(t)
	for _, c := range []struct {
		name   string
		server server
		want   string
	}{
		{
			// nginx makes a connection of its own for each call, which NTLM does not survive.
			"nginx", nginx(good, "ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers "+old+";", nginxToLab),
			"old-tls-on extended-protection",
		},
		{"HAProxy", haproxy(good, "ssl-min-ver TLSv1.0 ciphers "+old, "server s1"+haproxyLab), "old-tls-on tls-bridged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			report := s.test(c.server(s), providers.TestOptions{Deep: true})
			var codes []string
			for _, result := range report.Checks {
				for _, d := range result.Diagnoses {
					codes = append(codes, d.Code)
				}
			}
			if got := strings.Join(codes, " "); got != c.want || !report.Complete() {
				t.Errorf("diagnoses are %q, want %q: %+v", got, c.want, report)
			}
		})
	}
}

// test runs the connection test against a server that has an address of the
// internet, as far as the test can tell.
func (s *stage) test(address string, options providers.TestOptions) check.Report {
	s.t.Helper()
	_, port, _ := net.SplitHostPort(address)
	target, err := exchange.ParseURL("https://" + chaintest.Host + ":" + port)
	if err != nil {
		s.t.Fatal(err)
	}
	roots := chaintest.Pool(s.authorities.public)
	n := &network.Network{
		Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			if host != chaintest.Host {
				return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
			}
			return []netip.Addr{netip.MustParseAddr("203.0.113.7")}, nil
		},
		Dial: func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), to.Port()).String())
		},
		PublicRoots: roots, SystemRoots: roots, Now: time.Now,
	}
	return exchange.Test(n, exchange.Target{
		URL: target, SignIn: lab.SignIn, Password: secret.New(lab.Password), Mailbox: lab.Mailbox, Mode: exchange.Strict, Options: options,
	}).Run(s.t.Context(), nil)
}
