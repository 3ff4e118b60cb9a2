package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
)

// Handshake makes a TLS connection to a host over raw, which it closes when it
// fails. At least TLS 1.2 is spoken, with the ciphers that Go deems safe, and
// HTTP/1.1: NTLM, which EWS may ask for, does not work over HTTP/2.
//
// The certificate is NOT verified here. Whoever sends a password over the line
// judges its certificate first, from [Line.State]: a test that stopped at the
// first flaw could not tell what else is wrong.
func Handshake(ctx context.Context, raw net.Conn, host string) (*Line, error) {
	asked := false
	taste := &taster{Conn: raw}
	conn := tls.Client(taste, &tls.Config{
		ServerName:         host,
		MinVersion:         tls.VersionTLS12,
		NextProtos:         []string{"http/1.1"},
		InsecureSkipVerify: true, // judged afterwards, see above
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			asked = true
			return &tls.Certificate{}, nil
		},
	})
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
			return nil, &NotTLSError{Heard: string(taste.first)}
		}
		if asked && isAlert(err) {
			return nil, fmt.Errorf("%w: %w", ErrWantsCertificate, err)
		}
		return nil, err
	}
	taste.full = true
	line := newLine(conn)
	line.asked = asked
	return line, nil
}

// NotTLSError says that the server does not speak TLS, and what it said instead.
type NotTLSError struct{ Heard string }

// Error quotes what was heard.
func (e *NotTLSError) Error() string { return fmt.Sprintf("the answer is not TLS: %q", e.Heard) }

// taster keeps the first bytes that come in, until it is full.
type taster struct {
	net.Conn
	first []byte
	full  bool
}

func (t *taster) Read(p []byte) (int, error) {
	n, err := t.Conn.Read(p)
	if !t.full {
		const most = 512
		t.first = append(t.first, p[:n]...)
		t.first = t.first[:min(len(t.first), most)]
	}
	return n, err
}

// isAlert reports whether the server ended TLS with an alert. The type of such
// an error is not exported; its text has been the same since Go 1.0.
func isAlert(err error) bool { return strings.Contains(err.Error(), "remote error: tls: ") }

// Probe is a way to say hello that [Handshake] does not use, to find out why a
// server refuses the usual one.
type Probe struct {
	minVersion uint16
	maxVersion uint16 // 0 for the newest
	ciphers    []uint16
	curves     []tls.CurveID
}

// The probes.
var (
	// Lenient accepts TLS 1.0 and every cipher that Go knows.
	Lenient = Probe{minVersion: tls.VersionTLS10, ciphers: everyCipher()}
	// Small leaves out the key exchange for quantum computers, which makes the
	// hello larger than one packet. Some firewalls drop such a hello.
	Small = Probe{minVersion: tls.VersionTLS12, curves: []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384}}
)

// Only offers one version of TLS, with every cipher that Go knows.
func Only(version uint16) Probe {
	return Probe{minVersion: version, maxVersion: version, ciphers: everyCipher()}
}

// Try makes a handshake over raw and closes it. Nothing is sent afterwards.
func (p Probe) Try(ctx context.Context, raw net.Conn, host string) (tls.ConnectionState, error) {
	defer raw.Close()
	conn := tls.Client(raw, &tls.Config{
		ServerName: host, MinVersion: p.minVersion, MaxVersion: p.maxVersion, CipherSuites: p.ciphers, CurvePreferences: p.curves,
		InsecureSkipVerify: true, // nothing is sent
	})
	if err := conn.HandshakeContext(ctx); err != nil {
		return tls.ConnectionState{}, err
	}
	return conn.ConnectionState(), nil
}

func everyCipher() (ids []uint16) {
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		ids = append(ids, suite.ID)
	}
	return ids
}
