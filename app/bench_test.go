package app

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// BenchmarkList measures the list of 100,000 connectors in a file, by medians:
// until it is shown, beside an empty one; a keystroke in the search, until its
// first page is shown, and until all the rest is known, which nobody waits for;
// and what the window does for a frame that scrolls by a row and by a page. The
// aims are 100 ms more than the empty list, 16 ms, and 5 ms.
func BenchmarkList(b *testing.B) {
	const many = 100_000
	empty, full := open(b, setup{}), open(b, setup{})
	fillMany(b, full, many)
	b.Run("shown", func(b *testing.B) {
		all := medians(b, empty.shows, full.shows)
		b.ReportMetric(all[1]-all[0], "ms-more-than-empty")
		b.ReportMetric(all[1], "ms")
	})
	full.held = false
	full.app.showList("")
	s := full.app.screen.(*listScreen)
	if s.length() != many {
		b.Fatalf("the list has %d rows", s.length())
	}
	for _, typed := range []string{"e", "exc", "tenant0567", "tenant056789", "exch 0567", "zq"} {
		b.Run("keystroke "+strings.ReplaceAll(typed, " ", "+"), func(b *testing.B) {
			all := medians(b, func() func() {
				s.tools.search.SetText(typed[:len(typed)-1])
				full.held = true
				return func() {
					s.tools.search.SetText(typed)
					full.step()
				}
			}, full.rest)
			b.ReportMetric(all[0], "ms")
			b.ReportMetric(all[1], "ms-rest-elsewhere")
		})
	}
	s.tools.search.SetText("")
	for name, by := range map[string]float32{"row": rowHeight, "page": 7 * rowHeight} {
		b.Run("scroll "+name, func(b *testing.B) {
			all := medians(b, func() func() {
				full.held = true
				at := s.list.GetScrollOffset() + by
				return func() { s.list.ScrollToOffset(at) }
			}, func() func() {
				full.release()
				return s.list.Refresh
			})
			b.ReportMetric(all[0], "ms")
			b.ReportMetric(all[1], "ms-list-anew")
		})
	}
}

// shows shows the list anew until its first page is there.
func (h *harness) shows() func() {
	h.release()
	h.held = true
	return func() {
		h.app.showList("")
		h.step()
	}
}

// rest does the work that was held, and lets no more wait.
func (h *harness) rest() func() { return h.release }

// medians does several things turn by turn, each of which prepares what is
// measured, and returns their medians in milliseconds.
func medians(b *testing.B, things ...func() func()) []float64 {
	took := make([][]float64, len(things))
	for b.Loop() {
		for i, prepare := range things {
			do := prepare()
			start := time.Now()
			do()
			took[i] = append(took[i], float64(time.Since(start).Microseconds())/1000)
		}
	}
	b.ReportMetric(0, "ns/op") // the parts say more
	var all []float64
	for _, t := range took {
		slices.Sort(t)
		all = append(all, t[len(t)/2])
	}
	return all
}

// fillMany adds connectors by copying one in the registry's file: a commit for
// each would take longer than all that is measured.
func fillMany(b *testing.B, h *harness, n int) {
	b.Helper()
	const model = "000000"
	register(b, h.world, model, registrytest.Exchange("tenant"+model))
	if err := h.world.Keeper.RecordTest(b.Context(), model, *registrytest.Exchange(model).LastTest); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(h.dir, "connectors.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // the registry itself is closed by the harness
	rows, err := db.QueryContext(b.Context(), `SELECT name FROM pragma_table_info('connectors') WHERE name <> 'number'`)
	if err != nil {
		b.Fatal(err)
	}
	var names, values []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			b.Fatal(err)
		}
		names = append(names, name)
		values = append(values, fmt.Sprintf(`CASE typeof(%[1]s) WHEN 'text' THEN replace(%[1]s, '%[2]s', printf('%%06d', i)) ELSE %[1]s END`, name, model))
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	_, err = db.ExecContext(b.Context(), fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO connectors (%s) SELECT %s FROM connectors, n WHERE id = '%s'`,
		n-1, strings.Join(names, ", "), strings.Join(values, ", "), model))
	if err != nil {
		b.Fatal(err)
	}
	counts, err := h.world.Keeper.Registry.Counts(b.Context(), connectors.Query{})
	if err != nil || counts[connectors.Works] != n {
		b.Fatalf("%v, %v: not %d connectors", counts, err, n)
	}
}
