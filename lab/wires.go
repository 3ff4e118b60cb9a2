package lab

import (
	"io"
	"net"
	"syscall"
)

// curt is a connection that ends as soon as the client has said something: with
// a reply, or with a reset if there is none.
type curt struct {
	net.Conn
	reply string
}

func (c *curt) Read(p []byte) (int, error) {
	if _, err := c.Conn.Read(p); err != nil {
		return 0, err
	}
	if c.reply == "" {
		reset(c.Conn)
		return 0, syscall.ECONNRESET
	}
	_, _ = io.WriteString(c.Conn, c.reply)
	return 0, io.EOF
}

// mute is a connection that listens and never answers.
type mute struct{ net.Conn }

func (m *mute) Read([]byte) (int, error) {
	_, err := io.Copy(io.Discard, m.Conn)
	if err == nil {
		err = io.EOF
	}
	return 0, err
}

// plain is a connection without TLS, which complains in the words of HTTP.sys
// when it is greeted in TLS.
type plain struct {
	net.Conn
	greeted bool
}

// tlsHandshake is the first byte of a TLS connection: the record type of RFC
// 8446, section 5.1.
const tlsHandshake = 22

func (c *plain) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.greeted || n == 0 {
		return n, err
	}
	c.greeted = true
	if p[0] != tlsHandshake {
		return n, err
	}
	_, _ = io.WriteString(c.Conn, "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html; charset=us-ascii\r\n"+
		"Server: Microsoft-HTTPAPI/2.0\r\nConnection: close\r\n\r\n"+
		httpSysPage("Bad Request", "HTTP Error 400. The request verb is invalid."))
	return 0, io.EOF
}
