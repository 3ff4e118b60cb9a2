package postgres

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"fairlead/connectors"
)

func TestExplain(t *testing.T) {
	r := &registry{where: "the place"}
	for name, tt := range map[string]struct {
		err  error
		says string
	}{
		"full":      {&pgconn.PgError{Code: diskFull}, "make room"},
		"standby":   {&pgconn.PgError{Code: readOnly}, "name the primary"},
		"slow":      {&pgconn.PgError{Code: tooSlow}, "took too long"},
		"left idle": {&pgconn.PgError{Code: leftIdle}, "took too long"},
		"role":      {&pgconn.PgError{Code: wrongSignIn}, "refuses the sign-in"},
		"starting":  {&pgconn.PgError{Code: startingUp}, "cannot be reached"},
		"broken":    {lost{errors.New("EOF")}, "cannot be reached"},
	} {
		got := r.explain(t.Context(), tt.err)
		if !strings.Contains(got.Error(), tt.says) || !strings.Contains(got.Error(), "the place") || !errors.Is(got, tt.err) {
			t.Errorf("%s: %v becomes %q, want it to say %q", name, tt.err, got, tt.says)
		}
	}
	if got := r.explain(t.Context(), connectors.ErrNotFound); got != connectors.ErrNotFound {
		t.Errorf("an error of our own becomes %v", got)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if got := r.explain(cancelled, errors.New("closed")); !errors.Is(got, context.Canceled) || errors.Is(got, connectors.ErrUnreachable) {
		t.Errorf("what the caller ended becomes %v", got)
	}
}

func TestAgain(t *testing.T) {
	for code, want := range map[string]bool{
		serializationFailure: true, deadlock: true, startingUp: true, restrictViolation: true,
		uniqueViolation: false, tooSlow: false, wrongPassword: false, diskFull: false,
	} {
		if got := again(&pgconn.PgError{Code: code}); got != want {
			t.Errorf("%s again: %v", code, got)
		}
	}
	if again(nil) || again(connectors.ErrNotFound) || !again(lost{errors.New("EOF")}) {
		t.Error("what needs no second try gets one, or the other way round")
	}
}
