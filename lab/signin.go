package lab

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"fairlead/secret"
)

// signIn judges the request's credentials. It reports whether they were
// accepted; otherwise it has answered 401.
//
// IIS looks at credentials only under a scheme that is switched on. Others are
// as good as none, and are not counted as a failed sign-in.
func (v *visit) signIn() bool {
	scheme, value, _ := strings.Cut(v.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Basic") || !v.offers("Basic") {
		v.challenge()
		return false
	}
	name, password, ok := basic(value)
	if !ok {
		v.challenge()
		return false
	}
	account := v.world.judge(name, password)
	if account == nil || account.locked || account.blocked {
		v.world.lab.failed.Add(1)
		v.deny(account)
		return false
	}
	v.world.lab.accepted.Add(1)
	v.account = account
	return true
}

// offers reports whether a scheme is switched on.
func (v *visit) offers(scheme string) bool {
	return slices.ContainsFunc(v.world.schemes, func(line string) bool {
		name, _, _ := strings.Cut(line, " ")
		return strings.EqualFold(name, scheme)
	})
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

// judge returns the account that the credentials open, or nil. The password is
// compared even for a name that nobody has, so that both take as long.
func (w *world) judge(name string, password secret.Secret) *account {
	var found *account
	for _, a := range w.accounts {
		right := a.password.Equal(password)
		if a.answersTo(name) && right {
			found = a
		}
	}
	return found
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
