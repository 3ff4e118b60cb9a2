package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

// TestStatements uses statements while they are in use, while the tables
// change, and more of them than are kept.
func TestStatements(t *testing.T) {
	db, err := openDB("file:" + filepath.ToSlash(filepath.Join(t.TempDir(), "x.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	ctx := t.Context()
	do := func(query string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(ctx, query, args...); err != nil {
			t.Fatal(err)
		}
	}
	do(`CREATE TABLE n (n INTEGER PRIMARY KEY); CREATE TABLE unused (n)`)
	for i := range 4 {
		do(`INSERT INTO n VALUES (?)`, i)
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO n VALUES (?)`, 1); err == nil {
		t.Fatal("the same number twice is no error")
	}
	do(`INSERT INTO n VALUES (?)`, 4)

	t.Run("inside itself", func(t *testing.T) {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		pairs := 0
		each(ctx, t, tx, func() { each(ctx, t, tx, func() { pairs++ }) })
		if pairs != 25 {
			t.Errorf("%d pairs of 5 numbers, want 25", pairs)
		}
	})

	t.Run("after a change of the table", func(t *testing.T) {
		do(`ALTER TABLE n ADD COLUMN more TEXT DEFAULT 'm'`)
		var more string
		if err := db.QueryRowContext(ctx, `SELECT * FROM n WHERE n = 1`).Scan(new(int), &more); err != nil || more != "m" {
			t.Errorf("read %q, %v", more, err)
		}
	})

	t.Run("many", func(t *testing.T) {
		for i := range 3 * kept {
			var n int
			if err := db.QueryRowContext(ctx, fmt.Sprintf(`SELECT %d`, i)).Scan(&n); err != nil || n != i {
				t.Fatalf("read %d of %d, %v", n, i, err)
			}
		}
		c, err := db.Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		err = c.Raw(func(driverConn any) error {
			if n := len(driverConn.(*conn).idle); n > kept {
				t.Errorf("%d statements are kept, at most %d wanted", n, kept)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// each runs work for each number.
func each(ctx context.Context, t *testing.T, tx *sql.Tx, work func()) {
	t.Helper()
	read, err := tx.QueryContext(ctx, `SELECT n FROM n ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	for read.Next() {
		work()
	}
	if err := read.Err(); err != nil {
		t.Fatal(err)
	}
}
