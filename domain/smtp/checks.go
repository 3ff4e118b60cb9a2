package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/domain/certificate"
)

var portCheck = check.Check[*test]{
	ID: "port", Title: "Server answers",
	Causes: []*cause{nameUnknown, portRefused, portUnreachable},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		conn, err := s.net.DialHost(ctx, s.target.Host, s.target.Port, nil)
		if err != nil {
			return check.Finding{}, err
		}
		s.raw = certificate.Limit(conn, maxAnswers)
		s.speak(s.raw)
		return check.Finding{Summary: conn.RemoteAddr().String()}, nil
	},
}

var greetingCheck = check.Check[*test]{
	ID: "greeting", Title: "Greeting", Needs: []string{"port"},
	Causes: []*cause{noAnswer, notSMTP, ehloRefused, busy, rejected},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		if _, err := s.ask(ctx, ""); err != nil {
			return check.Finding{Evidence: s.said}, fmt.Errorf("greeting: %w", err)
		}
		s.greeting = s.said
		text, err := s.ask(ctx, "EHLO "+s.hello())
		s.extensions = extensionsOf(text)
		return check.Finding{Summary: s.greeting, Evidence: "EHLO: " + strings.Join(s.extensions, " ")}, err
	},
}

// errNoTLS says that a server does not offer TLS, and errInjected that somebody
// spoke where TLS should begin (CVE-2011-0411).
var (
	errNoTLS    = errors.New("STARTTLS is not offered")
	errInjected = errors.New("there is more behind the answer to STARTTLS, without TLS")
)

func tlsCheck(t Target) check.Check[*test] {
	missing := startTLSMissing
	if !t.TLS {
		mild := *missing
		mild.Verdict = check.Warn
		missing = &mild
	}
	return check.Check[*test]{
		ID: "tls", Title: "STARTTLS", Needs: []string{"greeting"},
		Causes: []*cause{missing, startTLSRefused, injected, tlsTooOld, noAnswer, tlsFailed},
		Ask: func(ctx context.Context, s *test) (check.Finding, error) {
			if !slices.Contains(s.extensions, "STARTTLS") {
				if !t.TLS {
					return check.Finding{Summary: "not offered: mail goes in the clear"}, nil
				}
				return check.Finding{}, errNoTLS
			}
			if _, err := s.ask(ctx, "STARTTLS"); err != nil {
				return check.Finding{Evidence: s.said}, fmt.Errorf("STARTTLS: %w", err)
			}
			if s.in.Buffered() > 0 {
				return check.Finding{}, errInjected
			}
			var over *tls.Conn
			err := certificate.Within(ctx, s.raw, waitAnswer, func() (err error) {
				over, err = certificate.Handshake(ctx, s.conn, s.target.Host)
				return err
			})
			if err != nil {
				return check.Finding{}, err
			}
			s.speak(over)
			state := over.ConnectionState()
			s.Judge(s.net, s.target.Host, state.PeerCertificates)
			version := tls.VersionName(state.Version)
			return check.Finding{Summary: version, Evidence: version + ", " + tls.CipherSuiteName(state.CipherSuite)}, nil
		},
	}
}

func certificateCheck(mode certificate.Mode) check.Check[*test] {
	return check.Check[*test]{
		ID: "certificate", Title: "Certificate", Needs: []string{"tls"},
		Causes: certificate.Causes[*test](mode, newCertificate),
		Ask: func(_ context.Context, s *test) (check.Finding, error) {
			if !s.Seen.Judged() {
				return check.Finding{}, check.Skipped("there is no TLS")
			}
			return s.Finding(), nil
		},
	}
}

// stranger is a recipient whom no server knows: RFC 2606 keeps .invalid free.
const stranger = "nobody@relay-test.invalid"

// relayCheck names a recipient of another domain and takes that back.
var relayCheck = check.Check[*test]{
	ID: "relay", Title: "Refuses mail for others", Needs: []string{"tls"},
	Causes: []*cause{openRelay, noAnswer},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		if s.Seen.Judged() { // a new start after TLS: RFC 3207, section 4.2
			if _, err := s.ask(ctx, "EHLO "+s.hello()); err != nil {
				return check.Finding{}, err
			}
		}
		if _, err := s.ask(ctx, "MAIL FROM:<>"); err != nil {
			return check.Finding{}, check.Skipped("the server wants to know no sender from here: " + s.said)
		}
		_, err := s.ask(ctx, "RCPT TO:<"+stranger+">")
		said := s.said
		_, _ = s.ask(ctx, "RSET") // a courtesy: the answer is known
		_, _ = s.ask(ctx, "QUIT")
		r, ok := errors.AsType[*refusal](err)
		switch {
		case err == nil:
			return check.Finding{Evidence: said}, errRelay
		case ok && r.code/100 == 5:
			return check.Finding{Summary: "refused", Evidence: said}, nil
		case ok:
			return check.Finding{}, check.Skipped("the server put off the answer: " + said)
		}
		return check.Finding{}, err
	},
}

var errRelay = errors.New("a recipient of another domain was taken")
