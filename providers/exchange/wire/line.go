// Package wire sends HTTP/1.1 requests over one TLS connection that the caller
// made and judged, and over no other.
//
// The HTTP client of the standard library chooses connections by itself, sends
// a request again when a connection dies under it, and follows redirects. With
// a password in the request, each of these may send it where it must not go, or
// spend a second failed sign-in. A [Line] does none of it: one connection, one
// request after the other, an answer of bounded size or an error that says what
// happened.
package wire

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

const (
	// maxHead bounds what may come before the body of an answer, in bytes.
	// Exchange needs less than 4 KiB.
	maxHead = 64 << 10
	// maxBody bounds the body of an answer, in bytes.
	maxBody = 256 << 10
	// maxInterim bounds the 1xx answers that may come before the real one.
	maxInterim = 8
)

// What can go wrong with an answer. Errors of the connection itself are
// wrapped; see [Line.Do].
var (
	ErrClosed   = errors.New("the connection was closed without an answer")
	ErrCut      = errors.New("the answer broke off in the middle")
	ErrTooLarge = errors.New("the answer is far larger than an answer of Exchange")
	ErrNotHTTP  = errors.New("the answer is not HTTP")
	ErrEncoded  = errors.New("the answer is compressed, which was not asked for")
	ErrNoAnswer = errors.New("no answer in time")
	// ErrWantsCertificate says that the server insists on a client certificate.
	ErrWantsCertificate = errors.New("the server demands a client certificate")
)

// Answer is what a server sent back, whole.
type Answer struct {
	Status int    // such as 401
	Line   string // the status line as it came: "401 Unauthorized"
	Header http.Header
	Body   []byte
	Took   time.Duration // from sending the request to having read the head
}

// Line is one TLS connection to one address of a host. It is used by one
// goroutine at a time.
type Line struct {
	conn   *tls.Conn
	meter  *meter
	reader *bufio.Reader
	first  chan error // the next byte, or the end of the connection, has come
	broken bool       // nothing more may be sent
	asked  bool       // the server asked for a client certificate
}

func newLine(conn *tls.Conn) *Line {
	m := &meter{from: conn}
	l := &Line{conn: conn, meter: m, reader: bufio.NewReader(m)}
	l.listen()
	return l
}

// Close ends the connection.
func (l *Line) Close() error { return l.conn.Close() }

// State is the state of the TLS connection.
func (l *Line) State() tls.ConnectionState { return l.conn.ConnectionState() }

// AskedForCertificate reports whether the server asked for a client
// certificate in the handshake. It got none.
func (l *Line) AskedForCertificate() bool { return l.asked }

// Usable reports whether another request may be sent: the last answer was read
// whole, and the server has not closed the connection as far as is known.
func (l *Line) Usable() bool {
	if l.broken {
		return false
	}
	select {
	case err := <-l.first: // closed, or talking without being asked
		l.first <- err
		return false
	default:
		return true
	}
}

// listen waits in the background for the first byte of the next answer. While
// no request is under way, its coming means that the connection is over.
func (l *Line) listen() {
	l.meter.left = maxHead
	first := make(chan error, 1)
	l.first = first
	go func() {
		_, err := l.reader.Peek(1)
		first <- err
	}()
}

// Do sends one request and reads its answer, once. The request's body is sent
// as it is; compression is not asked for. When ctx ends, Do returns at once.
//
// Errors are [ErrNoAnswer], [ErrClosed], [ErrCut], [ErrTooLarge], [ErrNotHTTP],
// [ErrEncoded] or those of the connection. An answer may come beside an error
// when its head was read.
func (l *Line) Do(ctx context.Context, request *http.Request) (*Answer, error) {
	if l.broken {
		return nil, ErrClosed
	}
	select {
	case err := <-l.first: // before anything was asked
		l.broken = true
		if err == nil {
			return nil, ErrNotHTTP
		}
		return nil, l.explain(ctx, err, ErrClosed)
	default:
	}
	release := context.AfterFunc(ctx, func() { _ = l.conn.SetDeadline(time.Unix(1, 0)) })
	defer release()
	l.broken = true // until the answer has been read whole
	request.Header.Set("Accept-Encoding", "identity")

	start := time.Now()
	unsent := request.Write(l.conn)
	// A server that does not let the call in may say why and close before it has
	// read the call, so what it said counts more than that sending failed.
	if err := <-l.first; err != nil {
		if unsent != nil && !isAlert(err) {
			err = unsent
		}
		return nil, l.explain(ctx, err, ErrClosed)
	}
	response, err := l.head(request)
	if err != nil {
		return nil, l.explain(ctx, err, ErrCut)
	}
	answer := &Answer{
		Status: response.StatusCode, Line: response.Status, Header: response.Header, Took: time.Since(start),
	}
	if err := l.body(answer, response); err != nil {
		return answer, l.explain(ctx, err, ErrCut)
	}
	if !response.Close {
		l.broken = false
		l.listen()
	}
	return answer, nil
}

// head reads the status line and the header, past interim answers.
func (l *Line) head(request *http.Request) (*http.Response, error) {
	for range maxInterim {
		response, err := http.ReadResponse(l.reader, request)
		if err != nil {
			return nil, err
		}
		if response.StatusCode >= http.StatusOK {
			return response, nil
		}
	}
	return nil, fmt.Errorf("%w: it says 1xx and nothing else", ErrNotHTTP)
}

// body reads the body whole. It is not closed: closing would read on to the end
// of a body that is not wanted, and there is nothing to release.
func (l *Line) body(answer *Answer, response *http.Response) (err error) {
	if coding := response.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return ErrEncoded
	}
	l.meter.left = maxBody
	answer.Body, err = io.ReadAll(response.Body)
	return err
}

// explain names what an error means; ended is what an end of the connection
// means at this point.
func (l *Line) explain(ctx context.Context, err, ended error) error {
	var network net.Error
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case ctx.Err() != nil, errors.As(err, &network) && network.Timeout():
		return ErrNoAnswer
	case errors.Is(err, ErrTooLarge), errors.Is(err, ErrEncoded), errors.Is(err, ErrNotHTTP):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ended
	case l.asked && isAlert(err):
		// With TLS 1.3 a server looks at the client's certificate, or the lack of
		// it, after the client deems the handshake done.
		return fmt.Errorf("%w: %w", ErrWantsCertificate, err)
	case errors.As(err, &network), l.meter.failed != nil:
		return fmt.Errorf("%w: %w", ended, err) // such as a reset
	}
	// The connection is well: it is the words that are not HTTP. They are not
	// quoted, since they may be those of the request.
	return ErrNotHTTP
}

// meter reads until its allowance is used up.
type meter struct {
	from   io.Reader
	left   int
	failed error // of the connection, not of the allowance
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, ErrTooLarge
	}
	n, err := m.from.Read(p[:min(len(p), m.left)])
	m.left -= n
	if err != nil {
		m.failed = err
	}
	return n, err
}
