package sqlite

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"fairlead/connectors/registrytest"
)

// TestNumbersStandInTheOrderOfNames adds many connectors between two that have
// little room between them, in several orders, and renames one of them.
func TestNumbersStandInTheOrderOfNames(t *testing.T) {
	const n = 150
	random := rand.New(rand.NewPCG(1, 2)).Perm(n)
	for name, number := range map[string]func(i int) int{
		"up":             func(i int) int { return i },
		"down":           func(i int) int { return n - i },
		"in any order":   func(i int) int { return random[i] },
		"from both ends": func(i int) int { return i + i%2*2*(n-i) },
		"to the middle":  func(i int) int { return n + (n-i)*(1-i%2*2) },
	} {
		t.Run(name, func(t *testing.T) {
			r := openTemp(t, filepath.Join(t.TempDir(), "connectors.db")).(*registry)
			defer func() { _ = r.Close() }()
			err := r.change(t.Context(), func(tx *sql.Tx) error {
				ids := []string{"a", "z"}
				for i := range n {
					ids = append(ids, fmt.Sprintf("t%06d", number(i)))
				}
				for _, id := range ids {
					if err := insert(t.Context(), tx, registrytest.Exchange(id)); err != nil {
						return err
					}
				}
				_, err := tx.ExecContext(t.Context(), `UPDATE connectors SET name_key = 'exchange tenant' WHERE id = 'z'`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			var all, amiss, known int
			err = r.read.QueryRowContext(t.Context(), `SELECT count(*), sum(number IS NULL OR number <= before),
				(SELECT count(*) FROM connectors JOIN signs ON signs.rowid = number WHERE signs MATCH '"exc" AND "cha"')
				FROM (SELECT number, lag(number, 1, 0) OVER (ORDER BY name_key) AS before FROM connectors)`).Scan(&all, &amiss, &known)
			if err != nil || all != n+2 || amiss != 0 || known != all {
				t.Errorf("%d connectors, %d out of order, the index knows %d, %v; want %d, 0 and all", all, amiss, known, err, n+2)
			}
			if _, err := r.write.ExecContext(t.Context(), `INSERT INTO signs (signs) VALUES ('integrity-check')`); err != nil {
				t.Error(err)
			}
		})
	}
}
