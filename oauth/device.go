package oauth

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"fairlead/secret"
)

// Device is a sign-in on another device (RFC 8628): the last resort, because an
// organisation may forbid it and it cannot grant an application's permissions.
type Device struct {
	// UserCode is what to type at Address, on any device that has a browser.
	UserCode, Address string
	// Deadline is when the code ends.
	Deadline time.Time

	client   *Client
	code     secret.Secret
	interval int64
}

// BeginDevice asks for a code.
func (c *Client) BeginDevice(ctx context.Context) (*Device, error) {
	if c.config.Endpoint.DeviceAuthURL == "" {
		return nil, fail(Refused, "this sign-in service has no sign-in by code")
	}
	// Not by the library: its request does not end with the context.
	body, err := post(ctx, c.web, c.config.Endpoint.DeviceAuthURL, url.Values{
		"client_id": {c.config.ClientID}, "scope": {strings.Join(c.config.Scopes, " ")},
	})
	if err != nil {
		return nil, err
	}
	var reply oauth2.DeviceAuthResponse
	if json.Unmarshal(body, &reply) != nil {
		return nil, fail(BadReply, "the sign-in service's reply cannot be read")
	}
	address, err := url.Parse(reply.VerificationURI)
	if err != nil || address.Scheme != "https" || address.Host == "" || reply.UserCode == "" || reply.DeviceCode == "" || reply.Expiry.IsZero() {
		return nil, fail(BadReply, "the sign-in service's reply lacks the code, its end, or where to type it")
	}
	return &Device{
		UserCode: Clean(reply.UserCode, 40, nil), Address: address.String(), Deadline: reply.Expiry,
		client: c, code: secret.New(reply.DeviceCode), interval: reply.Interval,
	}, nil
}

// Seconds between two questions.
const (
	usualInterval = 5  // where the authority names none (RFC 8628, section 3.2)
	mostInterval  = 60 // where connections fail
)

// Wait asks, as often as the authority allows, until somebody signed in with
// the code, or the code or the context ends. Where the connection fails it asks
// again, half as often (RFC 8628, section 3.5).
func (d *Device) Wait(ctx context.Context) (*Tokens, error) {
	c, interval := d.client, d.interval
	if interval <= 0 {
		interval = usualInterval
	}
	asking := context.WithValue(ctx, oauth2.HTTPClient, c.web)
	var lost error
	for {
		token, err := c.config.DeviceAccessToken(asking,
			&oauth2.DeviceAuthResponse{DeviceCode: d.code.Reveal(), Expiry: d.Deadline, Interval: interval})
		switch over := ctx.Err() != nil || !time.Now().Before(d.Deadline); {
		case err == nil:
			return c.accept(ctx, token, "")
		case over || !passing(err):
			return nil, d.failed(ctx, err, lost)
		}
		lost = tokenFailed(ctx, err, d.code)
		interval = max(interval, min(2*interval, mostInterval))
	}
}

// failed says why nobody signed in. Lost is why a question had no answer, if
// one had none.
func (d *Device) failed(ctx context.Context, err, lost error) error {
	err = tokenFailed(ctx, err, d.code)
	e, ok := err.(*Error)
	if !ok || ctx.Err() != nil || (e.Code != "expired_token" && time.Now().Before(d.Deadline)) {
		return err
	}
	e.Kind, e.Text, e.cause = TimedOut, "nobody signed in with the code in time", lost
	if lost != nil {
		e.Text += ", as far as the sign-in service could be asked"
	}
	return e
}
