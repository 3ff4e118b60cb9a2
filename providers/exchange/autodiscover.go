package exchange

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"fairlead/network"
)

// Found is an EWS address that Autodiscover named. It is a proposal: no
// password goes there before an administrator has confirmed it.
type Found struct {
	URL    *url.URL
	Source string   // who named it: "Autodiscover at autodiscover.contoso.com"
	Tried  []string // what was asked and what came of it, one line each
}

const (
	waitDiscovery = 15 * time.Second
	// waitBetter is how long a good answer waits for that of a host that comes
	// before it.
	waitBetter = 2 * time.Second
)

// NotFound says that Autodiscover named no address, and why.
type NotFound struct {
	Domain string
	Tried  []string // what was asked and what came of it, one line each
}

// Error says what was tried and what to do.
func (e *NotFound) Error() string {
	return fmt.Sprintf("Autodiscover names no EWS address for %s (%s); type it as Exchange shows it: "+
		"Get-WebServicesVirtualDirectory -ADPropertiesOnly | Format-List Server,InternalUrl,ExternalUrl",
		e.Domain, strings.Join(e.Tried, "; "))
}

// Find asks Autodiscover for the EWS address of a mailbox: in its second
// version, for which nobody signs in. Every host that may know is asked at once,
// over https with a certificate in order; the answer of the one that comes first
// in Microsoft's order counts. The error is a [*Problem] for an address that is
// none, a [*NotFound], or that of ctx.
func Find(ctx context.Context, n *network.Network, address string) (Found, error) {
	if err := CheckAddress(address); err != nil {
		return Found{}, err
	}
	_, domain, _ := cutLast(address, "@")
	ascii, err := asciiHost(domain)
	if err != nil {
		return Found{}, fmt.Errorf("the domain %s: %w", domain, err) // CheckAddress has looked at it
	}
	within, cancel := context.WithTimeout(ctx, waitDiscovery)
	defer cancel()
	hosts := []string{"autodiscover." + ascii, ascii}
	results := make(chan discovery, len(hosts))
	for rank, host := range hosts {
		go func() {
			u, err := discover(within, n, host, address)
			results <- discovery{rank, host, u, err}
		}()
	}
	answers := collect(within, results, len(hosts))
	var tried []string
	for _, d := range answers {
		if d != nil {
			tried = append(tried, d.String())
		}
	}
	best := first(answers)
	switch {
	case ctx.Err() != nil:
		return Found{}, ctx.Err()
	case best == nil:
		return Found{Tried: tried}, &NotFound{domain, tried}
	}
	return Found{best.url, "Autodiscover at " + best.host, tried}, nil
}

// discovery is what came of asking one host.
type discovery struct {
	rank int // its place in Microsoft's order
	host string
	url  *url.URL
	err  error
}

func (d discovery) String() string {
	if d.err != nil {
		return d.host + ": " + plain(d.err.Error())
	}
	return d.host + ": " + d.url.String()
}

// collect waits until the best answer is there. Once a host has named an
// address, those that come before it have a little time left.
func collect(ctx context.Context, results <-chan discovery, n int) []*discovery {
	answers := make([]*discovery, n)
	var late <-chan time.Time
	for !decided(answers) {
		select {
		case d := <-results:
			answers[d.rank] = &d
			if d.err == nil && late == nil {
				late = time.After(waitBetter)
			}
		case <-late:
			return answers
		case <-ctx.Done():
			return answers
		}
	}
	return answers
}

// decided reports whether no answer that is still out can change the outcome.
func decided(answers []*discovery) bool {
	for _, d := range answers {
		if d == nil || d.err == nil {
			return d != nil
		}
	}
	return true
}

// first is the first host in order that named an address, or nil.
func first(answers []*discovery) *discovery {
	for _, d := range answers {
		if d != nil && d.err == nil {
			return d
		}
	}
	return nil
}
