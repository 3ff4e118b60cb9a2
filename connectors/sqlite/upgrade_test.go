package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// before makes of a file's index the one that the second version had.
const before = `
	DROP TRIGGER connectors_inserted; DROP TRIGGER connectors_renamed; DROP TRIGGER connectors_updated; DROP TRIGGER connectors_deleted;
	DROP VIEW placing; DROP VIEW numbering; DROP VIEW room; DROP VIEW spreading;
	DROP TABLE signs_terms; DROP TABLE signs; DROP INDEX connectors_number;
	UPDATE connectors SET number = rowid, search = substr(search, 1, length(search) - 20);
	CREATE UNIQUE INDEX connectors_number ON connectors (number);
	CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
	CREATE VIRTUAL TABLE search_terms USING fts5vocab (search, row);
	INSERT INTO search (rowid, text) SELECT number, search || char(10, 10) FROM connectors;
	CREATE TRIGGER connectors_inserted AFTER INSERT ON connectors BEGIN
		UPDATE connectors SET number = (SELECT coalesce(max(number), 0) + 1 FROM connectors) WHERE id = new.id;
		INSERT INTO search (rowid, text) SELECT number, search || char(10, 10) FROM connectors WHERE id = new.id;
	END;
	CREATE TRIGGER connectors_updated AFTER UPDATE OF search ON connectors WHEN new.search <> old.search BEGIN
		DELETE FROM search WHERE rowid = old.number;
		INSERT INTO search (rowid, text) VALUES (new.number, new.search || char(10, 10));
	END;
	CREATE TRIGGER connectors_deleted AFTER DELETE ON connectors BEGIN
		DELETE FROM search WHERE rowid = old.number;
	END;
	DELETE FROM goose_db_version WHERE version_id > 2;`

// TestTheIndexOfTheSecondVersionIsReplaced opens a file whose index knew no order
// and no marks, and asks for both.
func TestTheIndexOfTheSecondVersionIsReplaced(t *testing.T) {
	const n = 60
	path := filepath.Join(t.TempDir(), "connectors.db")
	r := openTemp(t, path).(*registry)
	var want []string
	err := r.change(t.Context(), func(tx *sql.Tx) error {
		for i := range n {
			c := registrytest.Exchange(fmt.Sprintf("c%06d", (i*7)%n))
			if want = append(want, c.ID); i == 5 {
				c.Services, c.Provider = []string{"archive"}, "google"
			}
			if err := insert(t.Context(), tx, c); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(t.Context(), before)
		return err
	})
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	r = openTemp(t, path).(*registry)
	defer func() { _ = r.Close() }()
	for name, tt := range map[string]struct {
		ask  connectors.Query
		want []string
	}{
		"a word":    {connectors.Query{Words: []connectors.Word{{Text: "exchange"}}}, want},
		"a service": {connectors.Query{Service: "archive"}, []string{"c000035"}},
		"a cloud":   {connectors.Query{Kind: connectors.KindCloud, Words: []connectors.Word{{Text: "35"}}}, []string{"c000035"}},
	} {
		if got, err := r.IDs(t.Context(), tt.ask); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, tt.want)
		}
	}
	if _, err := r.write.ExecContext(t.Context(), `SELECT count(*) FROM search`); err == nil {
		t.Error("the old index is still there")
	}
}
