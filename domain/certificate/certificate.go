// Package certificate asks what the certificate of a server is like, for the tests
// of servers that are not web servers: directories and mail servers. The judgement
// itself is that of [fairlead/providers/exchange/chain], flaw by flaw.
package certificate

import (
	"crypto/x509"
	"fmt"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/providers/exchange/chain"
)

const (
	day = 24 * time.Hour
	// soon is when the end of a certificate is near.
	soon = 21 * day
)

// Seen is what a server showed. The state of a test embeds it: the texts of the
// causes ask for its methods.
type Seen struct {
	host   string
	judged *chain.Judgement
}

// Judge judges what a host sent in a handshake, of which there is at least one
// certificate.
func (s *Seen) Judge(n *network.Network, host string, sent []*x509.Certificate) {
	judge := chain.Judge{Public: n.PublicRoots, System: n.SystemRoots, Now: n.Now()}
	s.host, s.judged = host, judge.Judge(host, sent)
}

// Certificate implements [Shown].
func (s *Seen) Certificate() *Seen { return s }

// Shown is the state of a test that embeds [Seen].
type Shown interface{ Certificate() *Seen }

// Finding is what is said of a certificate that was judged.
func (s *Seen) Finding() check.Finding {
	j := s.judged
	summary := trusted(j.Trust) + ", " + timeLeft(j)
	if !j.NameMatches {
		summary += ", for another name"
	}
	lines := []string{}
	for i, cert := range j.Chain {
		lines = append(lines, fmt.Sprintf("%d: %s, issued by %s, %s, valid %s to %s", i, cert.Subject, cert.Issuer, chain.Key(cert),
			cert.NotBefore.Format(time.DateOnly), cert.NotAfter.Format(time.DateOnly)))
	}
	lines = append(lines, "names: "+s.CertificateNames())
	for i, line := range lines {
		lines[i] = providers.OneLine(line, 400)
	}
	return check.Finding{Summary: summary, Evidence: strings.Join(lines, "\n")}
}

func trusted(t chain.Trust) string {
	switch t {
	case chain.Public:
		return "public authority"
	case chain.Incomplete:
		return "incomplete chain"
	case chain.Private:
		return "company authority"
	case chain.SelfSigned:
		return "self-signed"
	}
	return "unknown authority"
}

func timeLeft(j *chain.Judgement) string {
	switch {
	case j.NotYetValid != nil:
		return "not valid yet"
	case j.Expired != nil:
		return "expired"
	case j.Left < 2*day:
		return "hours left"
	}
	return fmt.Sprintf("%d days left", j.Left/day)
}

// CertificateHost is the name that the certificate should have.
func (s *Seen) CertificateHost() string { return s.host }

// CertificateNames lists the names that it has.
func (s *Seen) CertificateNames() string {
	if s.judged == nil {
		return ""
	}
	leaf := s.judged.Leaf()
	names := append([]string{}, leaf.DNSNames...)
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		names = []string{leaf.Subject.CommonName + " (common name only)"}
	}
	return providers.OneLine(strings.Join(names, ", "), 400)
}

// CertificateEnds is the day on which the server's own certificate ends, or that
// of the one above it that has ended.
func (s *Seen) CertificateEnds() string {
	switch {
	case s.judged == nil:
		return ""
	case s.judged.Expired != nil:
		return s.judged.Expired.NotAfter.Format(time.DateOnly)
	}
	return s.judged.Leaf().NotAfter.Format(time.DateOnly)
}

// CertificateIssuer is who signed the last certificate that was sent.
func (s *Seen) CertificateIssuer() string {
	if s.judged == nil {
		return ""
	}
	issuer := s.judged.Chain[len(s.judged.Chain)-1].Issuer
	if issuer.CommonName != "" {
		return providers.OneLine(issuer.CommonName, 200)
	}
	return providers.OneLine(strings.Join(issuer.Organization, " "), 200)
}

// Judged reports whether a certificate was seen.
func (s *Seen) Judged() bool { return s.judged != nil }
