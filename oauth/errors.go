package oauth

import (
	"errors"
	"strings"
	"unicode"

	"fairlead/secret"
)

// Kind says in which way a sign-in or consent did not come about.
type Kind string

// The ways in which it fails.
const (
	Declined    Kind = "declined"       // a person said no: access_denied
	Refused     Kind = "refused"        // the authority answered with another error; see Code
	TimedOut    Kind = "timed out"      // the browser set out and never came back
	NotReached  Kind = "not reached"    // the browser never asked for the start address
	Cancelled   Kind = "cancelled"      // the caller's context ended
	Busy        Kind = "busy"           // the receiver already has its attempt
	NoPort      Kind = "no port"        // no port on loopback could be opened
	NoBrowser   Kind = "no browser"     // no browser can be opened from here
	Stray       Kind = "stray"          // an address that is not an answer to this attempt
	WrongState  Kind = "wrong state"    // an answer to another attempt, or a forged one
	Answered    Kind = "answered"       // an answer to an attempt that has its answer
	BadAnswer   Kind = "bad answer"     // an answer to this attempt that lacks what it must have
	WrongIssuer Kind = "wrong issuer"   // another authority than the one that was asked
	Unreachable Kind = "unreachable"    // the authority did not answer at all
	BadReply    Kind = "bad reply"      // not JSON, too long, a redirect, or without what it must have
	BadToken    Kind = "bad token"      // an id token that is forged, damaged or not meant for this sign-in
	Expired     Kind = "expired"        // an id token outside its time: often a wrong clock
	WrongApp    Kind = "wrong audience" // an id token for another application
)

// Error is the type of this package's failures. Nothing in it is secret.
type Error struct {
	Kind Kind
	// Text says what happened, in words that may be shown.
	Text string
	// Code is the raw "error" of the authority, Description its raw
	// "error_description" and Help its "error_uri": for the provider's diagnosis,
	// and for support. They are foreign text: show them as evidence only.
	Code, Description, Help string
	cause                   error
	status                  int // of an HTTP reply that is not the authority's; 0 if that is not why
}

// Error returns the text and the authority's code; the description is foreign
// and stays out.
func (e *Error) Error() string {
	text := e.Text
	if e.Code != "" {
		text += " (" + e.Code + ")"
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap returns what was wrong beneath, if anything.
func (e *Error) Unwrap() error { return e.cause }

// KindOf returns the kind of an error of this package, and "" of any other.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return ""
}

func fail(kind Kind, text string) *Error { return &Error{Kind: kind, Text: text} }

func failWith(kind Kind, text string, cause error) *Error {
	return &Error{Kind: kind, Text: text, cause: cause}
}

// refusal is the error that the authority itself named.
func refusal(code, description, help string, secrets ...secret.Secret) *Error {
	e := fail(Refused, "the sign-in service refused")
	if code == "access_denied" || code == "authorization_declined" {
		e = fail(Declined, "the request was declined in the browser")
	}
	e.Code, e.Description, e.Help = Clean(code, 100, secrets), Clean(description, 2000, secrets), Clean(help, 300, secrets)
	return e
}

// Clean makes foreign text fit to keep: of a bounded length, without control
// characters, and without the secrets that were sent, should they be echoed.
func Clean(text string, limit int, secrets []secret.Secret) string {
	for _, s := range secrets {
		if !s.IsEmpty() {
			text = strings.ReplaceAll(text, s.Reveal(), secret.Redacted)
		}
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "")
	}
	return strings.TrimSpace(text)
}
