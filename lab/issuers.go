package lab

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// The lab's authorities give their certificates to anyone, over plain HTTP, at
// the address that stands in those that they issue (RFC 5280, section 4.2.2.1).

const pkiHost = "pki.fairlead-lab.example"

var pkiAddress = netip.MustParseAddr("203.0.113.80")

// place is the path of the authority's certificate, or empty.
func (a *authority) place() string {
	if !a.published {
		return ""
	}
	return "/" + strings.ToLower(strings.ReplaceAll(a.cert.Subject.CommonName, " ", "-")) + ".crt"
}

// addresses are what a certificate says about where its issuer's is.
func (a *authority) addresses() []string {
	if a.place() == "" {
		return nil
	}
	return []string{"http://" + pkiHost + a.place()}
}

// openIssuers starts the listener for all that comes without TLS: it gives away
// the authorities' certificates, and sends visitors of Autodiscover on.
func (l *Lab) openIssuers() (err error) {
	if l.issuers, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	l.shelf = &http.Server{
		Handler: http.HandlerFunc(l.servePlain), ReadHeaderTimeout: 30 * time.Second, ConnState: l.count,
		ErrorLog: l.web.ErrorLog,
	}
	l.running.Go(func() { _ = l.shelf.Serve(l.lag(l.issuers)) })
	return nil
}

// servePlain answers what comes without TLS.
func (l *Lab) servePlain(w http.ResponseWriter, r *http.Request) {
	if r.Host == pkiHost {
		l.giveIssuer(w, r)
		return
	}
	l.sendOn(w, r)
}

func (l *Lab) giveIssuer(w http.ResponseWriter, r *http.Request) {
	a := l.authorities
	for _, issuer := range []*authority{a.root, a.issuing, a.stranger, a.strangerCA} {
		if r.URL.Path == issuer.place() {
			w.Header().Set("Content-Type", "application/pkix-cert")
			_, _ = w.Write(issuer.cert.Raw)
			return
		}
	}
	http.NotFound(w, r)
}
