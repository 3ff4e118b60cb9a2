package lab

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"fairlead/lab/entra"
)

// TestOAuth2Library signs in over TLS with a client that was not written for
// the lab: golang.org/x/oauth2, in each cloud.
func TestOAuth2Library(t *testing.T) {
	l := start(t, Options{})
	for _, tenant := range entra.Tenants() {
		t.Run(tenant.Domain, func(t *testing.T) {
			c := newClient(t, l, noAddr)
			ctx := context.WithValue(t.Context(), oauth2.HTTPClient, c.http)
			login := loginOf(t, c, tenant.Domain)
			config := &oauth2.Config{
				ClientID: entra.Verifier, RedirectURL: "http://localhost:49999", Scopes: []string{"openid", "Application.Read.All"},
				Endpoint: oauth2.Endpoint{
					AuthURL:       login + tenant.Domain + "/oauth2/v2.0/authorize",
					TokenURL:      login + tenant.Domain + "/oauth2/v2.0/token",
					DeviceAuthURL: login + tenant.Domain + "/oauth2/v2.0/devicecode",
					AuthStyle:     oauth2.AuthStyleInParams,
				},
			}
			verifier := oauth2.GenerateVerifier()
			address := config.AuthCodeURL("state-1", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("nonce", "n"))
			back := press(t, c, address, url.Values{"account": {entra.Admin + "@" + tenant.Domain}, "action": {"accept"}})
			if back.Get("state") != "state-1" {
				t.Fatalf("what came back: %v", back)
			}
			_, err := config.Exchange(ctx, back.Get("code"), oauth2.VerifierOption(oauth2.GenerateVerifier()))
			if refused, ok := errors.AsType[*oauth2.RetrieveError](err); !ok || refused.ErrorCode != "invalid_grant" || !strings.HasPrefix(refused.ErrorDescription, "AADSTS501481: ") {
				t.Errorf("with another verifier: %v", err)
			}
			token, err := config.Exchange(ctx, back.Get("code"), oauth2.VerifierOption(verifier))
			if err != nil || token.Extra("id_token") == nil || token.TokenType != "Bearer" {
				t.Fatalf("%v %v", token, err)
			}
			device, err := config.DeviceAuth(ctx)
			if err != nil || device.UserCode == "" || device.VerificationURI != login+"common/oauth2/deviceauth" {
				t.Errorf("%v %v", device, err)
			}
		})
	}
}

// loginOf finds the host of sign-in of a tenant, as a client does that asks
// one cloud after the other.
func loginOf(t *testing.T, c *client, domain string) string {
	t.Helper()
	for _, host := range c.lab.Entra().Hosts() {
		response, _ := c.must(get("https://" + host + "/" + domain + "/oauth2/v2.0/authorize"))
		_, body := c.must(get("https://" + host + "/" + domain + "/v2.0/.well-known/openid-configuration"))
		if response.StatusCode == http.StatusBadRequest && strings.Contains(body, `"issuer":"https://`+host+"/") {
			return "https://" + host + "/"
		}
	}
	t.Fatal("no cloud knows " + domain)
	return ""
}

// press sends the form of a page and returns where the answer leads to.
func press(t *testing.T, c *client, address string, form url.Values) url.Values {
	t.Helper()
	r := post(address, form.Encode())
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, body := c.must(r)
	to, err := url.Parse(response.Header.Get("Location"))
	if err != nil || response.StatusCode != http.StatusFound {
		t.Fatalf("%s %v %s", response.Status, err, body)
	}
	return to.Query()
}
