package oauth

import (
	"net/http"
	"net/url"
)

// ServeHTTP answers the browser. Whatever is not the answer to this attempt is
// turned away without ending it: icons, prefetching, scanners, old tabs.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.page.headers(w.Header())
	switch {
	case req.Host != r.host:
		// A foreign name that resolves to loopback (DNS rebinding).
		w.WriteHeader(http.StatusMisdirectedRequest)
	case req.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		w.WriteHeader(http.StatusMethodNotAllowed)
	case isPrefetch(req.Header):
		// The browser drops the answer and asks again when a person goes there.
		w.WriteHeader(http.StatusServiceUnavailable)
	case r.isStart(req.URL.Path):
		r.serveStart(w)
	case req.URL.Path == r.path:
		r.serveAnswer(w, req)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func isPrefetch(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		if h.Get(name) != "" {
			return true
		}
	}
	return false
}

func (r *Receiver) serveStart(w http.ResponseWriter) {
	address := r.Address()
	if address == "" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	r.reach.Do(func() { close(r.reached) })
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusFound)
}

func (r *Receiver) serveAnswer(w http.ResponseWriter, req *http.Request) {
	q, err := url.ParseQuery(req.URL.RawQuery)
	if err != nil || len(req.URL.RawQuery) > maxAnswer {
		r.page.write(w, http.StatusBadRequest, old)
		return
	}
	got, err := r.take(q)
	switch {
	case KindOf(err) == Answered:
		r.page.write(w, http.StatusOK, again)
		return
	case err != nil:
		r.page.write(w, http.StatusBadRequest, old)
		return
	case got.err != nil:
		r.page.write(w, http.StatusOK, failed)
	default:
		r.page.write(w, http.StatusOK, done)
	}
	r.reach.Do(func() { close(r.reached) })
	_ = http.NewResponseController(w).Flush()
	r.result <- got
}
