package keyring

import (
	"context"
	"errors"
)

// failure makes an [*Error] of whatever a keyring or a context said; nil stays
// nil. Errors that are not of a kind yet are judged by kindOf.
func failure(op string, err error, kindOf func(error) error) error {
	if err == nil {
		return nil
	}
	if e, ok := err.(*Error); ok { // from checkSize, which does not know the operation
		return &Error{Op: op, Kind: e.Kind, Cause: e.Cause}
	}
	kind := ownKind(err)
	if kind == nil {
		kind = kindOf(err)
	}
	if kind == err {
		return &Error{Op: op, Kind: kind}
	}
	return &Error{Op: op, Kind: kind, Cause: err}
}

// ownKind is the kind that an error already carries, or nil.
func ownKind(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return ErrTimeout
	}
	if errors.Is(err, errNotKept) {
		return ErrDenied
	}
	kinds := []error{ErrNotFound, ErrLocked, ErrUnavailable, ErrDenied, ErrTooBig, ErrTimeout, context.Canceled}
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return nil
}
