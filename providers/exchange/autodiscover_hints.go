package exchange

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fairlead/network"
)

// Two places name a host in a way that anybody on the way may forge: an answer
// over plain http, and a record in the DNS. Neither is followed. What they name
// is a guess, which an administrator confirms.

// hintByRedirect asks over plain http where Autodiscover is. The question bears
// no address, and of the answer the redirect alone counts.
func hintByRedirect(ctx context.Context, n *network.Network, host string) (outcome, error) {
	const path = "/autodiscover/autodiscover.xml"
	client := &http.Client{
		Transport: &http.Transport{
			DialContext:       func(ctx context.Context, _, _ string) (net.Conn, error) { return n.DialHost(ctx, host, 80, nil) },
			DisableKeepAlives: true, MaxResponseHeaderBytes: maxHintHead,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	request := newRequest(http.MethodGet, &url.URL{Scheme: "http", Host: host, Path: path})
	answer, err := client.Do(request.WithContext(ctx))
	if err != nil {
		if outer, ok := errors.AsType[*url.Error](err); ok {
			err = outer.Err // which does not name the address again
		}
		return outcome{}, err
	}
	_ = answer.Body.Close() // unread
	if answer.StatusCode != http.StatusMovedPermanently && answer.StatusCode != http.StatusFound {
		return outcome{}, fmt.Errorf("the answer is %s", answer.Status)
	}
	to, err := request.URL.Parse(answer.Header.Get("Location"))
	if err != nil {
		return outcome{}, errRedirect
	}
	if err := mayRedirect(to, poxForm.ends); err != nil {
		return outcome{}, err
	}
	return guess(to.Host, fmt.Sprintf("http://%s sends on to %s, over a connection that is not encrypted.", host, to.Host))
}

// maxHintHead bounds the head of an answer over plain http, in bytes. Its body
// is not read.
const maxHintHead = 16 << 10

// hintByRecord asks the DNS for the host that serves Autodiscover of a domain.
func hintByRecord(ctx context.Context, n *network.Network, domain string) (outcome, error) {
	records, err := n.LookupSRV(ctx, "autodiscover", "tcp", domain)
	if err != nil {
		return outcome{}, err
	}
	// The record that says that the service is not there has any port, as a rule 0 (RFC 2782).
	records = slices.DeleteFunc(slices.Clone(records), func(r *net.SRV) bool { return r.Port != 443 && r.Target != "." })
	if len(records) == 0 {
		return outcome{}, errors.New("it names no host on port 443")
	}
	best := slices.MinFunc(records, func(a, b *net.SRV) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Target, b.Target))
	})
	target := strings.ToLower(strings.TrimSuffix(best.Target, "."))
	if isOnline(target) {
		return outcome{}, errInCloud
	}
	if target == "" {
		return outcome{}, errors.New("it says that there is none")
	}
	return guess(target, fmt.Sprintf("The DNS record %s names %s.", recordName(domain), target))
}

func recordName(domain string) string { return "_autodiscover._tcp." + domain }

// guess is the usual EWS address at a host.
func guess(host, why string) (outcome, error) {
	u, err := ParseURL("https://" + host)
	if err != nil {
		return outcome{}, fmt.Errorf("it names %q: %w", host, err)
	}
	return outcome{url: u, guessed: true, source: why}, nil
}
