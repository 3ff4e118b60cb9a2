package postgres

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"fairlead/connectors"
)

// Codes of PostgreSQL's errors ("Appendix A. PostgreSQL Error Codes").
const (
	uniqueViolation      = "23505"
	foreignKeyViolation  = "23503"
	restrictViolation    = "23001" // by newer servers, for ON DELETE RESTRICT
	serializationFailure = "40001"
	deadlock             = "40P01"
	startingUp           = "57P03"
	noSuchDatabase       = "3D000"
	mayNot               = "42501"
	wrongPassword        = "28P01"
	wrongSignIn          = "28000"
	tooMany              = "53300"
	diskFull             = "53100"
	readOnly             = "25006"
	tooSlow              = "57014"
	leftIdle             = "25P03"
)

// code is the code of an error that the server reported, or empty.
func code(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

func violates(err error) bool { return code(err) == uniqueViolation }

func inUse(err error) bool {
	return code(err) == foreignKeyViolation || code(err) == restrictViolation
}

// explain says in a sentence what an error means for a person. An error that is
// of the registry already stays as it is, and so does the caller's own end.
func (r *registry) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil {
		if errors.Is(err, cause) {
			return err
		}
		return fmt.Errorf("%w: %w", cause, err)
	}
	if what := meaning(err); what != "" {
		return fmt.Errorf("%s (%s): %w", what, r.where, err)
	}
	_, broken := errors.AsType[lost](err)
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	if broken || connecting || errors.Is(err, context.DeadlineExceeded) || code(err) == startingUp {
		return fmt.Errorf("%w (%s); see that the database runs and the network reaches it, then try again: %w",
			connectors.ErrUnreachable, r.where, err)
	}
	return err
}

// meaning is the sentence for an error that waiting does not mend, or empty.
func meaning(err error) string {
	switch code(err) {
	case wrongPassword, wrongSignIn:
		return "the registry's database refuses the sign-in; check the user in the address, " +
			"and the password in PGPASSWORD or .pgpass"
	case noSuchDatabase:
		return "the registry's database does not exist; create it, or correct the address"
	case mayNot:
		return "the user of the registry's database may not do this; its owner has to grant the rights on the schema fairlead"
	case tooMany:
		return "the registry's database has no connection left; try again, or raise max_connections"
	case diskFull:
		return "the disk of the registry's database is full; make room and try again"
	case readOnly:
		return "the registry's database can only be read: this may be a standby; name the primary in the address"
	case tooSlow, leftIdle:
		return "the registry's database took too long and gave up; try again"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "the certificate of the registry's database does not prove its name; " +
			"name the authority that issued it with sslrootcert=FILE in the address"
	}
	if strings.Contains(err.Error(), "server refused TLS connection") { // the driver has no type for it
		return "the registry's database takes no TLS, and without it nothing goes to another computer; switch ssl on there"
	}
	return ""
}
