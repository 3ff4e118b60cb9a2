package postgres

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

//go:embed migrations/*.sql
var embedded embed.FS

const (
	schema = "fairlead"
	// versionTable is where goose notes which migrations were applied.
	versionTable = schema + ".goose_db_version"
	// migrating is the key of the advisory lock that one program at a time holds
	// while it migrates: "FRLD", as the file's application id.
	migrating = 0x46524c44
)

// migrate brings the schema up to date, once it is certain that it may be
// written. Where there is nothing to do, which is the rule, it only looks.
func (r *registry) migrate(ctx context.Context) error {
	all, err := stored.Migrations(embedded, map[int64]func(context.Context, *sql.Tx) error{3: deriveAll})
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(r.pool)
	defer func() { _ = db.Close() }() // the pool stays open
	provider, err := goose.NewProvider(goose.DialectPostgres, db, nil, goose.WithGoMigrations(all...),
		goose.WithDisableGlobalRegistry(true), goose.WithTableName(versionTable))
	if err != nil {
		return err
	}
	known := stored.Newest(all)
	version, err := r.version(ctx)
	switch {
	case err != nil:
		return err
	case version > known:
		return fmt.Errorf("%w: it has version %d, and this program knows versions up to %d (%s)",
			connectors.ErrNewerSchema, version, known, r.where)
	case version == known:
		return nil
	}
	limited, cancel := context.WithTimeoutCause(ctx, migration, errSilent)
	defer cancel()
	return r.explain(ctx, r.locked(limited, func() error {
		_, err := provider.Up(limited)
		return err
	}))
}

// version is the version of the schema; 0 says that there is none yet. Tables
// of another program in a schema of our name are never touched.
func (r *registry) version(ctx context.Context) (version int64, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var known, foreign bool
		const look = `SELECT to_regclass($1) IS NOT NULL,
			EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = $2)`
		if err := tx.QueryRow(ctx, look, versionTable, schema).Scan(&known, &foreign); err != nil {
			return err
		}
		switch {
		case !known && foreign:
			return fmt.Errorf("%w: the schema %q holds another program's tables (%s)", connectors.ErrDamaged, schema, r.where)
		case !known:
			return nil
		}
		return tx.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM `+versionTable).Scan(&version)
	})
	return version, err
}

// locked runs work while a transaction holds the lock that lets one program at a
// time migrate. The others wait for it, and then find nothing left to do. What a
// cut network leaves of it ends once a migration would have to be done.
func (r *registry) locked(ctx context.Context, work func() error) error {
	tx, err := r.pool.BeginTx(ctx, pgx.TxOptions{BeginQuery: fmt.Sprintf(
		`BEGIN; SET LOCAL idle_in_transaction_session_timeout = '300s'; SELECT pg_advisory_xact_lock(%d)`, migrating)})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }() // it holds nothing but the lock
	var there bool
	const look = `SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1)`
	if err := r.pool.QueryRow(ctx, look, schema).Scan(&there); err != nil {
		return err
	}
	if !there { // IF NOT EXISTS would want a right that is not needed when it is there
		if _, err := r.pool.Exec(ctx, `CREATE SCHEMA `+schema); err != nil {
			return err
		}
	}
	return work()
}
