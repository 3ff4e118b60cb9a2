package ldap

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/go-ldap/ldap/v3"

	"fairlead/domain/certificate"
	"fairlead/network"
	"fairlead/providers"
)

// test is the state of one test. Each check writes the fields under its name and
// reads those of the checks that it needs.
type test struct {
	net    *network.Network
	target Target

	certificate.Seen // tls

	conn  net.Conn   // port: handed on to tls
	line  *ldap.Conn // tls, then used by one check after the other
	over  *tls.Conn  // tls; nil without TLS
	plain bool       // tls: the server speaks LDAP without TLS where LDAPS was tried

	root *ldap.Entry // server: what the server says of itself, or nil

	code uint16 // the result code of the step that failed last; the steps come one after the other
	said string // and the server's words

	sub string // sign-in: the number behind "data"

	people int      // people: entries with a mail address that were seen
	more   bool     // people: there are more
	refs   []string // base and people: where the server refers to
}

// close ends the connection.
func (s *test) close() {
	if s.line != nil {
		_ = s.line.Close()
	}
	if s.conn != nil {
		_ = s.conn.Close()
	}
}

// within does one step on the connection and notes what the server answered.
func (s *test) within(ctx context.Context, step func() error) error {
	s.code, s.said = 0, ""
	err := certificate.Within(ctx, s.conn, waitAnswer, step)
	if failed, ok := errors.AsType[*ldap.Error](err); ok {
		s.code, s.said = failed.ResultCode, plain(failed.Err.Error())
	}
	return err
}

// attribute is a value of what the server says of itself.
func (s *test) attribute(name string) string {
	if s.root == nil {
		return ""
	}
	for _, a := range s.root.Attributes {
		if strings.EqualFold(a.Name, name) && len(a.Values) > 0 {
			return plain(a.Values[0])
		}
	}
	return ""
}

// activeDirectory reports whether the server says that it is one (MS-ADTS,
// section 3.1.1.3.4.3: LDAP_CAP_ACTIVE_DIRECTORY_OID).
func (s *test) activeDirectory() bool {
	return s.root != nil && slices.ContainsFunc(s.root.Attributes, func(a *ldap.EntryAttribute) bool {
		return strings.EqualFold(a.Name, "supportedCapabilities") && slices.Contains(a.Values, "1.2.840.113556.1.4.800")
	})
}

func (s *test) facts() map[string]string {
	facts := map[string]string{}
	for name, value := range map[string]string{"server": s.attribute("dnsHostName"), "base": s.SuggestedBase()} {
		if value != "" {
			facts[name] = value
		}
	}
	if s.activeDirectory() {
		facts["platform"] = "Active Directory"
	}
	return facts
}

// What follows is for the texts of causes.

// Host is the server, and Port where it is tried.
func (s *test) Host() string { return s.target.Host }

// Port is the port.
func (s *test) Port() string { return strconv.Itoa(int(s.target.Port)) }

// Account is who signs in.
func (s *test) Account() string { return s.target.Account }

// Base is where the entries are.
func (s *test) Base() string { return s.target.Base }

// Said are the words of the server.
func (s *test) Said() string { return s.said }

// SuggestedBase is the base that the server itself names, or empty.
func (s *test) SuggestedBase() string {
	if base := s.attribute("defaultNamingContext"); base != "" {
		return base
	}
	return s.attribute("namingContexts")
}

// Elsewhere are the servers to which the server refers.
func (s *test) Elsewhere() string { return plain(strings.Join(s.refs, ", ")) }

// People is how many entries with a mail address were seen.
func (s *test) People() int { return s.people }

// plain makes text from outside fit for one line that is not endless.
func plain(text string) string { return providers.OneLine(text, 400) }
