package lab

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
)

// serviceName is the record in the DNS that names the host of Autodiscover.
const serviceName = "_autodiscover._tcp." + domain

// lookupSRV answers at once, as lookup does.
func (l *Lab) lookupSRV(ctx context.Context, service, proto, name string) ([]*net.SRV, error) {
	record := strings.ToLower("_" + service + "._" + proto + "." + strings.TrimSuffix(name, "."))
	if err := ctx.Err(); err != nil {
		return nil, &net.DNSError{Err: err.Error(), Name: record, IsTimeout: true}
	}
	records := l.world.Load().services[record]
	if len(records) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: record, IsNotFound: true}
	}
	return slices.Clone(records), nil
}

// sendOn answers a visitor of Autodiscover who comes without TLS.
func (l *Lab) sendOn(w http.ResponseWriter, r *http.Request) {
	to := l.world.Load().sendsOn
	if to == "" || r.Host != discoverHost || strings.ToLower(r.URL.Path) != poxPath {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusFound)
}
