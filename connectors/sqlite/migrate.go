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

func migrations() (fs.FS, error) { return fs.Sub(embedded, "migrations") }

// newestMigration is the schema's version that this program writes.
func newestMigration() (int64, error) {
	files, err := migrations()
	if err != nil {
		return 0, err
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("the program holds no migrations: %w", err)
	}
	return goose.NumericComponent(names[len(names)-1]) // sorted by name
}

// migrate brings the schema up to date. Programs that start at the same moment
// may get in each other's way: then what one of them did makes another fail,
// which finds less to do when it tries again.
func migrate(ctx context.Context, db *sql.DB, newest int64) error {
	files, err := migrations()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate the registry: %w", err)
	}
	for range newest + 2 { // the table of versions, and one for the last to see that all is done
		if _, err = provider.Up(ctx); err == nil || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("migrate the registry: %w", err)
	}
	return nil
}
