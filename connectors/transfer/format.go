package transfer

import (
	"encoding/json"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// headJSON is what stands in a file before the lists.
type headJSON struct {
	Format   string    `json:"format"`
	Version  int       `json:"version"`
	Contents Contents  `json:"contents"`
	Made     time.Time `json:"made"`
	By       string    `json:"by,omitempty"`
	Program  string    `json:"program,omitempty"`
}

type connectorJSON struct {
	ID          string            `json:"id,omitempty"`
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Provider    string            `json:"provider"`
	Tenant      string            `json:"tenant"`
	Services    []string          `json:"services"`
	Settings    map[string]string `json:"settings,omitempty"`
	Platform    string            `json:"platform,omitempty"`
	Secret      *secretJSON       `json:"secret,omitempty"`
	Attachments []attachmentJSON  `json:"attachments,omitempty"`
	Replaced    bool              `json:"replaced,omitempty"`
	Created     time.Time         `json:"created,omitzero"`
	Updated     time.Time         `json:"updated,omitzero"`
	Version     int               `json:"version,omitempty"`
	Reports     []check.Report    `json:"reports,omitempty"`
}

// secretJSON says where a secret is, never what it is.
type secretJSON struct {
	Key     string    `json:"key,omitempty"` // empty where the secret is missing
	Keyring string    `json:"keyring,omitempty"`
	Holder  string    `json:"holder,omitempty"`
	Session bool      `json:"session,omitempty"`
	Since   time.Time `json:"since,omitzero"`
}

type attachmentJSON struct {
	Service string `json:"service"`
	Task    string `json:"task"`
}

type draftJSON struct {
	ID      string          `json:"id"`
	Flow    string          `json:"flow"`
	Title   string          `json:"title"`
	Page    string          `json:"page"`
	Answers json.RawMessage `json:"answers"`
	Updated time.Time       `json:"updated"`
}

type documentJSON struct {
	Kind    string          `json:"kind"`
	ID      string          `json:"id"`
	Title   string          `json:"title"`
	Content json.RawMessage `json:"content"`
	Version int             `json:"version"`
	Updated time.Time       `json:"updated"`
	By      string          `json:"by,omitempty"`
}

type eventJSON struct {
	ID        string               `json:"id"`
	At        time.Time            `json:"at"`
	By        string               `json:"by,omitempty"`
	Kind      connectors.EventKind `json:"kind"`
	Connector string               `json:"connector"`
	Name      string               `json:"name,omitempty"`
	Detail    string               `json:"detail,omitempty"`
}

func fromConnector(c connectors.Connector, reports []check.Report) connectorJSON {
	out := connectorJSON{
		ID: c.ID, Name: c.Name, Description: c.Description, Provider: c.Provider, Tenant: c.Tenant,
		Services: c.Services, Settings: c.Settings, Platform: c.Platform,
		Replaced: c.Replaced, Created: c.Created, Updated: c.Updated, Version: c.Version, Reports: reports,
	}
	if !c.Credential.None() {
		s := secretJSON(c.Credential)
		out.Secret = &s
	}
	for _, a := range c.Attachments {
		out.Attachments = append(out.Attachments, attachmentJSON(a))
	}
	return out
}

func (in connectorJSON) record(line int) Record {
	c := connectors.Connector{
		ID: in.ID, Name: in.Name, Description: in.Description, Provider: in.Provider, Tenant: in.Tenant,
		Services: in.Services, Settings: in.Settings, Platform: in.Platform,
		Replaced: in.Replaced, Created: in.Created, Updated: in.Updated, Version: in.Version,
	}
	if in.Secret != nil {
		c.Credential = connectors.Credential(*in.Secret)
	}
	for _, a := range in.Attachments {
		c.Attachments = append(c.Attachments, connectors.Attachment(a))
	}
	return Record{Connector: c, Reports: in.Reports, Line: line}
}
