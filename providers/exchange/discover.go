package exchange

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"fairlead/check"
	"fairlead/network"
	"fairlead/providers/exchange/chain"
	"fairlead/providers/exchange/wire"
)

// maxRedirects bounds how often Autodiscover may send on. Microsoft's own
// clients stop after ten.
const maxRedirects = 5

var (
	errInCloud  = errors.New("the mailbox is in Exchange Online")
	errRedirect = errors.New("it sends on to where Autodiscover may not send")
)

// discover asks one host for the EWS address of a mailbox, without a sign-in,
// and follows where it sends on to as far as the rules allow: over https, to a
// path of Autodiscover, never in a circle.
func discover(ctx context.Context, n *network.Network, host, address string) (*url.URL, error) {
	at := discoveryURL(host, address)
	seen := map[string]bool{}
	for range maxRedirects {
		if seen[at.String()] {
			return nil, fmt.Errorf("it sends round in a circle: %w", errRedirect)
		}
		seen[at.String()] = true
		answer, err := get(ctx, n, at)
		if err != nil {
			return nil, err
		}
		if answer.Status < 300 || answer.Status > 399 {
			return readDiscovery(answer)
		}
		next, err := at.Parse(answer.Header.Get("Location"))
		if err != nil {
			return nil, errRedirect
		}
		if err := mayRedirect(next); err != nil {
			return nil, err
		}
		at = next
	}
	return nil, fmt.Errorf("it sends on more than %d times: %w", maxRedirects, errRedirect)
}

// discoveryURL is the question for the EWS address of a mailbox.
func discoveryURL(host, address string) *url.URL {
	return &url.URL{
		Scheme: "https", Host: host, Path: "/autodiscover/autodiscover.json/v1.0/" + address,
		RawQuery: "Protocol=EWS&RedirectCount=1",
	}
}

// mayRedirect says why an answer may not send on to an address, or nothing.
func mayRedirect(to *url.URL) error {
	switch {
	case isOnline(to.Hostname()):
		return errInCloud
	case to.Scheme != "https", to.User != nil, !strings.HasPrefix(strings.ToLower(to.Path), "/autodiscover/"):
		return errRedirect
	}
	return nil
}

// readDiscovery reads the answer of Autodiscover.
func readDiscovery(answer *wire.Answer) (*url.URL, error) {
	var says struct{ Protocol, Url, ErrorCode, ErrorMessage string }
	if err := json.Unmarshal(answer.Body, &says); err != nil {
		if answer.Status == http.StatusOK {
			return nil, errors.New("what answers there is not Autodiscover")
		}
		return nil, fmt.Errorf("the answer is %s", answer.Line)
	}
	switch {
	case says.ErrorCode != "":
		return nil, fmt.Errorf("it answers %s", says.ErrorCode)
	case says.Url == "":
		return nil, errors.New("it names no address")
	}
	u, err := ParseURL(says.Url)
	if err != nil {
		return nil, fmt.Errorf("it names %q: %w", says.Url, err)
	}
	if isOnline(u.Hostname()) {
		return nil, errInCloud
	}
	return u, nil
}

// get fetches an address without anything secret in the call.
func get(ctx context.Context, n *network.Network, at *url.URL) (*wire.Answer, error) {
	s := &test{net: n, target: Target{URL: at, Mode: Strict}}
	defer s.close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before close, which waits for what is under way
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	return s.fetch(ctx, at)
}

// connect makes a TLS connection to a host whose certificate is in order. One
// of a company's own authority will do: nothing secret is sent, and a person
// confirms what comes of it.
func (s *test) connect(ctx context.Context) error {
	for _, step := range []check.Check[*test]{nameCheck, portCheck, tlsCheck} {
		if _, err := step.Ask(ctx, s); err != nil {
			return err
		}
	}
	j := s.judge(s.sent)
	trusted := j.Trust == chain.Public || j.Trust == chain.Private
	if !trusted || !j.NameMatches || j.Expired != nil || j.NotYetValid != nil {
		return fmt.Errorf("its certificate is not in order (%s)", judged(j))
	}
	return nil
}
