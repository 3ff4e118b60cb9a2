package connectors

import (
	"encoding/json"
	"time"
)

// Document is what a part of the program keeps in the registry beside the
// connectors: an environment to plan for, a domain's set-up, a clean-up
// checklist. It never holds a secret.
type Document struct {
	Kind    string // which part keeps it, such as "environment"
	ID      string // unique within its kind
	Title   string // what a list shows
	Content json.RawMessage
	Version int // one more with each time that it is saved
	Updated time.Time
	By      string // who saved it, as HOST\user
}
