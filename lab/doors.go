package lab

import (
	"context"
	"net"
)

// door is the listener of one front end. What a connection through it speaks is
// up to the world at the time.
type door struct {
	net.Listener
	lab    *Lab
	number int
}

// Accept waits for a connection and puts TLS on it, or what a fault puts there.
func (d *door) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	w := d.lab.world.Load()
	return w.wire(conn, w.tlsAt(d.number)), nil
}

// arrival is what the servers know about a connection. Its requests come one
// after the other, so no lock is needed.
type arrival struct {
	door     int   // the front end that was addressed
	number   int64 // how many connections the lab has had before
	turn     int   // how many connections the door has had before
	requests int   // how many requests it has carried

	// The sign-in by NTLM, which is for the connection.
	nonce    *[8]byte // of a challenge that was not answered yet
	frontEnd string   // the one that sent it
	signedIn *account
}

type arrivalKey struct{}

// enter is the context of all that comes through a door.
func enter(listener net.Listener) context.Context {
	return context.WithValue(context.Background(), arrivalKey{}, &arrival{door: listener.(*door).number})
}

// arrive is the context of all requests of one connection. It is called for one
// connection of a door after the other.
func (l *Lab) arrive(ctx context.Context, _ net.Conn) context.Context {
	through := ctx.Value(arrivalKey{}).(*arrival)
	a := &arrival{door: through.door, turn: through.turn, number: l.arrivals.Add(1) - 1}
	through.turn++
	return context.WithValue(ctx, arrivalKey{}, a)
}
