// Package clients proves the sign-in against an OpenID server that knows nothing
// of this program: oidc-provider, which is certified by the OpenID Foundation.
// Its tests install it, so they run only when asked for:
// go test -tags clients ./oauth/clients/
package clients
