package connectors

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"fairlead/check"
)

// Errors that callers branch on. Rules broken by a request come as [*RuleError].
var (
	// ErrNotFound says that there is no such connector or document.
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
	// ErrOldSecretLeft says that a connector has its new secret while the old one
	// is still in the keyring. [Keeper.Recover] removes it.
	ErrOldSecretLeft = errors.New("the new secret is in use, but the old one is still in the keyring")
)

// KeptReports is how many reports of one connector a store keeps at least.
const KeptReports = 50

// ChangedError says that a connector or a document is not what the caller saw:
// somebody else has changed it since.
type ChangedError struct {
	By      string    // who did
	At      time.Time // when
	Version int       // the one that it has now
}

// Error says who changed it, and what to do.
func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s has changed it since (%s). Load it again, or overwrite that change.",
		cmp.Or(e.By, "somebody"), e.At.Local().Format("2006-01-02 15:04"))
}

// Registry stores connectors, intents, drafts, documents and events. Every write
// is durable when it returns. The rules that two programs could break between
// them, unique names and unique tenants, are kept by the store itself and come
// back as [*RuleError]; the [Keeper] checks the rest.
//
// Writes to a connector take the event that tells of it. It is written in the
// same step, and one that was written already says that so was the change. An
// event without an ID is none: so is written what only moves from one registry
// to another, and versions stay as they are.
type Registry interface {
	// List returns all connectors whole, ordered by name without regard to case.
	// It takes as long as there are many.
	List(ctx context.Context) ([]Connector, error)
	// IDs returns the ids of the connectors that a query asks for, in its order.
	IDs(ctx context.Context, q Query) ([]string, error)
	// Rows returns what a list shows of the connectors with these ids, in their
	// order, without those that are gone.
	Rows(ctx context.Context, ids []string) ([]Row, error)
	// Counts returns how many connectors are in which state, of those that a
	// query asks for; it heeds neither the query's states nor its limit.
	Counts(ctx context.Context, q Query) (map[State]int, error)
	// Get returns one connector, or [ErrNotFound].
	Get(ctx context.Context, id string) (Connector, error)
	// Bare is Get without the last report and the attachments, for those who
	// look at many.
	Bare(ctx context.Context, id string) (Connector, error)
	// Holders returns, bare, the connectors that have a connector's name or hold
	// a place that it would claim.
	Holders(ctx context.Context, c Connector) ([]Connector, error)
	// Edit sets name and description of the connector with c's ID. Nothing else
	// can be edited. It fails with [*ChangedError] unless c's version is the
	// connector's, or zero.
	Edit(ctx context.Context, c Connector, e Event) error
	// RecordTest stores the last report and what platform it found, under the
	// connector's id; it looks at nothing else of it. An empty platform leaves
	// what was known. Times of connectors, intents and drafts are kept to the
	// microsecond, in UTC.
	RecordTest(ctx context.Context, c Connector, e Event) error
	// Reports returns the last reports of a connector, newest first, as many as
	// the store keeps: at least [KeptReports].
	Reports(ctx context.Context, id string) ([]check.Report, error)
	// Attach and Detach change the attachments of a connector. Attaching what
	// is attached and detaching what is not are no errors, and no events.
	Attach(ctx context.Context, id string, a Attachment, e Event) error
	Detach(ctx context.Context, id string, a Attachment, e Event) error

	// Intend records what is about to happen to a secret, before it happens. It
	// replaces an intent of the same ID: what was to be registered is then to be
	// deleted. It fails with [ErrRegistered] where the intent's secret is the
	// connector's by now: a commit whose answer was lost may land late, and
	// Remove alone takes it back.
	//
	// What is intended to be registered or rotated outlives the end of the program,
	// and so does what Clear changes. Whether it outlives a power cut is certain from
	// Commit or Switch on: a store may wait for the disk there, for both at once.
	Intend(ctx context.Context, i Intent) error
	// Intents returns those that were neither finished nor undone, oldest first.
	Intents(ctx context.Context) ([]Intent, error)
	// Commit adds the intent's connector and clears the intent, in one step.
	// Where the intent is gone it does nothing: that is nil if the connector is
	// there, since someone else has committed it, and [ErrNotFound] if not,
	// since someone else has undone it.
	Commit(ctx context.Context, i Intent, e Event) error
	// Switch gives the intent's connector the credential that the intent has for
	// it, and its report if there is one. The secret that it had until then is to
	// be deleted: the intent says that from now on, or is cleared where there was
	// none. It is all one step. It fails with [*ChangedError] as Edit does, and
	// with [ErrNotFound] where the connector is gone or the intent was turned
	// round.
	Switch(ctx context.Context, i Intent, e Event) error
	// Remove deletes the intent's connector and records the intent, in one
	// step. It fails with [*RuleError] while there is an attachment, and with
	// [ErrNotFound] where there is no connector.
	Remove(ctx context.Context, i Intent, e Event) error
	// Clear forgets an intent that was finished or undone.
	Clear(ctx context.Context, id string) error

	// Events returns the last events, newest first: of one connector, or of all
	// when the id is empty; those before the event with an id, or the last ones
	// when that is empty; at most limit, or all when that is 0. Of tests a store
	// keeps at least [KeptReports] of a connector, of the rest all.
	Events(ctx context.Context, connector, before string, limit int) ([]Event, error)
	// AddEvents adds what happened in another registry. What is there already is
	// left as it is.
	AddEvents(ctx context.Context, events []Event) error

	// SaveDraft adds or replaces a draft; Drafts lists them, newest first.
	SaveDraft(ctx context.Context, d Draft) error
	// UpdateDraft replaces a draft that is there; it fails with [ErrNotFound] where
	// somebody has deleted it meanwhile, or made a connector of it.
	UpdateDraft(ctx context.Context, d Draft) error
	Drafts(ctx context.Context) ([]Draft, error)
	// DeleteDraft removes a draft; one that is not there is not an error.
	DeleteDraft(ctx context.Context, id string) error

	// Documents lists the documents of a kind, by title; all kinds when it is
	// empty. Document returns one, or [ErrNotFound].
	Documents(ctx context.Context, kind string) ([]Document, error)
	Document(ctx context.Context, kind, id string) (Document, error)
	// SaveDocument adds or replaces a document, and returns its new version. It
	// fails with [*ChangedError] unless d's version is the one that is kept, or
	// zero.
	SaveDocument(ctx context.Context, d Document) (version int, err error)
	// DeleteDocument removes a document; one that is not there is not an error.
	DeleteDocument(ctx context.Context, kind, id string) error

	// Watch returns a channel that tells, soon after, that something in the
	// registry may have changed, whoever did it. It is closed when ctx ends.
	Watch(ctx context.Context) <-chan struct{}

	// Close releases the store.
	Close() error
}

// Intent is what was about to happen to a connector and its secret. It is
// recorded first, so that the next start can finish or undo it.
type Intent struct {
	ID        string // the connector's id, or one of its own to rotate
	Kind      IntentKind
	Connector Connector // what to register, what to rotate to, or what was deleted
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
	IntentRotate   IntentKind = "rotate"
)

// RuleError says which rule a request would break, and what to do instead.
type RuleError struct {
	Rule   string // stable: "name-taken", "tenant-taken", "attached", "name-empty" …
	Reason string // a sentence for the administrator
	Hint   string // what to do
}

// Refusal marks an error that what was asked for meets again until it is changed.
func (*RuleError) Refusal() {}

// Error returns the reason, and the hint where there is one.
func (e *RuleError) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + " " + e.Hint
}
