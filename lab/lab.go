// Package lab is a simulated outside world on loopback: an on-premises
// Exchange organisation called Contoso behind IIS, Microsoft Entra and Graph in
// every cloud (package entra) and Google Workspace (package google), with their
// names, addresses and certificate authorities. It speaks the real wire formats, so real
// clients work against it, and everything that can go wrong can be switched on
// by name.
//
// A lab is a world of plain settings: names, addresses, certificates, front
// ends, accounts, mailboxes. A [Fault] is a small declaration that changes
// some of them. Switching one builds a new world from the healthy one, and
// every new connection and request looks at the current world.
//
// Its main authority is trusted by those who are given [Lab.CA], and by
// nobody else.
package lab

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"fairlead/lab/entra"
	"fairlead/lab/google"
	"fairlead/lab/ldap"
	"fairlead/lab/smtp"
	"fairlead/lab/zone"
)

// The organisation in the lab and the one account that can sign in to it.
const (
	Organisation = "Contoso"
	// Address is the account's mail address, and its user principal name.
	Address = "svc-fairlead@contoso.example"
	// SignIn is the account's name in the old form.
	SignIn = `CONTOSO\svc-fairlead`
	// Password opens the account unless [Options] say otherwise.
	Password = "Harbour-Pilot-7"
	// Mailbox is the primary address of a mailbox that the account may
	// impersonate.
	Mailbox = "anna@contoso.example"
)

// Options say what kind of lab to start. The zero value is a healthy one.
type Options struct {
	// Listen is the loopback address of the first front end. Empty means a free
	// port of 127.0.0.1.
	Listen string
	// Delay is the simulated round trip. Every one to a server is counted, those
	// of TCP and TLS included; looking up a name takes none. Zero means none.
	Delay time.Duration
	// Memory is a folder in which what was granted outlives the lab, so that a
	// connector that was made in it can be tested another day. Empty means none.
	Memory string
	// Faults are switched on from the start.
	Faults []string
	// Now is the lab's clock; nil means time.Now. Certificates are valid around
	// the time that it shows at the start.
	Now func() time.Time
	// Password is that of the account; empty means [Password].
	Password string
}

// Lab is a running lab. Its methods may be called from any goroutine.
type Lab struct {
	now         func() time.Time
	delay       time.Duration
	credential  credential
	authorities *authorities

	doors []net.Listener // one per front end, as clients see them
	web   *http.Server

	entra  *entra.Entra
	google *google.Google
	clouds []*cloud
	zone   *zone.Zone
	names  *zone.Server

	directory *ldap.Server // see openMail
	mail      *smtp.Server

	issuers net.Listener // see openIssuers
	shelf   *http.Server

	mu     sync.Mutex // held while the world changes
	active map[string]bool
	world  atomic.Pointer[world]

	arrivals         atomic.Int64 // connections
	accepted, failed atomic.Int64 // credentials judged

	closing sync.Once
	closed  chan struct{}  // ends what waits
	running sync.WaitGroup // listeners and connections
}

// Start opens the lab's listeners and returns once they answer. The lab ends
// when ctx ends or Close is called.
func Start(ctx context.Context, o Options) (*Lab, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.Password == "" {
		o.Password = Password
	}
	authorities, err := newAuthorities(o.Now())
	if err != nil {
		return nil, fmt.Errorf("start the lab: make its authorities: %w", err)
	}
	l := &Lab{
		now: o.Now, delay: o.Delay, credential: newCredential(o.Password), authorities: authorities,
		active: map[string]bool{}, closed: make(chan struct{}),
	}
	if err := l.rebuild(l.active); err != nil {
		return nil, fmt.Errorf("start the lab: %w", err)
	}
	if err := l.addMicrosoft(o.Memory); err != nil {
		return nil, fmt.Errorf("start the lab: %w", err)
	}
	l.addGoogle()
	if err := l.addNames(); err != nil {
		return nil, fmt.Errorf("start the lab: %w", err)
	}
	for _, fault := range o.Faults {
		if err := l.Set(fault, true); err != nil {
			l.closeMail()
			return nil, err
		}
	}
	if err := l.open(o.Listen); err != nil {
		return nil, fmt.Errorf("start the lab: %w", err)
	}
	context.AfterFunc(ctx, func() { _ = l.Close() })
	return l, nil
}

// open starts one listener per front end.
func (l *Lab) open(listen string) error {
	l.web = &http.Server{
		Handler:           http.HandlerFunc(l.serve),
		ReadHeaderTimeout: 30 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute, // as IIS
		MaxHeaderBytes:    16 << 10,        // as HTTP.sys
		ErrorLog:          log.New(io.Discard, "", 0),
		BaseContext:       enter,
		ConnContext:       l.arrive,
		ConnState:         l.count,
		Protocols:         new(http.Protocols),
	}
	l.web.Protocols.SetHTTP1(true)
	if err := l.openNames(); err != nil {
		return err
	}
	if err := l.openIssuers(); err != nil {
		_ = l.Close()
		return err
	}
	for _, c := range l.clouds {
		if err := l.openCloud(c); err != nil {
			_ = l.Close()
			return err
		}
	}
	for number := range l.world.Load().frontEnds {
		listener, err := net.Listen("tcp", listen)
		if err != nil {
			_ = l.Close()
			return err
		}
		listen = "127.0.0.1:0"
		l.doors = append(l.doors, listener)
		l.running.Go(func() { _ = l.web.Serve(&door{Listener: l.lag(listener), lab: l, number: number}) })
	}
	return nil
}

// count keeps track of connections, so that Close can wait for them. One that
// comes in while the lab closes may have escaped the web server's attention.
func (l *Lab) count(c net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		l.running.Add(1)
		select {
		case <-l.closed:
			_ = c.Close()
		default:
		}
	case http.StateClosed, http.StateHijacked:
		l.running.Done()
	}
}

// Close ends the lab: listeners, connections and everything that runs for
// them. It returns when all have ended, and may be called more than once.
func (l *Lab) Close() error {
	l.closing.Do(func() {
		close(l.closed)
		_ = l.web.Close()
		for _, c := range l.clouds {
			c.close()
		}
		if l.names != nil {
			l.names.Close()
		}
		l.closeMail()
		if l.shelf != nil {
			_ = l.shelf.Close()
			_ = l.issuers.Close()
		}
		for _, listener := range l.doors {
			_ = listener.Close()
		}
	})
	l.running.Wait()
	return nil
}

// URL is where Exchange is for those who connect through [Lab.Network].
func (l *Lab) URL() string { return "https://" + mailHost + ewsPath }

// LoopbackURL is where Exchange is for any other client on this computer. Such
// a client must trust [Lab.CAPEM], and sees no faults of names.
func (l *Lab) LoopbackURL() string {
	_, port, _ := net.SplitHostPort(l.doors[0].Addr().String())
	return "https://localhost:" + port + ewsPath
}

// CA is the authority above the server's certificate.
func (l *Lab) CA() *x509.Certificate { return l.authorities.root.cert }

// CAPEM is [Lab.CA] as a PEM file.
func (l *Lab) CAPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: l.CA().Raw})
}

// SignIns returns how many credentials the lab has accepted and refused.
func (l *Lab) SignIns() (accepted, failed int) {
	return int(l.accepted.Load()), int(l.failed.Load())
}

// pause waits, or returns the context's error if that ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
