package oauth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Loopback says where the browser comes back to.
type Loopback struct {
	// Localhost writes the address with "localhost" instead of "127.0.0.1", as the
	// application is registered. Entra's portal takes only the name; the number does
	// not depend on name resolution nor on what a browser remembers of localhost
	// (RFC 8252, section 8.3).
	Localhost bool
	// Path is the exact path, distinct for each provider, such as "/callback/m365".
	// Empty means that the address is registered without one.
	Path string
	// Wait is how long the browser may take; ten minutes if zero.
	Wait time.Duration
}

// Receiver takes the one answer to one attempt. It listens before the browser
// opens and stops with [Receiver.Wait] or [Receiver.Close].
type Receiver struct {
	redirect, host, start, state string
	path                         string
	deadline                     time.Time
	server                       *http.Server
	page                         page

	mu       sync.Mutex
	address  string // of the authority; empty until the attempt begins
	expect   Expectation
	answered bool

	result  chan result
	reached chan struct{} // closed when the browser has asked for the start address
	reach   sync.Once
}

type result struct {
	answer Answer
	err    error
}

// Listen opens a receiver on a port of the system's choice. The error is of
// kind [NoPort] if there is none: use [Deaf] then.
func Listen(ctx context.Context, where Loopback, text Text) (*Receiver, error) {
	var config net.ListenConfig
	return listen(ctx, where, text, config.Listen)
}

func listen(ctx context.Context, where Loopback, text Text, open listenFunc) (*Receiver, error) {
	listeners, port, err := listenLoopback(ctx, where.Localhost, open)
	if err != nil {
		return nil, err
	}
	r := newReceiver(where, text, port)
	r.server = &http.Server{
		Handler:           r,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		MaxHeaderBytes:    maxAnswer + 16<<10, // the address, and what a browser adds
		// What a browser does wrong is nothing to print on somebody's terminal.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	r.server.SetKeepAlivesEnabled(false) // so that closing need not wait for the browser
	for _, l := range listeners {
		go func() { _ = r.server.Serve(l) }()
	}
	return r, nil
}

// closedPort is reserved by IANA and privileged: nothing listens there, so that
// the browser shows an error with the address still in its bar.
const closedPort = 1023

// Deaf makes a receiver that does not listen: where no port can be opened, or
// the browser runs on another computer. [Receiver.Paste] alone brings its answer.
func Deaf(where Loopback) *Receiver { return newReceiver(where, Text{}, closedPort) }

func newReceiver(where Loopback, text Text, port int) *Receiver {
	if where.Wait == 0 {
		where.Wait = 10 * time.Minute
	}
	name := "127.0.0.1"
	if where.Localhost {
		name = "localhost"
	}
	host := net.JoinHostPort(name, strconv.Itoa(port))
	return &Receiver{
		redirect: "http://" + host + where.Path,
		host:     host,
		path:     answerPath(where.Path),
		start:    "/start/" + rand.Text(),
		state:    rand.Text(),
		deadline: time.Now().Add(where.Wait),
		page:     newPage(text),
		result:   make(chan result, 1),
		reached:  make(chan struct{}),
	}
}

// Redirect is the redirect URI to send to the authority.
func (r *Receiver) Redirect() string { return r.redirect }

// State is the value to send as "state".
func (r *Receiver) State() string { return r.state }

// Deadline is when the attempt ends by itself, for a countdown.
func (r *Receiver) Deadline() time.Time { return r.deadline }

// Begin makes ready for the answer to a request at the authority's address,
// which was made with [Receiver.Redirect] and [Receiver.State]. There is one
// attempt for each receiver: another is of kind [Busy].
func (r *Receiver) Begin(address string, expect Expectation) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.address != "" {
		return fail(Busy, "a sign-in is already waiting for the browser")
	}
	r.address, r.expect = address, expect
	return nil
}

// Start is the short address to open in a browser on this computer, and to open
// or copy again; it leads on to the authority. It is the long address itself if
// the receiver does not listen.
func (r *Receiver) Start() string {
	if r.server == nil {
		return r.Address()
	}
	return "http://" + r.host + r.start
}

// Address is the authority's own address, to copy to another computer. It is
// empty until the attempt begins.
func (r *Receiver) Address() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.address
}

// Reached is closed when the browser has asked for the start address. While it
// stays open some seconds after the browser was opened, the browser cannot
// reach this program: a proxy swallows loopback, or it runs elsewhere.
func (r *Receiver) Reached() <-chan struct{} { return r.reached }

// Wait returns the answer and closes the receiver. It ends at the latest at the
// deadline, or with the context.
func (r *Receiver) Wait(ctx context.Context) (Answer, error) {
	defer r.Close()
	timer := time.NewTimer(time.Until(r.deadline))
	defer timer.Stop()
	select {
	case got := <-r.result:
		return got.answer, got.err
	case <-ctx.Done():
		return Answer{}, failWith(Cancelled, "the sign-in was cancelled", ctx.Err())
	case <-timer.C:
	}
	select {
	case <-r.reached:
		return Answer{}, fail(TimedOut, "the browser did not come back in time")
	default:
		return Answer{}, fail(NotReached, "the browser never reached this program")
	}
}

// Close stops listening. A page that is being written may be finished; a
// connection that a browser opened without a request is cut.
func (r *Receiver) Close() {
	if r.server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	_ = r.server.Shutdown(ctx)
	_ = r.server.Close()
}

// Paste takes the address that the browser ended at, where it could not reach
// this program. An error of kind [Stray], [WrongState] or [Answered] leaves the
// attempt as it was, so that the administrator can paste again.
func (r *Receiver) Paste(address string) error {
	q, err := readPasted(r.redirect, address)
	if err != nil {
		return err
	}
	got, err := r.take(q)
	if err != nil {
		return err
	}
	r.result <- got
	return got.err
}

// take judges an answer. Its error means that the attempt goes on; otherwise
// the caller hands the result over, once the browser has its page.
func (r *Receiver) take(q map[string][]string) (result, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.address == "" {
		return result{}, fail(WrongState, "no sign-in was started")
	}
	answer, err := r.expect.judge(r.state, q)
	if KindOf(err) == WrongState {
		return result{}, err
	}
	if r.answered {
		return result{}, fail(Answered, "this attempt already has its answer")
	}
	r.answered = true
	return result{answer, err}, nil
}

// isStart compares in constant time: the address is what keeps another page
// from setting a sign-in going.
func (r *Receiver) isStart(path string) bool {
	return subtle.ConstantTimeCompare([]byte(path), []byte(r.start)) == 1
}
