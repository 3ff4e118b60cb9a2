package ldap

import (
	"context"
	"errors"
	"fmt"
	"net"

	ber "github.com/go-asn1-ber/asn1-ber"
	"github.com/go-ldap/ldap/v3"

	"fairlead/domain/certificate"
)

// search looks for at most so many entries below the base.
func (s *test) search(ctx context.Context, scope int, filter string, most int) (*ldap.SearchResult, error) {
	var found *ldap.SearchResult
	err := s.within(ctx, func() (err error) {
		found, err = s.line.Search(ldap.NewSearchRequest(s.target.Base, scope, ldap.NeverDerefAliases, most,
			int(waitAnswer.Seconds()), false, filter, []string{"mail"}, nil))
		return err
	})
	if failed, ok := errors.AsType[*ldap.Error](err); ok && failed.ResultCode == ldap.LDAPResultReferral {
		s.refs = referrals(failed.Packet)
	}
	return found, err
}

// referrals are the addresses in an answer that refers elsewhere (RFC 4511,
// section 4.1.10).
func referrals(message *ber.Packet) (list []string) {
	if message == nil || len(message.Children) < 2 {
		return nil
	}
	for _, part := range message.Children[1].Children {
		if part.ClassType != ber.ClassContext || part.Tag != 3 {
			continue
		}
		for _, to := range part.Children {
			if to.Data != nil && to.Data.Len() > 0 {
				list = append(list, plain(to.Data.String()))
			}
		}
	}
	return list
}

// startTLS is the name of the request for TLS (RFC 4511, section 4.14.1).
const startTLS = "1.3.6.1.4.1.1466.20037"

// askForTLS asks for TLS on a connection that has none yet, and reads the answer
// and nothing beyond it: what follows belongs to TLS. The library's own way would
// put the handshake and its errors out of sight.
func (s *test) askForTLS() error { return askForTLS(s.conn) }

func askForTLS(conn net.Conn) error {
	request := ber.Encode(ber.ClassApplication, ber.TypeConstructed, ldap.ApplicationExtendedRequest, nil, "StartTLS")
	request.AppendChild(ber.NewString(ber.ClassContext, ber.TypePrimitive, 0, startTLS, "name"))
	message := ber.NewSequence("message")
	message.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, 1, "id"))
	message.AppendChild(request)
	if _, err := conn.Write(message.Bytes()); err != nil {
		return err
	}
	answer, err := ber.ReadPacket(conn)
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if len(answer.Children) < 2 || answer.Children[1].Tag != ldap.ApplicationExtendedResponse {
		return errNoLDAP
	}
	return ldap.GetLDAPError(answer)
}

var errNoLDAP = errors.New("the answer is not LDAP")

// speaksPlain reports whether the server speaks LDAP without TLS on the port of
// the test: it answers a request, whatever the answer is.
func (s *test) speaksPlain(ctx context.Context) bool {
	conn, err := s.net.DialHost(ctx, s.target.Host, s.target.Port, nil)
	if err != nil {
		return false
	}
	defer conn.Close()
	err = certificate.Within(ctx, conn, waitAnswer, func() error { return askForTLS(certificate.Limit(conn, maxAnswers)) })
	failed, ok := errors.AsType[*ldap.Error](err)
	return err == nil || ok && failed.ResultCode < ldap.ErrorNetwork
}
