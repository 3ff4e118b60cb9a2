package sqlite

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/connectors"
)

// TestExplain lets SQLite fail in earnest and looks at what a person is told.
func TestExplain(t *testing.T) {
	path := filled(t)
	using := func(path, mode string, pragmas ...string) *sql.DB {
		dsn, err := address(path, mode, "", pragmas...)
		if err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		db.SetMaxOpenConns(1)
		return db
	}
	fails := func(db *sql.DB, statement string) error {
		_, err := db.ExecContext(t.Context(), statement)
		return err
	}
	holding := using(path, "rw")
	if err := fails(holding, `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	other := filled(t)
	garbage := filepath.Join(t.TempDir(), "garbage")
	write(t, garbage, make([]byte, 4096))
	tests := []struct {
		name string
		err  error
		says string
	}{
		{"full", fails(using(other, "rw", "max_page_count(1)"), `CREATE TABLE t AS SELECT zeroblob(1000000)`), "the disk is full"},
		{"read-only", fails(using(other, "ro"), `DELETE FROM drafts`), "cannot be written"},
		{"gone", fails(using(path+".gone", "rw"), `DELETE FROM drafts`), "cannot be opened"},
		{"held", fails(using(path, "rw", "busy_timeout(0)"), `DELETE FROM drafts`), "another program holds"},
		{"no database", fails(using(garbage, "rw"), `DELETE FROM drafts`), connectors.ErrDamaged.Error()},
	}
	for _, tt := range tests {
		got := explain(tt.err)
		if tt.err == nil || !strings.Contains(got.Error(), tt.says) || !errors.Is(got, tt.err) {
			t.Errorf("%s: %v becomes %q, want it to say %q", tt.name, tt.err, got, tt.says)
		}
	}
	if got := explain(connectors.ErrNotFound); got != connectors.ErrNotFound {
		t.Errorf("an error of our own becomes %v", got)
	}
}
