package stored

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Migrations are the files of a folder "migrations", the oldest first. A
// database reads each as a whole: the parser that goose has for files takes 12
// MiB for a short one. What SQL cannot do, fill does after the file of its
// version, in the same transaction.
func Migrations(
	files embed.FS, fill map[int64]func(ctx context.Context, tx *sql.Tx) error,
) (all []*goose.Migration, err error) {
	names, err := fs.Glob(files, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, err
		}
		statements, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		apply := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(statements))
			if more := fill[version]; err == nil && more != nil {
				err = more(ctx, tx)
			}
			return err
		}
		all = append(all, goose.NewGoMigration(version, &goose.GoFunc{RunTx: apply}, nil))
	}
	if len(all) == 0 {
		return nil, errors.New("there are no migrations")
	}
	return all, nil
}

// Newest is the version of the schema that migrations lead to.
func Newest(all []*goose.Migration) int64 { return all[len(all)-1].Version }
