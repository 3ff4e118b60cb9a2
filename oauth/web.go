package oauth

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"fairlead/network"
)

const (
	// maxReply bounds what an authority may send. Entra's key set has 20 kB.
	maxReply = 256 << 10
	// callTime is how long one call may take, over a slow line.
	callTime = 30 * time.Second
)

// NewWeb makes a client for an authority's endpoints: through the network's
// resolver, dialer, roots and clock, JSON only, bounded, and never redirected,
// because a redirect would carry a code or token elsewhere. Where the network has a
// proxy for an address, it tunnels through that one.
func NewWeb(n *network.Network) *http.Client {
	return &http.Client{
		Timeout: callTime,
		Transport: onlyJSON{n.Proxy, &http.Transport{
			Proxy:               func(req *http.Request) (*url.URL, error) { return n.Proxy.For(req.URL) },
			DialContext:         dialer(n),
			TLSClientConfig:     trust(n),
			TLSHandshakeTimeout: 10 * time.Second,
			DisableKeepAlives:   true, // nothing is left open between two calls
		}},
	}
}

// dialer tries a host's addresses one after the other.
func dialer(n *network.Network) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, _, address string) (net.Conn, error) {
		host, portText, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		port, err := strconv.ParseUint(portText, 10, 16)
		if err != nil {
			return nil, err
		}
		return n.DialHost(ctx, host, uint16(port), nil)
	}
}

// trust accepts what this computer trusts, such as its company's inspection,
// or else what everybody trusts.
func trust(n *network.Network) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // VerifyConnection verifies, against two sets of roots
		VerifyConnection: func(c tls.ConnectionState) error {
			if c.ServerName == "" { // an IP address, of which the library tells us nothing to compare
				return errors.New("tls: a sign-in service is reached by its name, not by an IP address")
			}
			options := x509.VerifyOptions{
				DNSName: c.ServerName, Roots: n.SystemRoots, CurrentTime: n.Now(), Intermediates: x509.NewCertPool(),
			}
			for _, cert := range c.PeerCertificates[1:] {
				options.Intermediates.AddCert(cert)
			}
			_, err := c.PeerCertificates[0].Verify(options)
			if err == nil {
				return nil
			}
			options.Roots = n.PublicRoots
			if _, public := c.PeerCertificates[0].Verify(options); public == nil {
				return nil
			}
			return &tls.CertificateVerificationError{UnverifiedCertificates: c.PeerCertificates, Err: err}
		},
	}
}

// onlyJSON refuses a reply that is a redirect, not JSON, or too long, before
// anybody reads or follows it: a proxy's page in HTML is the usual one.
type onlyJSON struct {
	proxy network.Proxy
	under http.RoundTripper
}

// RoundTrip sends the request and reads the whole reply, so that a connection
// that breaks within it is told from a reply that cannot be understood.
func (o onlyJSON) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := o.under.RoundTrip(req)
	if err != nil {
		return nil, o.through(req.URL, err)
	}
	defer resp.Body.Close()
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode <= 399:
		return nil, fail(BadReply, req.URL.Host+" sends the program elsewhere instead of answering")
	case kind != "application/json" && kind != "application/jwk-set+json":
		e := fail(BadReply, req.URL.Host+" did not answer in JSON; a proxy may have answered in its place (status "+strconv.Itoa(resp.StatusCode)+")")
		e.status = resp.StatusCode
		return nil, e
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	switch {
	case err != nil:
		return nil, err
	case len(body) > maxReply:
		return nil, fail(BadReply, req.URL.Host+" answered with more than a sign-in service does")
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// through names the proxy in the error of a call that it was to carry.
func (o onlyJSON) through(address *url.URL, err error) error {
	proxy, failed := o.proxy.For(address)
	if failed != nil || proxy == nil {
		return err
	}
	return fmt.Errorf("through the proxy %s, which %s names: %w", proxy.Redacted(), o.proxy.Source, err)
}

// get fetches a document.
func get(ctx context.Context, web *http.Client, address string) ([]byte, error) {
	return call(ctx, web, http.MethodGet, address, "")
}

// post sends a form.
func post(ctx context.Context, web *http.Client, address string, form url.Values) ([]byte, error) {
	return call(ctx, web, http.MethodPost, address, form.Encode())
}

func call(ctx context.Context, web *http.Client, method, address, form string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form))
	if err != nil {
		return nil, failWith(BadReply, "the sign-in service named an address that cannot be used", err)
	}
	req.Header.Set("Accept", "application/json")
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := web.Do(req)
	if err != nil {
		return nil, callFailed(ctx, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return nil, callFailed(ctx, err)
	case resp.StatusCode != http.StatusOK:
		return nil, replyRefusal(body, resp.StatusCode)
	}
	return body, nil
}

// callFailed says why a call brought no reply. The error beneath names the
// address, which holds no secret: codes and tokens travel in the body.
func callFailed(ctx context.Context, err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if ctx.Err() != nil {
		return failWith(Cancelled, "the sign-in was cancelled", ctx.Err())
	}
	return failWith(Unreachable, "the sign-in service could not be reached", err)
}

// passing reports whether a call that failed may do better soon: the connection
// failed, or the authority or what answered in its place has trouble of its own.
func passing(err error) bool {
	if e, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return e.Response.StatusCode >= http.StatusInternalServerError
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.status >= http.StatusInternalServerError
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return false
	}
	return isCall(err)
}

// isCall reports whether an error is of the connection rather than of what came
// over it.
func isCall(err error) bool {
	if _, ok := errors.AsType[*url.Error](err); ok {
		return true
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// replyRefusal is the refusal in a reply that is not a success.
func replyRefusal(body []byte, status int) error {
	var e struct {
		Code        string `json:"error"`
		Description string `json:"error_description"`
		Help        string `json:"error_uri"`
	}
	if json.Unmarshal(body, &e) != nil || e.Code == "" {
		return fail(BadReply, "the sign-in service refused without saying why (status "+strconv.Itoa(status)+")")
	}
	return refusal(e.Code, e.Description, e.Help)
}
