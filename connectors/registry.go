package connectors

import (
	"context"
	"errors"
	"os"
	"time"

	"fairlead/check"
)

// Errors that callers branch on. Rules broken by a request come as [*RuleError].
var (
	// ErrNotFound says that there is no such connector or draft.
	ErrNotFound = errors.New("no such connector")
	// ErrNewerSchema says that a newer Fairlead wrote the registry.
	ErrNewerSchema = errors.New("the registry was written by a newer version of Fairlead")
	// ErrDamaged says that the registry's file is damaged or is none. It is never
	// overwritten.
	ErrDamaged = errors.New("the registry is damaged")
	// ErrRegistered says that an intent comes too late to be turned round, since
	// its connector is registered.
	ErrRegistered = errors.New("the connector is registered already")
	// ErrUnreachable says that the registry is on another computer and does not
	// answer. Whether the last change was made may be unknown; asking again when
	// it answers shows it.
	ErrUnreachable = errors.New("the registry cannot be reached")
	// ErrSecretLeft says that a connector is deleted while its secret is still
	// in the keyring. [Keeper.Recover] removes it.
	ErrSecretLeft = errors.New("the connector is deleted, but its secret is still in the keyring")
)

// KeptReports is how many reports of one connector a store keeps at least.
const KeptReports = 50

// Registry stores connectors, drafts and intents. Every write is durable when
// it returns. The rules that two programs could break between them, unique
// names and unique tenants, are kept by the store itself and come back as
// [*RuleError]; the [Keeper] checks the rest.
type Registry interface {
	// List returns all connectors, ordered by name without regard to case.
	List(ctx context.Context) ([]Connector, error)
	// IDs returns the ids of all connectors, in the order of List, for those who
	// look at many and want to hold few.
	IDs(ctx context.Context) ([]string, error)
	// Get returns one connector, or [ErrNotFound].
	Get(ctx context.Context, id string) (Connector, error)
	// Bare is Get without the last report and the attachments, for those who
	// look at many.
	Bare(ctx context.Context, id string) (Connector, error)
	// Edit sets name and description. Nothing else can be edited.
	Edit(ctx context.Context, id, name, description string, at time.Time) error
	// RecordTest stores the last report and what platform it found, under the
	// connector's id; it looks at nothing else of it. An empty platform leaves
	// what was known. Times of connectors, intents and drafts are kept to the
	// microsecond, in UTC.
	RecordTest(ctx context.Context, c Connector) error
	// Reports returns the last reports of a connector, newest first, as many as
	// the store keeps: at least [KeptReports].
	Reports(ctx context.Context, id string) ([]check.Report, error)
	// Attach and Detach change the attachments of a connector. Attaching what
	// is attached and detaching what is not are no errors.
	Attach(ctx context.Context, id string, a Attachment) error
	Detach(ctx context.Context, id string, a Attachment) error

	// Intend records what is about to happen to a secret, before it happens. It
	// replaces an intent of the same ID: what was to be registered is then to be
	// deleted. It fails with [ErrRegistered] where the connector is there already:
	// a commit whose answer was lost may land late, and Remove alone takes it back.
	Intend(ctx context.Context, i Intent) error
	// Intents returns those that were neither finished nor undone, oldest first.
	Intents(ctx context.Context) ([]Intent, error)
	// Commit adds the intent's connector and clears the intent, in one step.
	// Where the intent is gone it does nothing: that is nil if the connector is
	// there, since someone else has committed it, and [ErrNotFound] if not,
	// since someone else has undone it.
	Commit(ctx context.Context, i Intent) error
	// Remove deletes the intent's connector and records the intent, in one
	// step. It fails with [*RuleError] while there is an attachment, and with
	// [ErrNotFound] where there is no connector.
	Remove(ctx context.Context, i Intent) error
	// Clear forgets an intent that was finished or undone.
	Clear(ctx context.Context, id string) error

	// SaveDraft adds or replaces a draft; Drafts lists them, newest first.
	SaveDraft(ctx context.Context, d Draft) error
	Drafts(ctx context.Context) ([]Draft, error)
	// DeleteDraft removes a draft; one that is not there is not an error.
	DeleteDraft(ctx context.Context, id string) error

	// Close releases the store.
	Close() error
}

// Intent is what was about to happen to a connector and its secret. It is
// recorded first, so that the next start can finish or undo it.
type Intent struct {
	ID        string // the connector's id
	Kind      IntentKind
	Connector Connector // what to register, or what was deleted
	Created   time.Time
	PID       int // the process that does it, so that another one does not undo it
}

// newIntent is an intent of this process.
func newIntent(kind IntentKind, c Connector, at time.Time) Intent {
	return Intent{ID: c.ID, Kind: kind, Connector: c, Created: at, PID: os.Getpid()}
}

// IntentKind says what is about to happen.
type IntentKind string

// The kinds of intent.
const (
	IntentRegister IntentKind = "register"
	IntentDelete   IntentKind = "delete"
)

// RuleError says which rule a request would break, and what to do instead.
type RuleError struct {
	Rule   string // stable: "name-taken", "tenant-taken", "attached", "name-empty" …
	Reason string // a sentence for the administrator
	Hint   string // what to do
}

// Error returns the reason, and the hint where there is one.
func (e *RuleError) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + " " + e.Hint
}
