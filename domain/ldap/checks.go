package ldap

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"fairlead/check"
	"fairlead/domain/certificate"
)

// portCheck connects to the server.
var portCheck = check.Check[*test]{
	ID: "port", Title: "Server answers",
	Causes: []*cause{nameUnknown, portRefused, portUnreachable},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		conn, err := s.net.DialHost(ctx, s.target.Host, s.target.Port, nil)
		if err != nil {
			return check.Finding{}, err
		}
		s.conn = certificate.Limit(conn, maxAnswers)
		return check.Finding{Summary: conn.RemoteAddr().String()}, nil
	},
}

// tlsCheck makes the connection one that others cannot read.
var tlsCheck = check.Check[*test]{
	ID: "tls", Title: "Connection with TLS", Needs: []string{"port"},
	Causes: []*cause{plainRefused, startTLSMissing, notTLS, tlsTooOld, noAnswer, tlsFailed},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		switch s.target.Security {
		case None:
			return check.Finding{}, errPlain
		case StartTLS:
			if err := s.within(ctx, s.askForTLS); err != nil {
				return check.Finding{}, fmt.Errorf("StartTLS: %w", err)
			}
		}
		err := s.within(ctx, func() (err error) {
			s.over, err = certificate.Handshake(ctx, s.conn, s.target.Host)
			return err
		})
		if err != nil {
			s.plain = s.target.Security == LDAPS && !errors.Is(err, certificate.ErrOldTLS) && s.speaksPlain(ctx)
			return check.Finding{}, err
		}
		s.line = ldap.NewConn(s.over, true)
		s.line.SetTimeout(waitAnswer)
		s.line.Start()
		state := s.over.ConnectionState()
		s.Judge(s.net, s.target.Host, state.PeerCertificates)
		version := tls.VersionName(state.Version)
		return check.Finding{Summary: version, Evidence: version + ", " + tls.CipherSuiteName(state.CipherSuite)}, nil
	},
}

// errPlain says that nothing secret is sent over such a connection.
var errPlain = errors.New("the connection is not encrypted")

func certificateCheck(mode certificate.Mode) check.Check[*test] {
	return check.Check[*test]{
		ID: "certificate", Title: "Certificate", Needs: []string{"tls"},
		Causes: certificate.Causes[*test](mode, newCertificate),
		Ask:    func(_ context.Context, s *test) (check.Finding, error) { return s.Finding(), nil },
	}
}

// serverCheck reads what the server says of itself, without a sign-in. Many hide
// it: that is no fault.
var serverCheck = check.Check[*test]{
	ID: "server", Title: "Directory server", Needs: []string{"tls"},
	Causes: []*cause{noAnswer},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		var found *ldap.SearchResult
		err := s.within(ctx, func() (err error) {
			found, err = s.line.Search(ldap.NewSearchRequest("", ldap.ScopeBaseObject, ldap.NeverDerefAliases, 1, 10, false,
				"(objectClass=*)", []string{"*", "+"}, nil))
			return err
		})
		switch {
		case errors.Is(err, certificate.ErrNoAnswer) || ldap.IsErrorWithCode(err, ldap.ErrorNetwork):
			return check.Finding{}, err
		case err != nil || len(found.Entries) == 0:
			return check.Finding{Summary: "says nothing of itself without a sign-in", Evidence: s.said}, nil
		}
		s.root = found.Entries[0]
		name := "an LDAP directory"
		if s.activeDirectory() {
			name = "Active Directory"
		}
		return check.Finding{Summary: strings.TrimSpace(name + " " + s.attribute("dnsHostName")), Evidence: "base: " + s.SuggestedBase()}, nil
	},
}

// signInCheck spends the one sign-in of the test.
var signInCheck = check.Check[*test]{
	ID: "sign-in", Title: "Sign-in", Needs: []string{"certificate", "server"},
	Causes: signInCauses(),
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		if s.target.Password.IsEmpty() {
			return check.Finding{}, check.Skipped("no password was given")
		}
		err := s.within(ctx, func() error { return s.line.Bind(s.target.Account, s.target.Password.Reveal()) })
		if err != nil {
			s.sub = subcode(s.said)
			return check.Finding{Evidence: s.said}, err
		}
		return check.Finding{Summary: "as " + plain(s.target.Account)}, nil
	},
}

// baseCheck opens the entry at the base.
var baseCheck = check.Check[*test]{
	ID: "base", Title: "Search base", Needs: []string{"sign-in"},
	Causes: searchCauses(),
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		found, err := s.search(ctx, ldap.ScopeBaseObject, "(objectClass=*)", 1)
		switch {
		case err != nil:
			return check.Finding{Evidence: s.said}, err
		case len(found.Entries) == 0:
			return check.Finding{}, errHidden
		}
		return check.Finding{Summary: plain(found.Entries[0].DN)}, nil
	},
}

// errHidden says that a search succeeded and did not bring the base itself.
var errHidden = errors.New("the base exists and is not shown")

// enough is how many entries with a mail address are looked at.
const enough = 50

// peopleCheck looks for entries with a mail address below the base.
var peopleCheck = check.Check[*test]{
	ID: "people", Title: "Mail addresses", Needs: []string{"base"},
	Causes: append([]*cause{sizeLimited, nobody, references}, searchCauses()...),
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		found, err := s.search(ctx, ldap.ScopeWholeSubtree, "(mail=*)", enough)
		if found != nil {
			s.people = len(found.Entries)
			s.refs = found.Referrals
		}
		if ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded) || ldap.IsErrorWithCode(err, ldap.LDAPResultAdminLimitExceeded) {
			s.more, err = true, nil // what was asked for, or what the server allows
		}
		if err != nil {
			return check.Finding{Evidence: s.said}, err
		}
		summary := fmt.Sprintf("%d seen", s.people)
		if s.more {
			summary = fmt.Sprintf("%d seen, and there are more", s.people)
		}
		return check.Finding{Summary: summary}, nil
	},
}
