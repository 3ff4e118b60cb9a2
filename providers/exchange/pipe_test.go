package exchange

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// pipe is a connection in memory on which everything takes a while each way.
// Unlike net.Pipe, a writer does not wait for the reader.
func pipe(delay time.Duration) (net.Conn, net.Conn) {
	there, back := newStream(delay), newStream(delay)
	a, b := &pipeEnd{out: there, in: back}, &pipeEnd{out: back, in: there}
	return a, b
}

// stream is one direction of a pipe.
type stream struct {
	delay  time.Duration
	mutex  sync.Mutex
	sent   []parcel
	closed bool
	news   chan struct{} // closed when something changes
	until  time.Time     // of the reader
}

type parcel struct {
	bytes []byte
	due   time.Time
}

func newStream(delay time.Duration) *stream { return &stream{delay: delay, news: make(chan struct{})} }

// change changes the stream and wakes the reader.
func (s *stream) change(change func()) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	change()
	close(s.news)
	s.news = make(chan struct{})
}

func (s *stream) write(p []byte) (int, error) {
	err := error(nil)
	s.change(func() {
		if s.closed {
			err = syscall.EPIPE
			return
		}
		s.sent = append(s.sent, parcel{append([]byte{}, p...), time.Now().Add(s.delay)})
	})
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

func (s *stream) read(p []byte) (int, error) {
	for {
		s.mutex.Lock()
		now, news := time.Now(), s.news
		wait := time.Duration(-1)
		switch {
		case !s.until.IsZero() && !now.Before(s.until):
			s.mutex.Unlock()
			return 0, os.ErrDeadlineExceeded
		case len(s.sent) > 0 && !s.sent[0].due.After(now):
			n := copy(p, s.sent[0].bytes)
			if s.sent[0].bytes = s.sent[0].bytes[n:]; len(s.sent[0].bytes) == 0 {
				s.sent = s.sent[1:]
			}
			s.mutex.Unlock()
			return n, nil
		case len(s.sent) > 0:
			wait = s.sent[0].due.Sub(now)
		case s.closed:
			s.mutex.Unlock()
			return 0, io.EOF
		}
		if left := s.until.Sub(now); !s.until.IsZero() && (wait < 0 || left < wait) {
			wait = left
		}
		s.mutex.Unlock()
		var timer <-chan time.Time
		if wait >= 0 {
			timer = time.After(wait)
		}
		select {
		case <-news:
		case <-timer:
		}
	}
}

// pipeEnd is one end of a pipe.
type pipeEnd struct{ in, out *stream }

func (e *pipeEnd) Read(p []byte) (int, error)  { return e.in.read(p) }
func (e *pipeEnd) Write(p []byte) (int, error) { return e.out.write(p) }

func (e *pipeEnd) Close() error {
	e.in.change(func() { e.in.closed, e.in.sent = true, nil })
	e.out.change(func() { e.out.closed = true })
	return nil
}

func (e *pipeEnd) SetReadDeadline(t time.Time) error {
	e.in.change(func() { e.in.until = t })
	return nil
}

func (e *pipeEnd) SetDeadline(t time.Time) error    { return e.SetReadDeadline(t) }
func (e *pipeEnd) SetWriteDeadline(time.Time) error { return nil }
func (e *pipeEnd) LocalAddr() net.Addr              { return pipeAddr{} }
func (e *pipeEnd) RemoteAddr() net.Addr             { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }
