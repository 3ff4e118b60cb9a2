// Package oauth signs an administrator in through the system's own browser
// and proves who answered. It knows OAuth and OpenID Connect, and nothing of
// one provider's consent, permissions or error numbers.
//
//   - [Receiver] waits on loopback for the browser to come back (RFC 8252), or
//     for the address that the administrator pastes. Both go through one judge.
//   - [Discover] reads what an authority says of itself, and refuses an authority
//     that answers for another or leads to hosts outside its cloud.
//   - [Client] runs the code flow with PKCE (RFC 7636), or the device code flow
//     (RFC 8628) where no browser can reach this computer.
//   - The id token is verified before anything that it says is used.
//
// Tokens and codes are of type secret.Secret, live in memory and are never part
// of an error. Failures are of type [*Error], whose [Kind] says what happened.
//
// Signatures are checked by go-jose, which needs nothing but the standard
// library and wants the algorithms that are accepted named by its caller. The
// package go-oidc builds on it; it was not taken because it reads answers of
// any length, keeps keys between sign-ins, and knows no issuer with the tenant
// as a part of it, which Entra's "organizations" authority has.
package oauth
