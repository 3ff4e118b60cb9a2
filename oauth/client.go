package oauth

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/oauth2"

	"fairlead/network"
	"fairlead/secret"
)

// Client is an application at an authority. It is a public one: what ships in a
// program is no secret (RFC 8252, section 8.5).
type Client struct {
	config    oauth2.Config
	authority Authority
	net       *network.Network
	web       *http.Client
}

// NewClient makes a client that asks for these scopes; "openid" is added.
func NewClient(n *network.Network, authority *Authority, id string, scopes ...string) *Client {
	return &Client{
		config: oauth2.Config{
			ClientID: id,
			Scopes:   append([]string{"openid"}, scopes...),
			Endpoint: oauth2.Endpoint{
				AuthURL: authority.AuthorizationEndpoint, TokenURL: authority.TokenEndpoint, DeviceAuthURL: authority.DeviceEndpoint,
				// Left to find out, the library would send a single-use code twice.
				AuthStyle: oauth2.AuthStyleInParams,
			},
		},
		authority: *authority, net: n, web: NewWeb(n),
	}
}

// Tokens is what a sign-in brought. It lives in memory; [Tokens.Drop] it when
// the work is done.
type Tokens struct {
	Access   secret.Secret
	Expiry   time.Time
	Scopes   []string
	Identity Identity
}

// Drop forgets the access token.
func (t *Tokens) Drop() { t.Access = secret.Secret{} }

// SignIn is one sign-in by the code flow with PKCE.
type SignIn struct {
	client   *Client
	redirect string
	verifier secret.Secret
	nonce    string
}

// Begin readies the receiver for a sign-in. Extra are parameters of the
// authority's own, such as prompt, login_hint or domain_hint.
func (c *Client) Begin(r *Receiver, extra map[string]string) (*SignIn, error) {
	s := &SignIn{client: c, redirect: r.Redirect(), verifier: secret.New(oauth2.GenerateVerifier()), nonce: rand.Text()}
	config := c.config
	config.RedirectURL = s.redirect
	options := []oauth2.AuthCodeOption{
		oauth2.S256ChallengeOption(s.verifier.Reveal()),
		oauth2.SetAuthURLParam("nonce", s.nonce),
	}
	for name, value := range extra {
		options = append(options, oauth2.SetAuthURLParam(name, value))
	}
	if err := r.Begin(config.AuthCodeURL(r.State(), options...), Expectation{
		Issuer: c.authority.Issuer, IssuerSent: c.authority.IssuerSent,
	}); err != nil {
		return nil, err
	}
	return s, nil
}

// Finish redeems the code of an answer and verifies who signed in.
func (s *SignIn) Finish(ctx context.Context, answer Answer) (*Tokens, error) {
	c := s.client
	config := c.config
	config.RedirectURL = s.redirect
	token, err := config.Exchange(context.WithValue(ctx, oauth2.HTTPClient, c.web), answer.Code.Reveal(),
		oauth2.VerifierOption(s.verifier.Reveal()))
	if err != nil {
		return nil, tokenFailed(ctx, err, answer.Code, s.verifier)
	}
	return c.accept(ctx, token, s.nonce)
}

// accept turns a reply of the token endpoint into tokens. The refresh token, if
// any, is let go: nothing here works longer than one wizard.
func (c *Client) accept(ctx context.Context, token *oauth2.Token, nonce string) (*Tokens, error) {
	if token.Type() != "Bearer" {
		return nil, fail(BadReply, "the sign-in service gave a token of a kind that was not asked for")
	}
	id, _ := token.Extra("id_token").(string)
	if id == "" {
		return nil, fail(BadReply, "the sign-in service does not say who signed in")
	}
	keys, err := fetchKeys(ctx, c.web, c.authority.Keys)
	if err != nil {
		return nil, err
	}
	identity, err := verifier{keys, c.authority.Issuer, c.config.ClientID, nonce, c.net.Now()}.verify(id)
	if err != nil {
		return nil, err
	}
	if c.authority.Tenant != "" && identity.Tenant != c.authority.Tenant {
		return nil, fail(WrongIssuer, "the id token is from another tenant than the one that was asked")
	}
	granted, _ := token.Extra("scope").(string)
	return &Tokens{
		Access: secret.New(token.AccessToken), Expiry: token.Expiry, Scopes: scopes(granted, c.config.Scopes), Identity: identity,
	}, nil
}

// tokenFailed says why the token endpoint gave none. The library's error is not
// wrapped: it holds the whole reply.
func tokenFailed(ctx context.Context, err error, sent ...secret.Secret) error {
	if e, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		if e.ErrorCode == "" {
			return fail(BadReply, "the sign-in service refused without saying why (status "+strconv.Itoa(e.Response.StatusCode)+")")
		}
		return refusal(e.ErrorCode, e.ErrorDescription, e.ErrorURI, sent...)
	}
	if isCall(err) {
		return callFailed(ctx, err)
	}
	return fail(BadReply, "the sign-in service's reply cannot be read, or has no token")
}
