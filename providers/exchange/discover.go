package exchange

import (
	"context"
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

// discover asks one host for the EWS address of a mailbox in one form, without a
// sign-in, and follows where it sends on to as far as the rules allow: over
// https, to a path of Autodiscover, never in a circle.
func discover(ctx context.Context, n *network.Network, f form, host, address string) (outcome, error) {
	at := f.at(host, address)
	seen := map[string]bool{}
	for range maxRedirects {
		if seen[at.String()] {
			return outcome{}, fmt.Errorf("it sends round in a circle: %w", errRedirect)
		}
		seen[at.String()] = true
		answer, err := ask(ctx, n, at, f, address)
		if err != nil {
			return outcome{}, err
		}
		says, err := told{next: answer.Header.Get("Location")}, error(nil)
		if answer.Status < 300 || answer.Status > 399 {
			says, err = f.read(answer)
		}
		switch {
		case err != nil:
			return outcome{}, err
		case says.url != nil:
			return outcome{url: says.url, source: "Autodiscover (" + f.name + ") at " + through(host, at)}, nil
		case says.guarded:
			return guess(at.Host, fmt.Sprintf("Autodiscover (%s) at %s asks for a sign-in, which it did not get. "+
				"EWS is usually on the same host.", f.name, through(host, at)))
		}
		next, err := at.Parse(says.next)
		if err != nil {
			return outcome{}, errRedirect
		}
		if err := mayRedirect(next, f.ends); err != nil {
			return outcome{}, err
		}
		at = next
	}
	return outcome{}, fmt.Errorf("it sends on more than %d times: %w", maxRedirects, errRedirect)
}

// through names the host that was asked, and the one it sent on to.
func through(host string, at *url.URL) string {
	if at.Host == host {
		return host
	}
	return at.Host + ", where " + host + " sends on to,"
}

// mayRedirect says why an answer may not send on to an address, or nothing.
func mayRedirect(to *url.URL, ends string) error {
	path := strings.ToLower(to.Path)
	switch {
	case isOnline(to.Hostname()):
		return errInCloud
	case to.Scheme != "https", to.User != nil, !strings.HasPrefix(path, "/autodiscover/"), !strings.HasSuffix(path, ends):
		return errRedirect
	}
	return nil
}

// ask asks one address without anything secret in the call.
func ask(ctx context.Context, n *network.Network, at *url.URL, f form, address string) (*wire.Answer, error) {
	s := &test{net: n, target: Target{URL: at, Mode: Strict}}
	defer s.close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before close, which waits for what is under way
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	request := newRequest(http.MethodGet, at)
	if f.question != nil {
		request = newPost(at, f.question(address))
	}
	return s.line.Do(ctx, request)
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
	j := s.cert
	trusted := j.Trust == chain.Public || j.Trust == chain.Private
	if !trusted || !j.NameMatches || j.Expired != nil || j.NotYetValid != nil {
		return fmt.Errorf("its certificate is not in order (%s)", judged(j))
	}
	return nil
}
