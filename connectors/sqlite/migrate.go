package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/pressly/goose/v3"

	"fairlead/connectors/stored"
)

//go:embed migrations/*.sql
var embedded embed.FS

// versionTable is where goose notes which migrations were applied.
const versionTable = goose.DefaultTablename

// migrations are the embedded files, with what they cannot do by themselves.
func migrations() ([]*goose.Migration, error) {
	return stored.Migrations(embedded, map[int64]func(context.Context, *sql.Tx) error{3: deriveAll})
}

// migrate brings the schema up to date. Programs that start at the same moment
// may get in each other's way: then what one of them did makes another fail,
// which finds less to do when it tries again.
func migrate(ctx context.Context, db *sql.DB, all []*goose.Migration) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, nil,
		goose.WithGoMigrations(all...), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate the registry: %w", err)
	}
	for range stored.Newest(all) + 2 { // the table of versions, and one for the last to see that all is done
		if _, err = provider.Up(ctx); err == nil || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("migrate the registry: %w", err)
	}
	return nil
}
