package dns

import (
	"errors"
	"fmt"
)

// What can go wrong with a look-up. An [*Error] is one of them.
var (
	// ErrUnreachable: no answer came in time, or the server cannot be reached.
	ErrUnreachable = errors.New("the server does not answer")
	// ErrServer: the server says that it cannot find out (SERVFAIL).
	ErrServer = errors.New("the server failed (SERVFAIL)")
	// ErrBogus: the resolver refuses an answer whose signatures are wrong.
	ErrBogus = errors.New("the signatures of the answer are wrong (DNSSEC)")
	// ErrRefused: the server does not answer such questions.
	ErrRefused = errors.New("the server refuses the question")
	// ErrLoop: the aliases of the name lead in a circle, or are too many.
	ErrLoop = errors.New("the aliases (CNAME) lead in a circle")
	// ErrTCP: the answer does not fit into a datagram, and the server cannot be asked
	// over TCP.
	ErrTCP = errors.New("the answer needs TCP, which does not get through")
	// ErrGarbled: the answer cannot be read, or is none to this question.
	ErrGarbled = errors.New("the answer cannot be read")
	// ErrName: the text is no name.
	ErrName = errors.New("this is no domain name")
	// ErrNoServer: nobody is known whom to ask.
	ErrNoServer = errors.New("there is no name server to ask")
)

// Error is a look-up that failed.
type Error struct {
	Server Server // zero where none was asked
	Name   string
	Type   Type
	Kind   error // one of those above
	Note   string
	Cause  error // what it was in detail, or nil
}

func (e *Error) Error() string {
	text := fmt.Sprintf("look up %s %s", e.Name, e.Type)
	if e.Server.Address.IsValid() {
		text += " at " + e.Server.String()
	}
	if !errors.Is(e.Cause, e.Kind) { // which says it too
		text += ": " + e.Kind.Error()
	}
	if e.Note != "" {
		text += ": " + e.Note
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap makes errors.Is find the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}
