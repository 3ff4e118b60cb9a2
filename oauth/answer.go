package oauth

import (
	"crypto/subtle"
	"net/url"
	"strings"

	"fairlead/secret"
)

// Answer is what the browser brought back.
type Answer struct {
	// Code is the authorization code: single use, short-lived.
	Code secret.Secret
	// Tenant is the tenant that an admin-consent answer names. Anybody can write
	// it there: it proves nothing until a verified id token agrees.
	Tenant string
	// Scope is what an admin-consent answer says was granted: as little proof.
	Scope string
}

// Expectation says which answer an attempt takes.
type Expectation struct {
	// Consent expects the answer of an admin-consent page instead of a code.
	Consent bool
	// Issuer is what "iss" has to be where it is sent (RFC 9207); it may have
	// "{tenantid}" in it. Empty where the authority has none: then "iss" is an
	// error, because nobody announced it.
	Issuer string
	// IssuerSent is true where the authority promises to send "iss".
	IssuerSent bool
}

// judge decides about the parameters of an answer. An error of kind
// [WrongState] means that they are no answer to this attempt; any other error
// ends the attempt.
func (x Expectation) judge(state string, q url.Values) (Answer, error) {
	if got := q["state"]; len(got) != 1 || subtle.ConstantTimeCompare([]byte(got[0]), []byte(state)) != 1 {
		return Answer{}, fail(WrongState, "this answer belongs to another attempt")
	}
	for name, values := range q {
		if len(values) > 1 { // RFC 6749, section 3.1
			return Answer{}, fail(BadAnswer, "the answer says "+Clean(name, 40, nil)+" more than once")
		}
	}
	if err := x.judgeIssuer(q); err != nil {
		return Answer{}, err
	}
	// Errors first: a failed consent carries admin_consent=True as well.
	if q.Has("error") {
		return Answer{}, refusal(q.Get("error"), q.Get("error_description"), q.Get("error_uri"), secret.New(q.Get("code")))
	}
	if !x.Consent {
		if q.Get("code") == "" {
			return Answer{}, fail(BadAnswer, "the answer has neither a code nor an error")
		}
		return Answer{Code: secret.New(q.Get("code"))}, nil
	}
	if !strings.EqualFold(q.Get("admin_consent"), "true") {
		return Answer{}, fail(BadAnswer, "the answer does not say that consent was given")
	}
	if !IsGUID(q.Get("tenant")) {
		return Answer{}, fail(BadAnswer, "the answer names no tenant")
	}
	return Answer{Tenant: q.Get("tenant"), Scope: Clean(q.Get("scope"), 4000, nil)}, nil
}

func (x Expectation) judgeIssuer(q url.Values) error {
	if !q.Has("iss") {
		if x.IssuerSent {
			return fail(WrongIssuer, "the answer does not say which sign-in service it is from")
		}
		return nil
	}
	if _, ok := matchIssuer(x.Issuer, q.Get("iss")); !ok {
		return fail(WrongIssuer, "the answer is from another sign-in service than the one that was asked")
	}
	return nil
}

// maxAnswer bounds an answer's address. Entra's codes have about 1,500 characters.
const maxAnswer = 16 << 10

// readPasted turns what was pasted from a browser's address bar into the
// parameters of an answer. Browsers may leave out the scheme.
func readPasted(redirect, pasted string) (url.Values, error) {
	pasted = strings.Trim(strings.TrimSpace(pasted), `"'<>`)
	if len(pasted) > maxAnswer {
		return nil, fail(Stray, "this address is too long to be the one that the browser ended at")
	}
	want, err := url.Parse(redirect)
	if err != nil {
		return nil, failWith(Stray, "this attempt has no address to come back to", err)
	}
	if !strings.Contains(pasted, "://") {
		pasted = want.Scheme + "://" + pasted
	}
	// The error of url.Parse would quote the address, and with it the code.
	u, err := url.Parse(pasted)
	if err != nil || !strings.EqualFold(u.Scheme, want.Scheme) || !strings.EqualFold(u.Host, want.Host) ||
		answerPath(u.Path) != answerPath(want.Path) || u.User != nil {
		return nil, fail(Stray, "this is not the address that the browser ended at; it begins with "+redirect)
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, fail(Stray, "this address is damaged; copy all of it")
	}
	return q, nil
}

// answerPath is the path that an address without a path comes back with.
func answerPath(path string) string {
	if path == "" {
		return "/"
	}
	return path
}
