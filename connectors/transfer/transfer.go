// Package transfer writes connectors into a file and takes them from one into a
// registry: an export of some of them, as JSON or CSV, or a backup of everything.
// No file holds a secret; docs/export.md and [Schema] describe its form.
//
// Taking connectors in goes in two steps: a [Plan] says what would change, and its
// Run changes it.
package transfer

import (
	_ "embed"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// Format and Version stand in every file of JSON. A version is one more when a
// program that knows the one before cannot read it.
const (
	Format  = "fairlead-connectors"
	Version = 1
)

// MaxSize is the largest file that is written and read, in bytes.
const MaxSize = 512 << 20

// Schema is the JSON Schema of a file.
//
//go:embed schema.json
var Schema []byte

// Contents says what a file is.
type Contents string

// The contents of files.
const (
	// Exported are connectors to share or to look at. Whoever takes them in has
	// to enter their secrets.
	Exported Contents = "export"
	// Saved is a backup: everything in a registry. Restored by who made it, the
	// secrets that are still in the keyring go on working.
	Saved Contents = "backup"
)

// File is what was read from a file.
type File struct {
	Contents   Contents
	Made       time.Time // zero in CSV
	By         string    // who made it, as HOST\user
	Connectors []Record
	Drafts     []connectors.Draft
	Documents  []connectors.Document
	Events     []connectors.Event
}

// Record is a connector in a file.
type Record struct {
	connectors.Connector                // without LastTest
	Reports              []check.Report // newest first
	Line                 int            // where it begins
}
