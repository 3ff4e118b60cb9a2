package wire_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/providers/exchange/chain/chaintest"
	"fairlead/providers/exchange/wire"
)

// open makes a line to a server that does what talk says once TLS stands.
func open(t *testing.T, talk func(net.Conn)) *wire.Line {
	t.Helper()
	client, far := net.Pipe()
	cert := chaintest.NewAuthority(t, "Root", nil, time.Now()).Issue(t, time.Now())
	done := make(chan struct{})
	go func() {
		defer close(done)
		server := tls.Server(far, &tls.Config{Certificates: []tls.Certificate{cert}})
		talk(server)
		_ = far.Close()
	}()
	line, err := wire.Handshake(t.Context(), client, chaintest.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = line.Close()
		<-done
	})
	return line
}

// read reads from the client until the end of a header.
func read(c net.Conn) bool {
	var got []byte
	one := make([]byte, 1)
	for !strings.HasSuffix(string(got), "\r\n\r\n") {
		if _, err := c.Read(one); err != nil {
			return false
		}
		got = append(got, one...)
	}
	return true
}

func request() *http.Request {
	return &http.Request{
		Method: http.MethodGet, URL: &url.URL{Scheme: "https", Host: chaintest.Host, Path: "/"}, Host: chaintest.Host, Header: http.Header{},
	}
}

// TestTwoRequests sends two requests over one line.
func TestTwoRequests(t *testing.T) {
	line := open(t, func(c net.Conn) {
		for read(c) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
		}
	})
	for range 2 {
		answer, err := line.Do(t.Context(), request())
		if err != nil || answer.Status != 200 || string(answer.Body) != "hi" {
			t.Fatalf("got %+v and %v", answer, err)
		}
		if !line.Usable() {
			t.Error("the line cannot be used again")
		}
	}
	if state := line.State(); len(state.PeerCertificates) != 1 || state.Version != tls.VersionTLS13 {
		t.Errorf("the state is %v with %d certificates", state.Version, len(state.PeerCertificates))
	}
}

// TestAnswers is what makes a line useless, and what error says so.
func TestAnswers(t *testing.T) {
	for _, test := range []struct {
		name, answer string
		status       int
		err          error
		usable       bool
	}{
		{"whole", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", 401, nil, true},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", 200, nil, true},
		{"interim first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, nil, true},
		{"closing", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 200, nil, false},
		{"until the end", "HTTP/1.1 200 OK\r\n\r\nall of it", 200, nil, false},
		{"old", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 200, nil, false},
		{"cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhi", 200, wire.ErrCut, false},
		{"cut in the head", "HTTP/1.1 200 OK\r\nContent-Le", 0, wire.ErrCut, false},
		{"nothing", "", 0, wire.ErrClosed, false},
		{"noise", "noise\r\n\r\n", 0, wire.ErrNotHTTP, false},
		{"compressed", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx", 200, wire.ErrEncoded, false},
		{"as it is", "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 1\r\n\r\nx", 200, nil, true},
		{"too large", "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", 300<<10), 200, wire.ErrTooLarge, false},
		{"a large head", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 70<<10) + "\r\n\r\n", 0, wire.ErrTooLarge, false},
		{"as large as may be", "HTTP/1.1 200 OK\r\nContent-Length: 250000\r\n\r\n" + strings.Repeat("x", 250000), 200, nil, true},
		{"more than was asked for", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 200, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				line := open(t, func(c net.Conn) {
					read(c)
					_, _ = io.WriteString(c, test.answer)
					if test.usable {
						read(c) // stays until the client closes
					} else {
						_ = c.Close()
					}
				})
				answer, err := line.Do(t.Context(), request())
				if !errors.Is(err, test.err) {
					t.Errorf("the error is %v, want %v", err, test.err)
				}
				if got := statusOf(answer); got != test.status {
					t.Errorf("the status is %d, want %d", got, test.status)
				}
				synctest.Wait() // until an end of the connection was noticed
				if line.Usable() != test.usable {
					t.Errorf("the line can be used again: %v", !test.usable)
				}
				if !test.usable {
					if _, err := line.Do(t.Context(), request()); err == nil {
						t.Error("another request was sent")
					}
				}
			})
		})
	}
}

func statusOf(a *wire.Answer) int {
	if a == nil {
		return 0
	}
	return a.Status
}

// TestWaiting ends at the deadline and at once when it is stopped.
func TestWaiting(t *testing.T) {
	for name, want := range map[string]error{"deadline": wire.ErrNoAnswer, "stop": context.Canceled} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				line := open(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if name == "stop" {
					time.AfterFunc(time.Second/2, cancel)
				}
				if _, err := line.Do(ctx, request()); !errors.Is(err, want) {
					t.Errorf("the error is %v", err)
				}
			})
		})
	}
}

// TestClosedBetween: a line that the server closed while nothing was under way
// sends nothing more.
func TestClosedBetween(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := open(t, func(c net.Conn) {
			read(c)
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
			time.Sleep(time.Second)
			_ = c.Close()
		})
		if _, err := line.Do(t.Context(), request()); err != nil || !line.Usable() {
			t.Fatalf("%v, usable: %v", err, line.Usable())
		}
		time.Sleep(2 * time.Second)
		if line.Usable() {
			t.Error("the line seems usable")
		}
	})
}

// TestNotTLS: what a server says instead of TLS is heard.
func TestNotTLS(t *testing.T) {
	client, far := net.Pipe()
	go func() {
		_, _ = far.Read(make([]byte, 4096))
		_, _ = io.WriteString(far, "220 mail.contoso.com ESMTP\r\n")
		_ = far.Close()
	}()
	_, err := wire.Handshake(t.Context(), client, chaintest.Host)
	if other, ok := errors.AsType[*wire.NotTLSError](err); !ok || other.Heard != "220 mail.contoso.com ESMTP\r\n" {
		t.Errorf("the error is %v", err)
	}
}
