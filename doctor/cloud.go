package doctor

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/network"
	"fairlead/oauth"
	"fairlead/workspace"
)

// networkCheck reads the settings of the way to the cloud. Without a proxy there is
// no more to it.
var networkCheck = check.Check[*examination]{
	ID: "proxy", Title: "Way to the cloud",
	Ask: func(ctx context.Context, s *examination) (_ check.Finding, err error) {
		catalogue, err := assets.LoadCatalogue()
		if err != nil {
			return check.Finding{}, err
		}
		s.Host = catalogue.Clouds[0].Login
		if s.net, s.lab, err = workspace.OpenNetwork(ctx, s.World); err != nil {
			return check.Finding{}, err
		}
		proxy, err := s.net.Proxy.For(&url.URL{Scheme: "https", Host: s.Host})
		switch {
		case err != nil:
			return check.Finding{}, err
		case proxy == nil:
			return check.Finding{Summary: "directly, without a proxy"}, nil
		}
		s.Proxy, s.Source = proxy.Redacted(), s.net.Proxy.Source
		port, err := strconv.ParseUint(proxy.Port(), 10, 16)
		if err != nil {
			port = map[string]uint64{"http": 80, "https": 443, "socks5": 1080}[proxy.Scheme]
		}
		found := check.Finding{Summary: "through " + s.Proxy + ", which " + s.Source + " names"}
		conn, err := s.net.DialHost(ctx, proxy.Hostname(), uint16(port), nil)
		if err != nil {
			return found, err
		}
		return found, conn.Close()
	},
	Causes: []*check.Cause[*examination]{settingRefused, authorityRefused, {
		Code: "proxy-unreachable", Title: "The proxy cannot be reached", Verdict: check.Fail,
		When:   check.Otherwise(settingRefused, authorityRefused),
		Likely: []string{"{{.Source}} names a proxy that is not there any more: {{.Proxy}}", "this network has no way to it"},
		Remedy: "Correct it there, or reach the cloud without a proxy: `--proxy none`.",
	}},
}

var settingRefused = &check.Cause[*examination]{
	Code: "proxy-setting", Title: "The setting of the proxy cannot be read", Verdict: check.Fail,
	When:   check.Met[*examination](network.ErrProxy),
	Likely: []string{"`--proxy` or FAIRLEAD_PROXY has a typing error"},
	Remedy: "It has the form `proxy.contoso.com:8080`, or `none`.",
}

var authorityRefused = &check.Cause[*examination]{
	Code: "authorities-setting", Title: "The file of authorities cannot be used", Verdict: check.Fail,
	When:   check.Met[*examination](network.ErrNoAuthority),
	Likely: []string{"`--ca-file` or FAIRLEAD_CA_FILE names a file that is no certificate of an authority"},
	Remedy: "Save the authority's certificate as Base-64 (.cer, .pem) and name that file.",
}

// nameCheck asks whether names are resolved. Behind a proxy that is its business.
var nameCheck = check.Check[*examination]{
	ID: "dns", Title: "DNS", Needs: []string{"proxy"},
	Ask: func(ctx context.Context, s *examination) (check.Finding, error) {
		if s.Proxy != "" {
			return check.Finding{Summary: "left to the proxy"}, nil // no skip, which would keep the rest from being asked
		}
		addresses, err := s.net.Lookup(ctx, s.Host)
		if err != nil {
			return check.Finding{}, err
		}
		return check.Finding{Summary: s.Host + " is found", Evidence: fmt.Sprintln(addresses)}, nil
	},
	Causes: []*check.Cause[*examination]{{
		Code: "no-names", Title: "Names of the internet are not found", Verdict: check.Fail,
		When:   func(_ *examination, err error) bool { return err != nil },
		Likely: []string{"this computer is offline", "its DNS server does not answer", "names of the internet are for the proxy to find, and none is set"},
		Remedy: "Without the internet, connectors to Exchange, the list and all that is registered work as ever; Microsoft 365, Google " +
			"Workspace and checks of a domain do not. If there is a proxy, name it: `--proxy proxy.contoso.com:8080`.",
	}},
}

