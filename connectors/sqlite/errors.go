package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"fairlead/connectors"
)

// explain says in a sentence what SQLite's error codes mean for a person. An
// error that is of the registry already stays as it is.
func explain(err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch e.Code() & 0xff { // the primary code
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", connectors.ErrDamaged, err)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_AUTH:
		return fmt.Errorf("the registry cannot be written; give your account access to its file and folder: %w", err)
	case lib.SQLITE_CANTOPEN:
		return fmt.Errorf("the registry cannot be opened; give your account access to its file and folder: %w", err)
	case lib.SQLITE_FULL:
		return fmt.Errorf("the disk is full; make room and try again: %w", err)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fmt.Errorf("another program holds the registry; close it and try again: %w", err)
	case lib.SQLITE_IOERR:
		return fmt.Errorf("the disk does not work as it should: %w", err)
	}
	return err
}

// violates reports whether a statement failed because a row would not be
// unique.
func violates(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || e.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// inUse reports whether a statement failed because other rows need the row.
func inUse(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code() == lib.SQLITE_CONSTRAINT_FOREIGNKEY || e.Code() == lib.SQLITE_CONSTRAINT_TRIGGER)
}
