// Package smtp is a simulated mail server in the lab: it greets, turns to TLS,
// says which recipients it would take, and takes no mail from anybody (RFC 5321,
// RFC 3207). Its faults are switched on by name.
package smtp

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"fairlead/lab/front"
)

// Options are what a mail server needs.
type Options struct {
	Host    string   // its name, as it greets
	Domains []string // whose mail it takes
	// Certificate returns the certificate that is shown while a fault of this name
	// is on, or the healthy one for the empty name. It is called once for each.
	Certificate func(fault string) (tls.Certificate, error)
}

// Server is a running mail server.
type Server struct {
	host         string
	domains      []string
	faults       *front.Cloud
	certificates front.Certificates
	door         *front.Service
	mails        atomic.Int64
}

// Start opens the server's port on loopback.
func Start(o Options) (*Server, error) {
	s := &Server{host: o.Host, domains: o.Domains, faults: front.New("the mail server", Known)}
	var err error
	if s.certificates, err = front.NewCertificates(o.Certificate, certificateFaults); err != nil {
		return nil, err
	}
	s.door, err = front.Listen(s.serve)
	return s, err
}

// Addr is where the server listens.
func (s *Server) Addr() string { return s.door.Addr() }

// Set switches a fault on or off, for connections from then on.
func (s *Server) Set(fault string, on bool) error { return s.faults.Set(fault, on) }

// Active lists the faults that are on, by name.
func (s *Server) Active() []string { return s.faults.Active() }

// Mails is how many times a client began to send a mail.
func (s *Server) Mails() int { return int(s.mails.Load()) }

// Close ends the server.
func (s *Server) Close() { s.door.Close() }

func (s *Server) on(fault string) bool {
	s.faults.Lock()
	defer s.faults.Unlock()
	return s.faults.On(fault)
}

func (s *Server) tls() *tls.Config { return s.certificates.TLS(s.on, "smtp-tls-too-old") }

// session is one connection.
type session struct {
	server *Server
	conn   net.Conn
	in     *bufio.Reader
	secure bool
}

// idle is how long a connection may say nothing.
const idle = time.Minute

// maxLine is the longest command line of RFC 5321, section 4.5.3.1.4, with room.
const maxLine = 1024

func (s *Server) serve(conn net.Conn) {
	c := &session{server: s, conn: conn, in: bufio.NewReaderSize(conn, maxLine)}
	switch {
	case s.on("smtp-no-answer"):
		for {
			if _, err := conn.Read(make([]byte, 512)); err != nil {
				return
			}
		}
	case s.on("smtp-not-smtp"):
		c.say("SSH-2.0-OpenSSH_9.6")
		return
	case s.on("smtp-rejected"):
		c.say("554 5.7.1 " + s.host + " takes no mail from your address")
		return
	case s.on("smtp-busy"):
		c.say("421 4.3.2 " + s.host + " service not available")
		return
	}
	c.say("220 " + s.host + " ESMTP (LAB)")
	for {
		_ = c.conn.SetDeadline(time.Now().Add(idle))
		line, tooLong, err := c.in.ReadLine()
		if err != nil || tooLong || !c.answer(string(line)) {
			return
		}
	}
}

// answer answers one command and reports whether there may be more.
func (c *session) answer(line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	switch strings.ToUpper(verb) {
	case "EHLO":
		return c.hello()
	case "HELO":
		return c.say("250 " + c.server.host)
	case "STARTTLS":
		return c.startTLS()
	case "MAIL", "RSET", "NOOP":
		return c.say("250 2.0.0 OK")
	case "RCPT":
		return c.recipient(rest)
	case "DATA":
		c.server.mails.Add(1)
		return c.say("554 5.3.2 the lab takes no mail")
	case "QUIT":
		c.say("221 2.0.0 bye")
		return false
	}
	return c.say("502 5.5.1 command not known")
}

func (c *session) hello() bool {
	if c.server.on("smtp-ehlo-refused") {
		return c.say("550 5.7.1 go away")
	}
	extensions := []string{c.server.host, "SIZE 36700160", "8BITMIME", "ENHANCEDSTATUSCODES"}
	if !c.secure && !c.server.on("smtp-starttls-missing") {
		extensions = append(extensions, "STARTTLS")
	}
	last := len(extensions) - 1
	for _, e := range extensions[:last] {
		c.say("250-" + e)
	}
	return c.say("250 " + extensions[last])
}

func (c *session) startTLS() bool {
	switch {
	case c.server.on("smtp-starttls-refused"):
		return c.say("454 4.7.0 TLS not available")
	case c.server.on("smtp-starttls-missing") || c.secure:
		return c.say("502 5.5.1 command not known")
	case c.server.on("smtp-starttls-injected"):
		_, _ = fmt.Fprint(c.conn, "220 2.0.0 ready\r\n250 2.0.0 said too early\r\n")
	case !c.say("220 2.0.0 ready"):
		return false
	}
	over := tls.Server(c.conn, c.server.tls())
	c.conn, c.in, c.secure = over, bufio.NewReaderSize(over, maxLine), true
	return true
}

// recipient takes those of the server's own domains.
func (c *session) recipient(rest string) bool {
	_, address, _ := strings.Cut(rest, ":")
	address, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(address), "<"), ">")
	_, domain, _ := strings.Cut(address, "@")
	for _, own := range c.server.domains {
		if strings.EqualFold(domain, own) {
			return c.say("250 2.1.5 OK")
		}
	}
	switch {
	case c.server.on("smtp-open-relay"):
		return c.say("250 2.1.5 OK")
	case c.server.on("smtp-greylisted"):
		return c.say("451 4.7.1 try again later")
	}
	return c.say("550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain")
}

func (c *session) say(line string) bool {
	_, err := fmt.Fprint(c.conn, line+"\r\n")
	return err == nil
}
