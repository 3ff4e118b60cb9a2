package connectors

import (
	"time"

	"github.com/google/uuid"
)

// Event is what somebody did to a connector. It outlives the connector, and
// never holds a secret. Stores write it together with what was done.
type Event struct {
	ID        string // random, in the order of time
	At        time.Time
	By        string // who did it, as HOST\user
	Kind      EventKind
	Connector string // its id
	Name      string // what it was called then
	Detail    string // a few words, such as the new name; may be empty
}

// EventKind says what was done.
type EventKind string

// The kinds of event.
const (
	EventCreated  EventKind = "created"
	EventImported EventKind = "imported"
	EventEdited   EventKind = "edited"
	EventTested   EventKind = "tested"
	EventRotated  EventKind = "rotated"
	EventTookOver EventKind = "took over"
	EventAttached EventKind = "attached"
	EventDetached EventKind = "detached"
	EventDeleted  EventKind = "deleted"
)

// NewEvent is something that is done now. Which connector it is done to, the
// store fills in.
func NewEvent(kind EventKind, by string, at time.Time, detail string) Event {
	return Event{ID: uuid.Must(uuid.NewV7()).String(), At: moment(at), By: by, Kind: kind, Detail: detail}
}

// event is something that this keeper does now.
func (k *Keeper) event(kind EventKind, detail string) Event {
	return NewEvent(kind, k.Holder, k.now(), detail)
}
