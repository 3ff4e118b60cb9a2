package front

import (
	"net"
	"sync"
)

// Service answers connections to a port of loopback, for protocols other than
// HTTP.
type Service struct {
	listener net.Listener
	mu       sync.Mutex
	open     map[net.Conn]bool
	closed   bool
	running  sync.WaitGroup
}

// Listen starts a service on a free port of 127.0.0.1. serve has a connection to
// itself until it returns; it is closed then.
func Listen(serve func(net.Conn)) (*Service, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Service{listener: listener, open: map[net.Conn]bool{}}
	s.running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if !s.enter(conn) {
				_ = conn.Close()
				return
			}
			s.running.Go(func() {
				defer s.leave(conn)
				serve(conn)
			})
		}
	})
	return s, nil
}

// Addr is where the service listens, as net.Dial takes it.
func (s *Service) Addr() string { return s.listener.Addr().String() }

// Close ends the service and its connections, and returns when all have ended.
func (s *Service) Close() {
	s.mu.Lock()
	s.closed = true
	_ = s.listener.Close()
	for conn := range s.open {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.running.Wait()
}

func (s *Service) enter(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.open[conn] = true
	}
	return !s.closed
}

func (s *Service) leave(conn net.Conn) {
	_ = conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, conn)
}
