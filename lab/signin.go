package lab

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"fairlead/secret"
)

// credential is a password as the lab knows it.
type credential struct {
	password secret.Secret
	hash     [16]byte // for NTLM
}

func newCredential(password string) credential {
	return credential{secret.New(password), ntlmHash(password)}
}

// signIn judges the request's credentials. It reports whether they were
// accepted; otherwise it has answered 401.
//
// IIS looks at credentials only under a scheme that is switched on. Others are
// as good as none, and are not counted as a failed sign-in.
func (v *visit) signIn() bool {
	scheme, value, _ := strings.Cut(v.Header.Get("Authorization"), " ")
	scheme = strings.ToLower(scheme)
	switch {
	case scheme == "" && v.arrival.signedIn != nil && v.arrival.frontEnd == v.frontEnd.name:
		v.account = v.arrival.signedIn // NTLM signs in a connection, not a request
		return true
	case scheme == "" || !v.offers(scheme):
		v.challenge()
		return false
	case scheme == "basic":
		return v.signInBasic(value)
	default:
		return v.signInNTLM(scheme, value)
	}
}

// offers reports whether a scheme is switched on.
func (v *visit) offers(scheme string) bool {
	return slices.ContainsFunc(v.world.schemes, func(line string) bool {
		name, _, _ := strings.Cut(line, " ")
		return strings.EqualFold(name, scheme)
	})
}

func (v *visit) signInBasic(value string) bool {
	name, password, ok := basic(value)
	if !ok {
		v.challenge()
		return false
	}
	return v.judge(name, func(a *account) bool { return a.password.Equal(password) })
}

// basic reads the credentials of RFC 7617. Everything after the first colon is
// the password, spaces included.
func basic(value string) (name string, password secret.Secret, ok bool) {
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
	if err != nil {
		return "", secret.Secret{}, false
	}
	name, after, ok := strings.Cut(string(plain), ":")
	return name, secret.New(after), ok
}

// signInNTLM takes one of NTLM's two steps, under its own name or that of
// Negotiate. Both must reach the same front end over the same connection.
func (v *visit) signInNTLM(scheme, value string) bool {
	message, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
	if err != nil {
		v.challenge()
		return false
	}
	a := v.arrival
	switch ntlmType(message) {
	case 1:
		nonce := newNonce()
		a.nonce, a.frontEnd, a.signedIn = &nonce, v.frontEnd.name, nil
		service := v.world.service()
		_, dns, _ := strings.Cut(service.principal, "@")
		answer := ntlmChallenge(nonce, v.frontEnd.name, service.domain, dns, v.world.now())
		name := map[string]string{"ntlm": "NTLM", "negotiate": "Negotiate"}[scheme]
		v.set("WWW-Authenticate", name+" "+base64.StdEncoding.EncodeToString(answer))
		v.end(http.StatusUnauthorized)
		return false
	case 3:
		proof, err := readNTLMProof(message)
		nonce := a.nonce
		a.nonce = nil // good for one try
		if err != nil {
			v.challenge()
			return false
		}
		right := func(a *account) bool { return nonce != nil && proof.provedBy(a.hash, *nonce) }
		if a.frontEnd != v.frontEnd.name || !v.bound(proof) {
			right = func(*account) bool { return false }
		}
		if v.judge(proof.name(), right) {
			a.signedIn = v.account
		}
		return a.signedIn != nil
	default:
		v.challenge()
		return false
	}
}

// bound reports whether the proof is tied to this connection's certificate as
// Extended Protection demands: if it is at all, and always where that is
// required.
func (v *visit) bound(proof *ntlmProof) bool {
	bindings := proof.bindings()
	if bindings == nil {
		return !v.world.bindingRequired
	}
	return !v.world.bridged && bytes.Equal(bindings, channelBindings(sha256.Sum256(v.world.tlsAt(v.arrival.door).Certificates[0].Certificate[0])))
}

// judge signs the visitor in, or counts a failed sign-in and answers it. The
// password is compared even for a name that nobody has, so that both take as
// long.
func (v *visit) judge(name string, right func(*account) bool) bool {
	var found *account
	for _, a := range v.world.accounts {
		if right := right(a); a.answersTo(name) && right {
			found = a
		}
	}
	if found == nil || found.locked || found.blocked {
		v.world.lab.failed.Add(1)
		v.deny(found)
		return false
	}
	v.world.lab.accepted.Add(1)
	v.account = found
	return true
}

// challenge answers a request without credentials.
func (v *visit) challenge() {
	v.set("WWW-Authenticate", v.world.schemes...)
	v.end(http.StatusUnauthorized)
}

// deny answers credentials that are not accepted. What is wrong with them is
// seen in the server's own records alone, with two exceptions: some servers name
// a locked account, and a refusal by Exchange bears the back end's marks.
func (v *visit) deny(a *account) {
	switch {
	case a != nil && a.locked:
		v.set("WWW-Authenticate", v.world.schemes...)
		v.send(http.StatusUnauthorized, "text/plain", lockedText)
	case a != nil && a.blocked:
		v.signBackEnd(http.StatusUnauthorized)
		v.challenge()
	default:
		v.challenge()
	}
}

const lockedText = "The referenced account is currently locked out and may not be logged on to."
