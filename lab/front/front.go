// Package front is what the simulated clouds of the lab share: a server under
// the hosts' real names, and faults that are switched on by name.
package front

import (
	"bytes"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Cloud serves one request at a time and holds the faults that are on. Its lock
// guards the state of whoever has it, too.
type Cloud struct {
	sync.Mutex
	name   string
	known  func(fault string) bool
	active map[string]bool
}

// New makes a healthy cloud. The name is for errors; known reports whether it has
// a fault.
func New(name string, known func(fault string) bool) *Cloud {
	return &Cloud{name: name, known: known, active: map[string]bool{}}
}

// Set switches a fault on or off, for requests from then on.
func (c *Cloud) Set(name string, on bool) error {
	if !c.known(name) {
		return fmt.Errorf("%s has no fault %q", c.name, name)
	}
	c.Lock()
	defer c.Unlock()
	c.active[name] = on
	return nil
}

// Active lists the faults that are on, by name.
func (c *Cloud) Active() []string {
	c.Lock()
	defer c.Unlock()
	var names []string
	for name, on := range c.active {
		if on {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// On reports whether a fault is on. The caller holds the lock, as answer does in
// [Cloud.Serve].
func (c *Cloud) On(fault string) bool { return c.active[fault] }

// maxRequest is more than any request needs, in bytes.
const maxRequest = 64 << 10

// Serve reads a request's form and lets answer write under the lock; what it
// wrote is sent when the lock is free again, so that a slow client holds nobody
// up. The host is in lower case and without its port. It may end in ".localhost"
// in the request, which is how a browser on this computer comes here without TLS.
func (c *Cloud) Serve(w http.ResponseWriter, r *http.Request, answer func(w http.ResponseWriter, r *http.Request, host string)) {
	host := strings.ToLower(r.Host)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(host, ".localhost")
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "LAB: the request cannot be read", http.StatusBadRequest)
		return
	}
	b := &buffer{header: w.Header(), status: http.StatusOK}
	c.locked(func() { answer(b, r, host) })
	w.WriteHeader(b.status)
	_, _ = w.Write(b.body.Bytes())
}

func (c *Cloud) locked(do func()) {
	c.Lock()
	defer c.Unlock()
	do()
}

// buffer is an answer that is not sent yet.
type buffer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *buffer) Header() http.Header         { return b.header }
func (b *buffer) WriteHeader(status int)      { b.status = status }
func (b *buffer) Write(p []byte) (int, error) { return b.body.Write(p) }

// Stray answers with a page where JSON is expected, as a proxy does.
func Stray(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte("<!DOCTYPE html><html><title>Sign in to the network (LAB)</title><p>LAB: a page from a proxy.</p></html>"))
}

// Page shows one of some pages. They have no scripts, and their forms go to the
// address that they came from.
func Page(w http.ResponseWriter, pages *template.Template, status int, name string, data any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		panic(err) // a mistake in the pages
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
