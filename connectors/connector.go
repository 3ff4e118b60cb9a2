// Package connectors keeps connectors: what they are, the rules that hold for
// them, and the registry that stores them.
//
// A connector joins one mail platform's tenant with the security services that
// need it. The secret that it signs in with is not part of it: the [Keeper] puts
// that into a keyring, and makes sure that record and secret stand or fall
// together.
package connectors

import (
	"encoding/json"
	"time"

	"fairlead/check"
)

// Connector is one registered connection.
type Connector struct {
	ID          string // random, never shown, never reused
	Name        string // unique among all connectors, whatever the case
	Description string // optional
	Provider    string // "exchange", "microsoft365", "google"
	// Tenant names the customer's organisation on the provider: the mail domain
	// of an Exchange organisation, an Entra tenant id, a Workspace customer id.
	Tenant   string
	Services []string // ids of the catalogue; one for a cloud connector
	// Settings are the provider's own, such as "url". Never a secret.
	Settings   map[string]string
	Credential Credential
	Platform   string        // as found by the last test, such as "Exchange 2019"
	LastTest   *check.Report // nil when never tested
	// Attachments are the service tasks that use this connector. While there is
	// one it cannot be deleted.
	Attachments []Attachment
	// Replaces is the id of the connector whose place a new one takes, for
	// [Keeper.Register]. It is not kept.
	Replaces string
	// Replaced says that another connector has its place by now. It goes on
	// working until it is deleted.
	Replaced bool
	Created  time.Time
	Updated  time.Time
	// Version is one more with each change by somebody; a test changes nothing.
	Version int
}

// Credential says where a connector's secret is, never what it is.
type Credential struct {
	Key     string    // the item's name in the keyring
	Keyring string    // what the keyring is called, such as "Secret Service"
	Holder  string    // who holds it, as HOST\user
	Session bool      // kept in memory only: gone when the program ends
	Since   time.Time // when it was last set
}

// Attachment is a service task that uses a connector.
type Attachment struct {
	Service string // id of the catalogue
	Task    string // what the administrator calls it
}

// State is a connector's state, derived from its last test.
type State string

// The states a connector can be in.
const (
	NeverTested State = "never tested"
	Works       State = "works"
	Warns       State = "warns"
	Fails       State = "fails"
)

// State derives the state, and the words for it: the title of the worst
// diagnosis where there is one.
func (c Connector) State() (State, string) {
	if c.LastTest == nil {
		return NeverTested, "Never tested"
	}
	worst := c.LastTest.Worst()
	switch {
	case worst == nil && c.LastTest.Verdict() == check.Pass && c.LastTest.Complete():
		return Works, "Works"
	case worst == nil:
		return NeverTested, "Test not finished"
	}
	words := worst.Title
	if len(worst.Diagnoses) > 0 {
		words = worst.Diagnoses[0].Title
	}
	if worst.Verdict == check.Fail {
		return Fails, words
	}
	return Warns, words
}

// Draft is an unfinished wizard: the answers so far, without secrets.
type Draft struct {
	ID      string
	Flow    string          // which wizard, such as "new-connector"
	Title   string          // what the list shows, such as "Exchange, contoso.com"
	Page    string          // id of the page where it was left
	Answers json.RawMessage // the wizard's own form
	Updated time.Time
}