// cloudCheck asks for a public document, as every sign-in does first.
var cloudCheck = check.Check[*examination]{
	ID: "cloud", Title: "Cloud over TLS", Needs: []string{"dns"},
	Ask: func(ctx context.Context, s *examination) (check.Finding, error) {
		address := "https://" + s.Host + "/common/v2.0/.well-known/openid-configuration"
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return check.Finding{}, err
		}
		answer, err := oauth.NewWeb(s.net).Do(req)
		s.asked = s.net.Now()
		if err != nil {
			return check.Finding{}, err
		}
		_ = answer.Body.Close()
		s.answer = answer
		s.judge(answer)
		return check.Finding{
			Summary: s.Host + ", certificate by " + s.Issuer, Evidence: answer.Proto + " " + answer.Status + "\nDate: " + answer.Header.Get("Date"),
		}, nil
	},
	Causes: []*check.Cause[*examination]{
		proxySignIn,
		{
			Code: "cloud-unreachable", Title: "The cloud cannot be reached", Verdict: check.Fail,
			When: check.Otherwise(proxySignIn),
			Likely: []string{
				"a firewall lets nothing through to {{.Host}}", "the proxy refuses it",
				"a proxy inspects TLS with a certificate that this computer does not trust",
			},
			Remedy: "Let this computer reach {{.Host}} on port 443. If a proxy inspects TLS, name its authority: `--ca-file FILE`.",
		},
		{
			Code: "tls-inspected", Title: "TLS is opened and read on the way", Verdict: check.Warn,
			When:   func(s *examination, err error) bool { return err == nil && s.private },
			Likely: []string{"a proxy or firewall of the company inspects TLS: {{.Issuer}}"},
			Remedy: "Sign-ins and tokens can be read there. Ask for an exception for {{.Host}}; Microsoft advises one for its sign-in.",
			Look:   "Microsoft: Microsoft 365 URLs and IP address ranges, \"network device bypass\"",
		},
	},
}

// judge reads who vouched for the answer.
func (s *examination) judge(answer *http.Response) {
	if answer.TLS == nil || len(answer.TLS.PeerCertificates) == 0 {
		return
	}
	certs := answer.TLS.PeerCertificates
	s.Issuer = certs[0].Issuer.CommonName
	options := x509.VerifyOptions{Roots: s.net.PublicRoots, CurrentTime: s.net.Now(), Intermediates: x509.NewCertPool()}
	for _, cert := range certs[1:] {
		options.Intermediates.AddCert(cert)
	}
	_, err := certs[0].Verify(options)
	s.private = err != nil
}

var proxySignIn = &check.Cause[*examination]{
	Code: "proxy-wants-sign-in", Title: "The proxy wants a sign-in", Verdict: check.Fail,
	When: func(s *examination, err error) bool {
		return err != nil && s.Proxy != "" && strings.Contains(err.Error(), http.StatusText(http.StatusProxyAuthRequired))
	},
	Likely: []string{"{{.Proxy}} lets only those through who sign in, often with NTLM or Kerberos, which Fairlead does not speak"},
	Remedy: "Ask for an exception for {{.Host}} from this computer, or put a name and password for Basic into the variable HTTPS_PROXY: " +
		"`http://NAME:PASSWORD@proxy.contoso.com:8080`.",
}

const (
	// tolerated is how far a clock may be off before anything complains: Entra and
	// Google allow five minutes, Kerberos too.
	tolerated = 5 * time.Minute
	// noticed is how far it may be off without a word.
	noticed = 30 * time.Second
)

// clockCheck compares the clocks. The Date of a reply has whole seconds (RFC 9110,
// section 6.6.1).
var clockCheck = check.Check[*examination]{
	ID: "clock", Title: "Clock", Needs: []string{"cloud"},
	Ask: func(_ context.Context, s *examination) (check.Finding, error) {
		server, err := http.ParseTime(s.answer.Header.Get("Date"))
		if err != nil {
			return check.Finding{}, check.Skipped("the cloud did not say what time it is")
		}
		s.Ahead = server.Sub(s.asked).Round(time.Second)
		if s.Ahead.Abs() <= 2*time.Second {
			return check.Finding{Summary: "as the cloud's"}, nil
		}
		return check.Finding{Summary: s.Ahead.Abs().String() + " from the cloud's"}, nil
	},
	Causes: []*check.Cause[*examination]{
		clockCause("clock-wrong", "The clock is wrong", check.Fail, func(off time.Duration) bool { return off >= tolerated }),
		clockCause("clock-off", "The clock is a little off", check.Warn, func(off time.Duration) bool { return off >= noticed && off < tolerated }),
	},
}

func clockCause(code, title string, verdict check.Verdict, when func(off time.Duration) bool) *check.Cause[*examination] {
	return &check.Cause[*examination]{
		Code: code, Title: title, Verdict: verdict,
		When:   func(s *examination, err error) bool { return err == nil && when(s.Ahead.Abs()) },
		Likely: []string{"the computer does not ask a time server", "a virtual machine was paused"},
		Remedy: "This clock is {{.Ahead.Abs}} {{if gt .Ahead 0}}behind{{else}}ahead{{end}}. Tokens and certificates are judged by it. " +
			"On Windows: `w32tm /resync`. On Linux: `timedatectl set-ntp true`. On macOS: `sudo sntp -sS time.apple.com`.",
	}
}
