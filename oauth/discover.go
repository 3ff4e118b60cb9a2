package oauth

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fairlead/network"
)

// Place says where an authority is asked for and what it may answer.
type Place struct {
	// Base is the authority's address, to which /.well-known/openid-configuration is
	// added, such as https://login.microsoftonline.com/contoso.com/v2.0.
	Base string
	// Issuer is what the authority has to call itself: the same as Base where OpenID
	// Connect Discovery is kept to, or with "{tenantid}" for Entra, which names the
	// tenant by its id there. Empty means the same as Base.
	Issuer string
	// Hosts are those that its endpoints may be on, besides Base's own.
	Hosts []string
}

// Authority is a sign-in service, as it describes itself.
type Authority struct {
	Issuer                string `json:"issuer"`
	AuthorizationEndpoint string `json:"authorization_endpoint"`
	TokenEndpoint         string `json:"token_endpoint"`
	DeviceEndpoint        string `json:"device_authorization_endpoint"`
	Keys                  string `json:"jwks_uri"`
	// IssuerSent is the promise to send "iss" with each answer (RFC 9207).
	IssuerSent bool `json:"authorization_response_iss_parameter_supported"`
	// Tenant is the tenant's id, taken from the issuer; empty for an authority that
	// serves many tenants, or knows none.
	Tenant string `json:"-"`
	// Cloud, Graph, Region and SubRegion are Entra's own: which national cloud the
	// tenant is in.
	Cloud     string `json:"cloud_instance_name"`
	Graph     string `json:"msgraph_host"`
	Region    string `json:"tenant_region_scope"`
	SubRegion string `json:"tenant_region_sub_scope"`
}

// Discover reads an authority's openid-configuration. It refuses one that
// speaks for another issuer, and endpoints that are not HTTPS or are on hosts
// outside the place. A refusal by the authority itself, such as for a tenant
// that does not exist, is of kind [Refused] with the authority's code.
func Discover(ctx context.Context, n *network.Network, place Place) (*Authority, error) {
	return discover(ctx, NewWeb(n), place)
}

func discover(ctx context.Context, web *http.Client, place Place) (*Authority, error) {
	base, err := url.Parse(place.Base)
	if err != nil || base.Scheme != "https" || base.Host == "" {
		return nil, fail(BadReply, "the sign-in service's address does not begin with https://")
	}
	body, err := get(ctx, web, strings.TrimSuffix(place.Base, "/")+"/.well-known/openid-configuration")
	if err != nil {
		return nil, err
	}
	var a Authority
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, fail(BadReply, base.Host+" describes itself in a form that cannot be read")
	}
	expected := place.Issuer
	if expected == "" {
		expected = place.Base
	}
	var ok bool
	if a.Tenant, ok = matchIssuer(expected, a.Issuer); !ok && a.Issuer != expected {
		return nil, fail(WrongIssuer, base.Host+" speaks for another sign-in service: "+Clean(a.Issuer, 200, nil))
	}
	hosts := append([]string{base.Host}, place.Hosts...)
	for _, e := range []struct {
		name, address string
		needed        bool
	}{
		{"authorization_endpoint", a.AuthorizationEndpoint, true},
		{"token_endpoint", a.TokenEndpoint, true},
		{"jwks_uri", a.Keys, true},
		{"device_authorization_endpoint", a.DeviceEndpoint, false},
	} {
		if e.address == "" && !e.needed {
			continue
		}
		u, err := url.Parse(e.address)
		if err != nil || u.Scheme != "https" || u.User != nil || u.Fragment != "" || !slices.Contains(hosts, u.Host) {
			return nil, fail(WrongIssuer, base.Host+" leads to an address outside its cloud: "+e.name+" "+Clean(e.address, 200, nil))
		}
	}
	return &a, nil
}
