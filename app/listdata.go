package app

import (
	"context"

	"fairlead/connectors"
)

const (
	// firstPage is how many connectors are asked for before all the others, and
	// rowsAtOnce how many are read for the rows in sight.
	firstPage  = 200
	rowsAtOnce = 64
	// rowsKept is how many rows are kept that were in sight.
	rowsKept = 4096
)

// found is what a search came to.
type found struct {
	ids      []string
	complete bool // these are all
	rows     []connectors.Row
	drafts   []connectors.Draft
}

// readFirst reads the first page, so that there is something to see at once.
func readFirst(ctx context.Context, r connectors.Registry, q connectors.Query) (f found, err error) {
	q.Limit = firstPage
	if f.ids, err = r.IDs(ctx, q); err != nil {
		return f, err
	}
	f.complete = len(f.ids) < firstPage
	f.rows, err = r.Rows(ctx, around(f.ids, 0))
	return f, err
}

// readAll reads all ids, and the rows around the one that is looked at.
func readAll(ctx context.Context, r connectors.Registry, q connectors.Query, near int) (f found, err error) {
	if f.ids, err = r.IDs(ctx, q); err != nil {
		return f, err
	}
	f.complete = true
	f.rows, err = r.Rows(ctx, around(f.ids, near))
	return f, err
}

// around are the ids near a place.
func around(ids []string, at int) []string {
	from := max(0, min(at-rowsAtOnce/2, len(ids)-rowsAtOnce))
	return ids[from:min(len(ids), from+rowsAtOnce)]
}

// rowCache keeps the rows that were read. What has become old is shown until it
// has been read anew, so that nothing flickers.
type rowCache struct{ fresh, old map[string]connectors.Row }

// get returns a row, or one that is empty where it is not known yet or gone;
// fresh means that there is nothing to read.
func (c *rowCache) get(id string) (row connectors.Row, fresh bool) {
	if row, fresh = c.fresh[id]; !fresh {
		row = c.old[id]
	}
	return row, fresh
}

// put keeps what was read of ids. Those that are gone are known to be.
func (c *rowCache) put(ids []string, rows []connectors.Row) {
	if len(c.fresh) > rowsKept {
		c.age()
	}
	if c.fresh == nil {
		c.fresh = map[string]connectors.Row{}
	}
	for _, id := range ids {
		c.fresh[id] = connectors.Row{}
	}
	for _, row := range rows {
		c.fresh[row.ID] = row
	}
}

// age makes all that is known old.
func (c *rowCache) age() { c.old, c.fresh = c.fresh, nil }
