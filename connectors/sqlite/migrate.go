package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// versionTable is where goose notes which migrations were applied.
const versionTable = goose.DefaultTablename

// migrations are the embedded files, the oldest first. SQLite reads each as a
// whole: the parser that goose has for files takes 12 MiB for a short one.
func migrations() (all []*goose.Migration, err error) {
	names, err := fs.Glob(embedded, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, err
		}
		statements, err := embedded.ReadFile(name)
		if err != nil {
			return nil, err
		}
		apply := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(statements))
			return err
		}
		all = append(all, goose.NewGoMigration(version, &goose.GoFunc{RunTx: apply}, nil))
	}
	return all, nil
}

// newest is the schema's version that this program writes.
func newest(all []*goose.Migration) int64 { return all[len(all)-1].Version }

// migrate brings the schema up to date. Programs that start at the same moment
// may get in each other's way: then what one of them did makes another fail,
// which finds less to do when it tries again.
func migrate(ctx context.Context, db *sql.DB, all []*goose.Migration) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, nil,
		goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate the registry: %w", err)
	}
	for range newest(all) + 2 { // the table of versions, and one for the last to see that all is done
		if _, err = provider.Up(ctx); err == nil || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("migrate the registry: %w", err)
	}
	return nil
}
