package lab

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
)

// visit is one request with its answer.
type visit struct {
	*http.Request
	answer   http.ResponseWriter
	arrival  *arrival
	world    *world
	frontEnd frontEnd
	path     string   // in lower case, as IIS compares it
	account  *account // who has signed in
	body     []byte   // what was posted, once somebody has signed in
}

// serve answers every request of the lab.
func (l *Lab) serve(w http.ResponseWriter, r *http.Request) {
	a := r.Context().Value(arrivalKey{}).(*arrival)
	v := &visit{Request: r, answer: w, arrival: a, world: l.world.Load(), path: strings.ToLower(r.URL.Path)}
	front := v.world.balance(a, a.requests)
	a.requests++
	v.frontEnd = v.world.frontEnds[front%len(v.world.frontEnds)]
	v.greet()
	for _, answered := range v.world.before {
		if answered(v) {
			return
		}
	}
	v.route()
}

// greet sets the headers that IIS and Exchange's front end put on every answer.
func (v *visit) greet() {
	v.set("Server", "Microsoft-IIS/10.0")
	v.set("X-Powered-By", "ASP.NET")
	v.set("Date", v.world.now().UTC().Format(http.TimeFormat))
	v.set("request-id", uuid.NewString())
	v.set("X-FEServer", v.frontEnd.name)
	v.set("X-OWA-Version", v.frontEnd.build.String())
	if id := v.Header.Get("client-request-id"); id != "" &&
		strings.EqualFold(v.Header.Get("return-client-request-id"), "true") {
		v.set("client-request-id", id)
	}
}

// set sets a header of the answer, spelt as the real server spells it.
func (v *visit) set(name string, values ...string) { v.answer.Header()[name] = values }

// unset takes a header of the answer away; the server then sends none.
func (v *visit) unset(names ...string) {
	for _, name := range names {
		v.set(name)
	}
}

// send ends the answer.
func (v *visit) send(status int, contentType, body string) {
	v.set("Content-Type", contentType)
	v.set("Content-Length", fmt.Sprint(len(body)))
	v.answer.WriteHeader(status)
	_, _ = io.WriteString(v.answer, body)
}

// end ends an answer that has no body.
func (v *visit) end(status int) {
	v.set("Content-Length", "0")
	v.answer.WriteHeader(status)
}

// isEWS reports whether the request is for the EWS application.
func (v *visit) isEWS() bool { return strings.HasPrefix(v.path, "/ews/") }

// wait holds a request up. Its error says that the client went away first.
func (v *visit) wait(d time.Duration) error { return pause(v.Context(), d) }
