package exchange

import (
	"crypto/x509"
	"net"
	"net/netip"
	"strings"
	"time"

	"fairlead/network"
	"fairlead/providers/exchange/chain"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/ntlm"
	"fairlead/providers/exchange/wire"
)

// test is the state of one connection test. Each check writes the fields under
// its name and reads those of the checks that it needs. What is exported is
// for the texts of causes.
type test struct {
	net    *network.Network
	target Target
	redact func(string) string

	// name
	addresses []netip.Addr

	// port, then addresses
	dials     *race
	greetings []greeting // of the connections beside the one that goes on

	// port
	conn    net.Conn // handed on to tls
	address netip.AddrPort

	// tls, then endpoint, then sign-in
	line *wire.Line

	// tls
	sent   []*x509.Certificate
	cert   *chain.Judgement // of what was sent alone
	probes probes

	// certificate
	trust   *chain.Judgement    // of what was sent and fetched
	fetched []*x509.Certificate // that the server left out

	// endpoint
	open    *wire.Answer // the answer to the call without a sign-in
	arrival time.Time    // when it came, by the network's clock

	// basic
	offered []challenge

	// sign-in
	reply       *ews.Answer     // what EWS said to the call with a sign-in
	replied     *wire.Answer    // the HTTP answer around it
	routing     error           // why the call for the mailbox got no such answer
	reconnected bool            // it went over another connection than the call without
	directory   *ntlm.Challenge // what the server says about its domain, after it refused

	// version
	build string

	// impersonation
	inCloud bool       // Autodiscover sends to Exchange Online for the mailbox
	entry   *ews.Entry // who the address list says it is, in depth

	// in depth, after sign-in
	inside inside

	// old-tls
	oldTLS []string // versions that the server still takes

	// ntlm
	ntlm ntlmResult

	// own-mailbox
	own *ews.Answer

	// password
	expires time.Time // the password; zero while that is not known
}

// close ends the connections that are still open.
func (s *test) close() {
	if s.dials != nil {
		s.dials.close()
	}
	if s.conn != nil {
		_ = s.conn.Close()
	}
	if s.line != nil {
		_ = s.line.Close()
	}
	s.inside.close()
}

// judge judges the certificates that a server sent.
func (s *test) judge(sent []*x509.Certificate) *chain.Judgement { return s.judgeWith(sent, nil) }

// judgeWith judges them beside some that were fetched.
func (s *test) judgeWith(sent, fetched []*x509.Certificate) *chain.Judgement {
	judge := chain.Judge{Public: s.net.PublicRoots, System: s.net.SystemRoots, Now: s.net.Now(), Fetched: fetched}
	return judge.Judge(s.Host(), sent)
}

// acceptable reports whether a password may be sent to whoever showed
// certificates that were judged so.
func (s *test) acceptable(j *chain.Judgement) bool {
	other := &test{net: s.net, target: s.target, cert: j, trust: j}
	for _, c := range certificateChecks(s.target.Mode) {
		for _, cause := range c.Causes {
			if cause.Verdict == fails && cause.When(other, nil) {
				return false
			}
		}
	}
	return true
}

// facts is what was learnt, for the record.
func (s *test) facts() map[string]string {
	facts := map[string]string{}
	keep := func(name, value string) {
		if value != "" {
			facts[name] = value
		}
	}
	build := s.build
	if build == "" {
		build = s.frontBuild()
	}
	product, _ := Product(build)
	keep("platform", product)
	keep("build", build)
	keep("frontend", s.FrontEnd())
	if s.address.IsValid() {
		keep("address", s.address.String())
	}
	if s.reply != nil && s.reply.OK() && s.routing == nil && s.target.Mailbox != "" {
		keep("primary", s.target.Mailbox) // else Exchange would have refused it
	}
	keep("primary", s.Primary())
	keep("support", s.support(build))
	keep("password-expires", s.PasswordExpires())
	if len(s.sent) > 0 {
		keep("certificate-expires", s.sent[0].NotAfter.UTC().Format(time.DateOnly))
	}
	keep("offered", strings.Join(schemes(s.offered), ", "))
	return facts
}
