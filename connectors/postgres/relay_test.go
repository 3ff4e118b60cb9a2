//go:build postgres && unix

package postgres

import (
	"bytes"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"fairlead/connectors"
)

// relay is the network between a program and the server, which a test can cut.
type relay struct {
	t        testing.TB
	listener net.Listener
	far      time.Duration // how long what a program says takes to the server

	mu       sync.Mutex
	cut      bool
	deaf     bool // takes connections, and passes nothing on
	open     map[net.Conn]bool
	atCommit func(client, server net.Conn, statement []byte) // instead of passing the next commit on
}

// newRelay returns a network that works.
func newRelay(t testing.TB) *relay {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{t: t, listener: listener, open: map[net.Conn]bool{}}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go(func() { r.serve(client) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		r.set(true, false)
		group.Wait()
	})
	return r
}

func (r *relay) registry(database string) connectors.Registry {
	return opened(r.t, overTCP(database, r.listener.Addr().(*net.TCPAddr).Port))
}

// set cuts the network or mends it; a cut ends all connections.
func (r *relay) set(cut, deaf bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cut, r.deaf = cut, deaf
	if cut {
		for conn := range r.open {
			_ = conn.Close()
		}
	}
}

// keep remembers connections; it reports false when the network is cut.
func (r *relay) keep(conns ...net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, conn := range conns {
		if r.open[conn] = true; r.cut {
			_ = conn.Close()
		}
	}
	return !r.cut
}

func (r *relay) serve(client net.Conn) {
	server, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(server.Port)))
	if err != nil {
		_ = client.Close()
		return
	}
	if !r.keep(client, server) {
		return
	}
	var group sync.WaitGroup
	group.Go(func() { r.pass(client, server, true) })
	group.Go(func() { r.pass(server, client, false) })
	group.Wait()
}

// pass passes on what one side says.
func (r *relay) pass(from, to net.Conn, asks bool) {
	defer func() { _ = to.Close() }()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		r.mu.Lock()
		deaf, atCommit := r.deaf, r.atCommit
		commits := asks && atCommit != nil && bytes.Contains(buffer[:n], []byte("commit\x00"))
		if commits {
			r.atCommit = nil
		}
		r.mu.Unlock()
		if commits {
			atCommit(from, to, bytes.Clone(buffer[:n]))
			continue
		}
		if deaf {
			continue
		}
		if asks {
			time.Sleep(r.far)
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// loseAnswer delivers the next commit and then cuts its connection, so that the
// program cannot know what became of it.
func (r *relay) loseAnswer() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.atCommit = func(client, server net.Conn, statement []byte) {
		_ = client.Close()
		_, _ = server.Write(statement)
	}
}

// hold holds the next commit back and tells that it does. The function that it
// returns delivers it, late.
func (r *relay) hold() (held <-chan struct{}, deliver func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	holding, delivered := make(chan struct{}), make(chan struct{})
	r.atCommit = func(_, server net.Conn, statement []byte) {
		close(holding)
		<-delivered
		_, _ = server.Write(statement)
	}
	return holding, func() { close(delivered) }
}
