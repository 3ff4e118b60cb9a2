// Package stored is the written form of what stores keep in one column: lists,
// reports and intents as JSON, times as microseconds. It stays the same whatever
// the fields of the Go types come to be called.
package stored

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// Encode writes a value as it is kept in a column of JSON.
func Encode(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

// Decode reads a column of JSON. What cannot be read was written by nobody
// that this program knows.
func Decode[T any](column, text string) (T, error) {
	var value T
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return value, fmt.Errorf("%w: %s cannot be read: %w", connectors.ErrDamaged, column, err)
	}
	return value, nil
}

// ToMicros counts microseconds since 1970.
func ToMicros(t time.Time) int64 { return t.UnixMicro() }

// FromMicros is the time that many microseconds after 1970, in UTC.
func FromMicros(us int64) time.Time { return time.UnixMicro(us).UTC() }

// intentRow is how an intent's connector is kept.
type intentRow struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Provider    string            `json:"provider"`
	Tenant      string            `json:"tenant"`
	Services    []string          `json:"services"`
	Settings    map[string]string `json:"settings,omitempty"`
	Secret      secretRow         `json:"secret"`
	Platform    string            `json:"platform,omitempty"`
	LastTest    *check.Report     `json:"lastTest,omitempty"`
	Created     int64             `json:"created"`
	Updated     int64             `json:"updated"`
	Version     int               `json:"version,omitempty"` // older intents have none
	Replaces    string            `json:"replaces,omitempty"`
	Replaced    bool              `json:"replaced,omitempty"`
}

// secretRow says where a secret is, never what it is.
type secretRow struct {
	Key     string `json:"key,omitempty"`
	Keyring string `json:"keyring,omitempty"`
	Holder  string `json:"holder,omitempty"`
	Session bool   `json:"session,omitempty"`
	Since   int64  `json:"since"`
}

// EncodeIntent writes the connector of an intent.
func EncodeIntent(c connectors.Connector) (string, error) {
	return Encode(intentRow{
		ID: c.ID, Name: c.Name, Description: c.Description, Provider: c.Provider, Tenant: c.Tenant,
		Services: c.Services, Settings: c.Settings, Platform: c.Platform, LastTest: c.LastTest,
		Secret: secretRow{
			c.Credential.Key, c.Credential.Keyring, c.Credential.Holder, c.Credential.Session,
			ToMicros(c.Credential.Since),
		},
		Created: ToMicros(c.Created), Updated: ToMicros(c.Updated), Version: c.Version,
		Replaces: c.Replaces, Replaced: c.Replaced,
	})
}

// DecodeIntent reads the connector of an intent.
func DecodeIntent(text string) (connectors.Connector, error) {
	row, err := Decode[intentRow]("an intent", text)
	if err != nil {
		return connectors.Connector{}, err
	}
	return connectors.Connector{
		ID: row.ID, Name: row.Name, Description: row.Description, Provider: row.Provider, Tenant: row.Tenant,
		Services: row.Services, Settings: row.Settings, Platform: row.Platform, LastTest: row.LastTest,
		Credential: connectors.Credential{
			Key: row.Secret.Key, Keyring: row.Secret.Keyring, Holder: row.Secret.Holder, Session: row.Secret.Session,
			Since: FromMicros(row.Secret.Since),
		},
		Created: FromMicros(row.Created), Updated: FromMicros(row.Updated), Version: row.Version,
		Replaces: row.Replaces, Replaced: row.Replaced,
	}, nil
}

// CheckAnswers refuses drafts that could not be read back.
func CheckAnswers(d connectors.Draft) error {
	if !json.Valid(bytes.TrimSpace(d.Answers)) {
		return fmt.Errorf("the answers of draft %q are not JSON", d.Title)
	}
	return nil
}

// CheckContent refuses documents that could not be read back.
func CheckContent(d connectors.Document) error {
	if !json.Valid(bytes.TrimSpace(d.Content)) {
		return fmt.Errorf("the content of the document %q is not JSON", d.Title)
	}
	return nil
}
