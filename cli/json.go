package cli

import (
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// listJSON is the object of "list".
type listJSON struct {
	Connectors []connectorJSON `json:"connectors"`
	Total      int             `json:"total"` // with those that --limit has left out
}

// connectorJSON is how a connector looks to scripts.
type connectorJSON struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Provider    string            `json:"provider"`
	Tenant      string            `json:"tenant"`
	Platform    string            `json:"platform"`
	Services    []string          `json:"services"`
	Settings    map[string]string `json:"settings"`
	State       connectors.State  `json:"state"`
	Reason      string            `json:"reason"` // the state in words
	Credential  credentialJSON    `json:"credential"`
	Attachments []attachmentJSON  `json:"attachments"`
	Created     time.Time         `json:"created"`
	Updated     time.Time         `json:"updated"`
	LastTest    *check.Report     `json:"lastTest"`
	Replaced    bool              `json:"replaced"` // another one has its place; it works until it is deleted
	ReplacedBy  *namedJSON        `json:"replacedBy,omitempty"`
}

// namedJSON names another connector.
type namedJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// credentialJSON says where the secret is, never what it is.
type credentialJSON struct {
	Keyring string    `json:"keyring"`
	Holder  string    `json:"holder"`
	Session bool      `json:"session"`
	Since   time.Time `json:"since,omitzero"`
}

type attachmentJSON struct {
	Service string `json:"service"`
	Task    string `json:"task"`
}

func asJSON(c connectors.Connector) connectorJSON {
	state, words := c.State()
	object := connectorJSON{
		ID: c.ID, Name: c.Name, Description: c.Description, Provider: c.Provider, Tenant: c.Tenant, Platform: c.Platform,
		Services: append([]string{}, c.Services...), Settings: c.Settings, State: state, Reason: words,
		Credential: credentialJSON{
			Keyring: c.Credential.Keyring, Holder: c.Credential.Holder, Session: c.Credential.Session, Since: c.Credential.Since,
		},
		Attachments: []attachmentJSON{}, Created: c.Created, Updated: c.Updated, LastTest: c.LastTest, Replaced: c.Replaced,
	}
	for _, a := range c.Attachments {
		object.Attachments = append(object.Attachments, attachmentJSON(a))
	}
	return object
}
