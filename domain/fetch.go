package domain

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"fairlead/dns"
	"fairlead/network"
)

// What keeps a policy from being fetched.
var (
	errPolicyHost     = errors.New("the host of the policy has no public address")
	errPolicyStatus   = errors.New("the web server has no policy")
	errPolicyRedirect = errors.New("the web server leads elsewhere")
	errPolicyType     = errors.New("the policy is not plain text")
)

// mostPolicy bounds the file of a policy, as RFC 8461 suggests.
const mostPolicy = 64 << 10

// fetchPolicy fetches the policy of a domain as senders do: over HTTPS with a
// public authority, from a public address, without following a redirection. The
// addresses are those that the world sees.
func fetchPolicy(ctx context.Context, n *network.Network, c *dns.Client, domain string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, waitPolicy)
	defer cancel()
	host := "mta-sts." + domain
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dialPolicy(ctx, n, c, host) },
		TLSClientConfig: &tls.Config{
			MinVersion: tls.VersionTLS12, ServerName: host, RootCAs: n.PublicRoots, Time: n.Now,
		},
		DisableKeepAlives: true,
	}
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+host+"/.well-known/mta-sts.txt", nil)
	if err != nil {
		return "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close() //nolint:errcheck // it was read
	switch kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")); {
	case response.StatusCode/100 == 3:
		return "", fmt.Errorf("%w: %s, %s", errPolicyRedirect, response.Status, response.Header.Get("Location"))
	case response.StatusCode != http.StatusOK:
		return "", fmt.Errorf("%w: %s", errPolicyStatus, response.Status)
	case !strings.EqualFold(kind, "text/plain"):
		return "", fmt.Errorf("%w: %q", errPolicyType, response.Header.Get("Content-Type"))
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, mostPolicy))
	return string(text), err
}

// dialPolicy connects to the first address that answers.
func dialPolicy(ctx context.Context, n *network.Network, c *dns.Client, host string) (net.Conn, error) {
	err := errPolicyHost
	for _, address := range c.Addresses(ctx, host) {
		if !isPublic(address) {
			continue
		}
		var conn net.Conn
		if conn, err = n.Dial(ctx, netip.AddrPortFrom(address, 443)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}
