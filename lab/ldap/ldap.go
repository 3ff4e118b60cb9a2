// Package ldap is the simulated directory of Contoso in the lab: an LDAP server
// that answers like Active Directory, over LDAPS and over LDAP with StartTLS, and
// whose faults are switched on by name. It speaks LDAP version 3 (RFC 4511) as
// far as reading needs it: bind, search, StartTLS, unbind.
package ldap

import (
	"bufio"
	"crypto/tls"
	"net"
	"sync/atomic"
	"time"

	ber "github.com/go-asn1-ber/asn1-ber"

	"fairlead/lab/front"
)

// The directory and the account that can read it.
const (
	Host    = "dc.contoso.example"
	Base    = "DC=contoso,DC=example"
	Account = "CN=svc-directory,OU=Services,DC=contoso,DC=example"
	// Name is the account's user principal name.
	Name = "svc-directory@contoso.example"
	// Password opens the account.
	Password = "Leading-Line-4"
)

// Options are what a directory needs.
type Options struct {
	// Certificate returns the certificate that is shown while a fault of this name
	// is on, or the healthy one for the empty name. It is called once for each.
	Certificate func(fault string) (tls.Certificate, error)
}

// Server is a running directory.
type Server struct {
	faults       *front.Cloud
	certificates front.Certificates
	plain, over  *front.Service
	binds        atomic.Int64
}

// Start opens the directory's two ports on loopback.
func Start(o Options) (*Server, error) {
	s := &Server{faults: front.New("the directory", Known)}
	var err error
	if s.certificates, err = front.NewCertificates(o.Certificate, certificateFaults); err != nil {
		return nil, err
	}
	if s.plain, err = front.Listen(func(c net.Conn) { s.serve(c, false) }); err != nil {
		return nil, err
	}
	if s.over, err = front.Listen(func(c net.Conn) { s.serve(c, true) }); err != nil {
		s.plain.Close()
		return nil, err
	}
	return s, nil
}

// Addr is where LDAP is spoken, which turns to TLS on request.
func (s *Server) Addr() string { return s.plain.Addr() }

// AddrTLS is where LDAPS is spoken.
func (s *Server) AddrTLS() string { return s.over.Addr() }

// Set switches a fault on or off, for connections and requests from then on.
func (s *Server) Set(fault string, on bool) error { return s.faults.Set(fault, on) }

// Active lists the faults that are on, by name.
func (s *Server) Active() []string { return s.faults.Active() }

// Binds is how many passwords have been tried.
func (s *Server) Binds() int { return int(s.binds.Load()) }

// Close ends the directory.
func (s *Server) Close() {
	s.plain.Close()
	s.over.Close()
}

func (s *Server) on(fault string) bool {
	s.faults.Lock()
	defer s.faults.Unlock()
	return s.faults.On(fault)
}

// tls is what TLS is like now.
func (s *Server) tls() *tls.Config { return s.certificates.TLS(s.on, "ldap-tls-too-old") }

// idle is how long a connection may say nothing.
const idle = time.Minute

// session is one connection.
type session struct {
	server *Server
	conn   net.Conn
	in     *bufio.Reader
	secure bool
	bound  bool
}

// serve answers one connection until it ends.
func (s *Server) serve(conn net.Conn, over bool) {
	if s.on("ldap-no-answer") {
		_, _ = conn.Read(make([]byte, 1)) // and the next, until the client gives up
		for {
			if _, err := conn.Read(make([]byte, 512)); err != nil {
				return
			}
		}
	}
	c := &session{server: s, conn: conn}
	if over && !s.on("ldap-not-tls") {
		c.conn, c.secure = tls.Server(conn, s.tls()), true
	}
	c.in = bufio.NewReader(c.conn)
	for {
		_ = c.conn.SetDeadline(time.Now().Add(idle))
		if !c.next() {
			return
		}
	}
}

// next reads one message and answers it; it reports whether there may be more.
func (c *session) next() bool {
	message, err := ber.ReadPacket(c.in)
	if err != nil || len(message.Children) < 2 {
		return false // RFC 4511, section 4.1.1: what is no message ends the session
	}
	id, isNumber := message.Children[0].Value.(int64)
	request := message.Children[1]
	if !isNumber || request.ClassType != ber.ClassApplication {
		return false
	}
	switch request.Tag {
	case opBind:
		return c.bind(id, request)
	case opUnbind:
		return false
	case opSearch:
		return c.search(id, request)
	case opExtended:
		return c.extended(id, request)
	}
	return c.send(id, result(opExtendedDone, protocolError, "", "this server can be read only"))
}

// send writes one answer.
func (c *session) send(id int64, answer *ber.Packet) bool {
	message := ber.NewSequence("LDAPMessage")
	message.AppendChild(ber.NewInteger(ber.ClassUniversal, ber.TypePrimitive, ber.TagInteger, id, "id"))
	message.AppendChild(answer)
	_, err := c.conn.Write(message.Bytes())
	return err == nil
}
