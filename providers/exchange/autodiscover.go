package exchange

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"fairlead/network"
	"fairlead/providers"
)

// Found is an EWS address that Autodiscover named. It is a proposal: no
// password goes there before an administrator has confirmed it.
type Found struct {
	URL    *url.URL
	Guess  bool     // nobody named it: it is where EWS usually is
	Source string   // who named it, or the sentences that say why it is guessed
	Tried  []string // what was asked and what came of it, one line each
}

const (
	waitDiscovery = 15 * time.Second
	// waitBetter is how long a good answer waits for one that comes before it.
	waitBetter = 2 * time.Second
	// waitFallback is how long the second version may take before the older
	// forms are asked beside it.
	waitFallback = 3 * time.Second
)

// NotFound says that Autodiscover named no address, and why.
type NotFound struct {
	Domain string
	Tried  []string // what was asked and what came of it, one line each
}

// Error says what was tried and what to do.
func (e *NotFound) Error() string {
	return fmt.Sprintf("Autodiscover names no EWS address for %s (%s); type it as Exchange shows it: %s",
		e.Domain, strings.Join(e.Tried, "; "), showURL)
}

// showURL is the command that shows where EWS is.
const showURL = "Get-WebServicesVirtualDirectory -ADPropertiesOnly | Format-List Server,InternalUrl,ExternalUrl"

// Find asks Autodiscover for the EWS address of a mailbox, always without a
// sign-in: first in its second version, then in the two older forms, by the
// redirect of plain http and by the record in the DNS. What has the same place
// in the order is asked at once; the answer that comes first in the order counts,
// and an address that was named comes before one that is guessed. The error is
// a [*providers.Problem] for an address that is none, a [*NotFound], or that of ctx.
func Find(ctx context.Context, n *network.Network, address string) (Found, error) {
	if err := providers.CheckAddress(address); err != nil {
		return Found{}, err
	}
	_, domain, _ := cutLast(address, "@")
	ascii, err := providers.ASCIIHost(domain)
	if err != nil {
		return Found{}, fmt.Errorf("the domain %s: %w", domain, err) // CheckAddress has looked at it
	}
	within, cancel := context.WithTimeout(ctx, waitDiscovery)
	defer cancel()
	s := newSearch(places(n, ascii, address))
	s.run(within)
	tried, best := s.tried(), s.best()
	switch {
	case ctx.Err() != nil:
		return Found{}, ctx.Err()
	case best == nil:
		return Found{Tried: tried}, &NotFound{domain, tried}
	}
	return Found{best.url, best.guessed, best.source, tried}, nil
}

// place is where Autodiscover may be asked. Those that wait are asked once the
// others have named nothing.
type place struct {
	how, host string // "JSON", "autodiscover.contoso.com"
	waits     bool
	ask       func(context.Context) (outcome, error)
}

// outcome is an address, with who named it or why it is guessed.
type outcome struct {
	url     *url.URL
	guessed bool
	source  string
}

// places lists them in order. Microsoft's clients ask the domain itself first;
// but that is often a public web site, so it comes second here.
func places(n *network.Network, domain, address string) []place {
	by := func(f form, host string) place {
		return place{f.name, host, f.name != jsonForm.name, func(ctx context.Context) (outcome, error) {
			return discover(ctx, n, f, host, address)
		}}
	}
	usual := "autodiscover." + domain
	return []place{
		by(jsonForm, usual), by(jsonForm, domain),
		by(poxForm, usual), by(soapForm, usual), by(poxForm, domain), by(soapForm, domain),
		{"plain http", usual, true, func(ctx context.Context) (outcome, error) { return hintByRedirect(ctx, n, usual) }},
		{"DNS", recordName(domain), true, func(ctx context.Context) (outcome, error) { return hintByRecord(ctx, n, domain) }},
	}
}

// best is the first address in order that was named, or else the first that is
// guessed, or nil. Where Autodiscover says that the mailbox is in Exchange
// Online, a guess would lead to a server that does not have it.
func (s *search) best() *outcome {
	var guessed *outcome
	cloud := false
	for _, d := range s.answers {
		switch {
		case d == nil:
		case d.err != nil:
			cloud = cloud || errors.Is(d.err, errInCloud)
		case !d.guessed:
			return &d.outcome
		case guessed == nil:
			guessed = &d.outcome
		}
	}
	if cloud {
		return nil
	}
	return guessed
}
