package lab

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener for connections in memory, so that time can be simulated.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	if c, ok := <-p; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}
func (p pipes) Close() error   { close(p); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// dial gives the client's end of a new connection, at once, as loopback does.
func (p pipes) dial() net.Conn {
	client, server := net.Pipe()
	p <- server
	return client
}

const trip = 100 * time.Millisecond

// slowLine starts a line with a round trip of 100 ms in simulated time. The
// function at the end closes it.
func slowLine(t *testing.T) (pipes, *lagging, func()) {
	var running sync.WaitGroup
	stop := make(chan struct{})
	line := make(pipes, 8)
	return line, &lagging{Listener: line, delay: trip, run: running.Go, stop: stop}, func() {
		close(stop)
		running.Wait()
	}
}

// TestRoundTrips counts in simulated time what a request over a new connection
// costs, with a client that believes it is connected at once.
func TestRoundTrips(t *testing.T) {
	authorities, err := newAuthorities(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		version uint16
		want    time.Duration
	}{
		{"TLS 1.3: connect, greet, ask", tls.VersionTLS13, 3 * trip},
		{"TLS 1.2 greets twice", tls.VersionTLS12, 4 * trip},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				chain, err := authorities.server(time.Now()).issue()
				if err != nil {
					t.Fatal(err)
				}
				line, listener, end := slowLine(t)
				server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					_, _ = io.Copy(w, r.Body)
				})}
				config := &tls.Config{Certificates: []tls.Certificate{chain}, MaxVersion: test.version}
				go func() { _ = server.Serve(tls.NewListener(listener, config)) }()

				began := time.Now()
				conn := tls.Client(line.dial(), &tls.Config{InsecureSkipVerify: true})
				answer := ask(t, conn)
				if got := time.Since(began); got != test.want {
					t.Errorf("took %v, want %v", got, test.want)
				}
				if answer != "question" {
					t.Errorf("answer %q", answer)
				}
				began = time.Now()
				ask(t, conn)
				if got := time.Since(began); got != trip {
					t.Errorf("a second request took %v, want %v", got, trip)
				}
				_ = server.Close()
				_ = conn.Close()
				end()
			})
		})
	}
}

func ask(t *testing.T, conn net.Conn) string {
	t.Helper()
	if _, err := fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nquestion"); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestBytesDoNotQueue sends many pieces one after the other: all are on the line
// at once, and the last arrives half a round trip after it was sent.
func TestBytesDoNotQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line, listener, end := slowLine(t)
		client := line.dial()
		server, err := listener.Accept()
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(trip) // the client waits for its connection, as Network's Dial does
		began := time.Now()
		go func() {
			for range 40 {
				_, _ = client.Write([]byte("piece of text\n"))
			}
			_ = client.Close()
		}()
		got, err := io.ReadAll(server)
		if want := strings.Repeat("piece of text\n", 40); err != nil || string(got) != want {
			t.Errorf("got %d bytes, %v; want %d", len(got), err, len(want))
		}
		if took := time.Since(began); took != trip/2 {
			t.Errorf("took %v, want %v", took, trip/2)
		}
		_ = server.Close()
		end()
	})
}

// TestStopMidway closes a line with bytes still under way.
func TestStopMidway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line, listener, end := slowLine(t)
		client := line.dial()
		server, err := listener.Accept()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Write([]byte("never arrives")); err != nil {
			t.Fatal(err)
		}
		end()
		if n, err := server.Read(make([]byte, 10)); err == nil {
			t.Errorf("%d bytes arrived over a closed line", n)
		}
		if _, err := client.Read(make([]byte, 10)); err == nil {
			t.Error("the client's end is still open")
		}
	})
}

// TestResetOverSlowLine sees that a reset reaches the client as one.
func TestResetOverSlowLine(t *testing.T) {
	l := start(t, Options{Delay: 10 * time.Millisecond, Faults: []string{"connection-reset"}})
	seen := newClient(t, l, noAddr).transcript(time.Minute)
	if !strings.Contains(seen, "connection reset by peer") {
		t.Errorf("no reset in\n%s", seen)
	}
}

// TestDialTakesARoundTrip measures, in ratios, that connecting alone costs one
// round trip and a whole request three, whatever the machine adds.
func TestDialTakesARoundTrip(t *testing.T) {
	const delay = 50 * time.Millisecond
	l := start(t, Options{Delay: delay})
	began := time.Now()
	conn, err := l.Network().Dial(context.Background(), addrOf("203.0.113.7"))
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	if took := time.Since(began); took < delay {
		t.Errorf("connecting took %v, less than a round trip of %v", took, delay)
	}
	began = time.Now()
	newClient(t, l, noAddr).must(signed(post(l.URL(), request(version2013, convertIDBody))))
	if took := time.Since(began); took < 3*delay {
		t.Errorf("a request over a new connection took %v, less than three round trips of %v", took, delay)
	}
}
