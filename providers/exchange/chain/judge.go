// Package chain judges the certificates that a server showed: every flaw, not
// the first one alone.
//
// A verification answers yes or no and stops at the first flaw. An
// administrator who mends that one meets the next. And a computer's own answer
// may mislead: it trusts the company's own authority, which nobody outside
// does. So dates, names, keys, signatures and trust are judged each for
// themselves, and trust is judged against the public roots and against those of
// this computer apart.
package chain

import (
	"crypto/x509"
	"slices"
	"time"
)

// Trust says who vouches for a certificate.
type Trust int

// The kinds of trust, best to worst.
const (
	Public     Trust = iota // an authority that everyone trusts
	Incomplete              // as far as can be seen a public one, but a certificate between is missing
	Private                 // one that this computer trusts and the public does not
	SelfSigned              // nobody but itself
	Unknown                 // an authority that neither knows
)

// Judge is who judges, and when.
type Judge struct {
	Public *x509.CertPool // the roots that everyone trusts
	System *x509.CertPool // those of this computer; nil asks the operating system
	Now    time.Time
	// Fetched are certificates that the server did not send, see [Issuers].
	Fetched []*x509.Certificate
}

// Judgement is what was found out about the certificates of a host.
type Judgement struct {
	Host  string
	Chain []*x509.Certificate // as the server sent it, its own first
	Trust Trust
	// Sure is false where the kind of trust was concluded from signs.
	Sure bool
	// Root is the authority at the end of the chain, where one was found, else
	// nil.
	Root *x509.Certificate

	NameMatches    bool
	CommonNameOnly bool              // the name stands in the subject alone
	Expired        *x509.Certificate // whose time is over, or nil
	NotYetValid    *x509.Certificate // whose time has not come, or nil
	WeakKey        *x509.Certificate // whose key is too short, or nil
	WeakSignature  *x509.Certificate // whose signature proves nothing, or nil
	WrongUsage     bool              // not made for servers
	Inspector      string            // the authority of a product that opens TLS on the way, or empty
	Left           time.Duration     // until the server's certificate ends
}

// Leaf is the server's own certificate.
func (j *Judgement) Leaf() *x509.Certificate { return j.Chain[0] }

// Judge judges what a server sent, of which there is at least one certificate:
// TLS does not do without.
func (judge Judge) Judge(host string, sent []*x509.Certificate) *Judgement {
	leaf := sent[0]
	j := &Judgement{
		Host: host, Chain: sent, Sure: true,
		NameMatches: leaf.VerifyHostname(host) == nil,
		WrongUsage:  wrongUsage(leaf),
		Left:        leaf.NotAfter.Sub(judge.Now),
	}
	if !j.NameMatches {
		j.CommonNameOnly = commonNameOnly(leaf, host)
	}
	j.weigh()
	j.outOfDate(leaf, judge.Now)
	judge.trust(j)
	return j
}

// outOfDate notes a certificate that is out of date, and reports whether it is.
func (j *Judgement) outOfDate(cert *x509.Certificate, now time.Time) bool {
	switch {
	case now.Before(cert.NotBefore):
		j.NotYetValid = cert
	case now.After(cert.NotAfter):
		j.Expired = cert
	default:
		return false
	}
	return true
}

// trust finds out who vouches for the server's certificate.
func (judge Judge) trust(j *Judgement) {
	if way := judge.way(j, judge.Public, nil); way != nil {
		j.Trust, j.Root = Public, last(way)
		return
	}
	leaf := j.Leaf()
	if own(leaf) {
		j.Trust = SelfSigned
		return
	}
	if len(judge.Fetched) > 0 {
		if way := judge.way(j, judge.Public, judge.Fetched); way != nil {
			j.Trust, j.Root = Incomplete, last(way)
			return
		}
	}
	if local := judge.way(j, judge.System, judge.Fetched); local != nil {
		j.Trust, j.Root = Private, last(local)
		j.Inspector = inspector(append(slices.Clone(j.Chain), j.Root))
		// The operating system may know what the server did not send.
		if way := judge.way(j, judge.Public, local); way != nil {
			j.Trust, j.Root = Incomplete, last(way)
		}
		return
	}
	j.Inspector = inspector(j.Chain)
	if len(judge.Fetched) > 0 && own(last(judge.Fetched)) { // the root itself, which nobody knows
		j.Trust = Unknown
		return
	}
	j.Sure = false
	if j.Trust = Unknown; j.Inspector == "" && j.WeakSignature == nil && seemsIncomplete(j.Chain) {
		j.Trust = Incomplete
	}
}

// way looks for a chain from the server's certificate to one of the roots, with
// the help of more certificates. One that is there but for a date counts: the
// date is noted as a flaw of its own.
func (judge Judge) way(j *Judgement, roots *x509.CertPool, more []*x509.Certificate) []*x509.Certificate {
	if way := judge.wayAt(judge.Now, j, roots, more); way != nil {
		return way
	}
	then := j.Leaf().NotBefore
	for _, cert := range j.Chain {
		if cert.NotBefore.After(then) {
			then = cert.NotBefore
		}
	}
	way := judge.wayAt(then, j, roots, more)
	for _, cert := range way {
		if j.Expired != nil || j.NotYetValid != nil || j.outOfDate(cert, judge.Now) {
			break
		}
	}
	return way
}

func (judge Judge) wayAt(at time.Time, j *Judgement, roots *x509.CertPool, more []*x509.Certificate) []*x509.Certificate {
	opts := x509.VerifyOptions{Roots: roots, Intermediates: x509.NewCertPool(), CurrentTime: at}
	if j.WrongUsage {
		opts.KeyUsages = []x509.ExtKeyUsage{x509.ExtKeyUsageAny} // said already
	}
	for _, cert := range append(slices.Clone(j.Chain[1:]), more...) {
		opts.Intermediates.AddCert(cert)
	}
	chains, err := j.Leaf().Verify(opts)
	if err != nil {
		return nil
	}
	return chains[0]
}

func last(chain []*x509.Certificate) *x509.Certificate { return chain[len(chain)-1] }
