package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"

	"fairlead/connectors"
)

// applicationID is written by the first migration, so that a database of
// another program is never taken for a registry.
const applicationID = 0x46524c44 // "FRLD"

// cheap is up to what size a registry is read whole at every start: about a
// tenth of a second. A bigger one is read only after an unclean end.
const cheap = 64 << 20

// inspect looks at a file without writing a byte to it: whether it is a
// registry, whole, and of a version that this program knows. An empty one, or
// one whose making was cut short, is fine. One exception: a change that was cut
// short and has a rollback journal is taken back, since until then nothing can
// be read.
func inspect(ctx context.Context, path string, known int64) error {
	mode := "ro"
	if exists(path + "-journal") {
		mode = "rw"
	}
	dsn, err := address(path, mode, "", "busy_timeout(5000)")
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(ctx, nil) // so that all answers are of one moment
	if err != nil {
		return explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := isRegistry(ctx, tx); err != nil {
		return explain(err)
	}
	if err := isKnown(ctx, tx, known); err != nil {
		return explain(err)
	}
	if info, err := os.Stat(path); err == nil && info.Size() > cheap && !exists(path+"-wal") {
		return nil // closed in good order, and long to read
	}
	return explain(isWhole(ctx, tx))
}

func isRegistry(ctx context.Context, tx *sql.Tx) error {
	var id, foreign int64
	if err := tx.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	const others = `SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name <> ?`
	if err := tx.QueryRowContext(ctx, others, versionTable).Scan(&foreign); err != nil {
		return err
	}
	if id != applicationID && (id != 0 || foreign > 0) {
		return fmt.Errorf("%w: the file is another program's database", connectors.ErrDamaged)
	}
	return nil
}

// isKnown compares the schema's version with the newest that this program
// knows.
func isKnown(ctx context.Context, tx *sql.Tx, known int64) error {
	var tables, version int64
	const count = `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?`
	if err := tx.QueryRowContext(ctx, count, versionTable).Scan(&tables); err != nil || tables == 0 {
		return err
	}
	const newest = `SELECT coalesce(max(version_id), 0) FROM ` + versionTable
	if err := tx.QueryRowContext(ctx, newest).Scan(&version); err != nil {
		return err
	}
	if version > known {
		return fmt.Errorf("%w: it has version %d, and this program knows versions up to %d",
			connectors.ErrNewerSchema, version, known)
	}
	return nil
}

// isWhole reads every page.
func isWhole(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `PRAGMA quick_check(3)`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var faults []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			faults = append(faults, line)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("%w: %s", connectors.ErrDamaged, strings.Join(faults, "; "))
	}
	return nil
}
