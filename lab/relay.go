package lab

import (
	"io"
	"net"
	"sync/atomic"
	"time"
)

// lag puts a listener at the far end of a slow line.
func (l *Lab) lag(listener net.Listener) net.Listener {
	if l.delay <= 0 {
		return listener
	}
	return &lagging{Listener: listener, delay: l.delay, run: l.running.Go, stop: l.closed}
}

// lagging is a listener at the far end of a line with a round trip of delay.
//
// A client's connect returns at once on loopback, though over a real line it
// takes a round trip. So what the client sends first is held until a round trip
// after the connection came in: a client that has itself waited that long, as
// [Lab.Network] does, loses nothing, and a client that has not is made to.
// Everything then takes half a round trip each way. Bytes under way do not wait
// for those before them to arrive.
type lagging struct {
	net.Listener
	delay time.Duration
	run   func(func()) // starts a goroutine that Close waits for
	stop  <-chan struct{}
}

// Accept returns the server's end of the next connection.
func (l *lagging) Accept() (net.Conn, error) {
	client, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	server, relay := net.Pipe()
	conn := &farEnd{Conn: server, client: client}
	connected := time.Now().Add(l.delay)
	l.run(func() {
		l.carry(relay, client, connected)
		_ = relay.Close()
	})
	l.run(func() {
		l.carry(client, relay, time.Time{})
		if conn.aborted.Load() {
			reset(client)
		}
		_ = client.Close()
	})
	return conn, nil
}

// parcel is some bytes on their way, due at the far end at a certain time. The
// last one has none: it says that no more will follow.
type parcel struct {
	bytes []byte
	due   time.Time
}

// window is how many parcels may be under way at once. A sender who is further
// ahead waits, as with TCP's window.
const window = 64

// carry takes bytes from one end to the other, each half a round trip after it
// was read or after the connection stood, whichever is later.
func (l *lagging) carry(to io.Writer, from io.ReadCloser, connected time.Time) {
	line := make(chan parcel, window)
	ended := make(chan struct{})
	defer close(ended)
	l.run(func() { l.load(line, from, connected, ended) })
	for {
		var p parcel
		select {
		case p = <-line:
		case <-l.stop:
			_ = from.Close()
			return
		}
		timer := time.NewTimer(time.Until(p.due))
		select {
		case <-timer.C:
		case <-l.stop:
			timer.Stop()
			_ = from.Close()
			return
		}
		if len(p.bytes) == 0 {
			return
		}
		if _, err := to.Write(p.bytes); err != nil {
			_ = from.Close()
			return
		}
	}
}

// load reads parcels onto the line until there are no more.
func (l *lagging) load(line chan<- parcel, from io.Reader, connected time.Time, ended <-chan struct{}) {
	for {
		bytes := make([]byte, 16<<10)
		n, err := from.Read(bytes)
		at := time.Now()
		if at.Before(connected) {
			at = connected
		}
		p := parcel{bytes[:n], at.Add(l.delay / 2)}
		if n > 0 || err != nil {
			select {
			case line <- p:
			case <-ended:
				return
			}
		}
		if err != nil {
			if n > 0 {
				select {
				case line <- parcel{nil, p.due}:
				case <-ended:
				}
			}
			return
		}
	}
}

// farEnd is the server's end of a slow line.
type farEnd struct {
	net.Conn
	client  net.Conn
	aborted atomic.Bool
}

func (f *farEnd) LocalAddr() net.Addr  { return f.client.LocalAddr() }
func (f *farEnd) RemoteAddr() net.Addr { return f.client.RemoteAddr() }

// reset makes a connection end with a reset instead of an orderly close.
func reset(c net.Conn) {
	switch c := c.(type) {
	case *net.TCPConn:
		_ = c.SetLinger(0)
	case *farEnd:
		c.aborted.Store(true)
	}
	_ = c.Close()
}
