package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

const (
	// few is up to how many connectors that can be meant are put in order at once.
	few = 1000
	// firstLook is how many are looked at in order where more can be meant, to see
	// how many of them are.
	firstLook = 1000
	// mostSorted is how many are sorted at most: of more, a page is found sooner in
	// order, whatever the order.
	mostSorted = 20_000
)

// IDs returns the ids of the connectors that a query asks for.
func (r *registry) IDs(ctx context.Context, q connectors.Query) (ids []string, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		ids, err = find(ctx, tx, q)
		return err
	})
	return ids, err
}

// find finds a page in time that does not grow with the number of connectors:
// by the index of signs, which has the order of names, or else by going through
// all in order or by sorting those that can be meant, whichever is less.
func find(ctx context.Context, tx *sql.Tx, q connectors.Query) ([]string, error) {
	where, args := condition(q)
	inOrder := func() ([]string, error) {
		return texts(ctx, tx, `SELECT id FROM connectors`+where+stored.Order(q), args...)
	}
	if where == "" || q.Tenant != "" { // there is an index for that
		return inOrder()
	}
	atFirst := func() ([]string, error) {
		first := q
		first.Limit = firstLook
		return texts(ctx, tx, `SELECT id FROM (SELECT * FROM connectors`+stored.Order(first)+`)`+where+stored.Order(q), args...)
	}
	if q.Limit > 0 && slices.ContainsFunc(q.Words, isLetter) { // nearly all have it, which the index would take long to say
		if ids, err := atFirst(); err != nil || len(ids) == q.Limit {
			return ids, err
		}
	}
	match, err := asked(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	if match != "" && q.Sort == connectors.ByName && q.Expiring.IsZero() {
		return texts(ctx, tx, `SELECT id FROM signs CROSS JOIN connectors ON number = signs.rowid`+where+
			` AND signs MATCH ?`+stored.OrderBy(q, "signs.rowid"), append(args, match)...)
	}
	sorted := func() ([]string, error) {
		where, args := where, args
		if match != "" && q.Expiring.IsZero() {
			where, args = where+among, append(args, match)
		}
		return texts(ctx, tx, `SELECT id FROM
			(SELECT id, name_key, tenant_key, state, tested, created, expires FROM connectors`+where+` LIMIT -1)`+stored.Order(q), args...)
	}
	if n, err := meant(ctx, tx, q, match, few); err != nil || n <= few {
		return either(err, sorted)
	}
	if q.Limit == 0 {
		return inOrder()
	}
	ids, err := atFirst()
	if err != nil || len(ids) == q.Limit {
		return ids, err
	}
	through := min(mostSorted, firstLook*q.Limit/(len(ids)+1)) // as many as it may take to fill the page
	if n, err := meant(ctx, tx, q, match, through); err != nil || n <= through {
		return either(err, sorted)
	}
	return inOrder()
}

// isLetter reports whether a word is one sign.
func isLetter(w connectors.Word) bool { return utf8.RuneCountInString(connectors.Key(w.Text)) == 1 }

// either is the error, if there is one, or else what then returns.
func either(err error, then func() ([]string, error)) ([]string, error) {
	if err != nil {
		return nil, err
	}
	return then()
}

// meant counts how many connectors a query can mean by what indexes know, up to
// one more than most.
func meant(ctx context.Context, tx *sql.Tx, q connectors.Query, match string, most int) (n int, err error) {
	from, arg := `signs WHERE signs MATCH ?`, any(match)
	switch {
	case !q.Expiring.IsZero():
		from, arg = `connectors WHERE expires < ?`, stored.ToMicros(q.Expiring)
	case match == "":
		return most + 1, nil // all
	}
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+from+` LIMIT ?)`, arg, most+1).Scan(&n)
	return n, err
}

// condition writes what a query asks for with SQLite's marks for arguments.
func condition(q connectors.Query) (string, []any) {
	text, args := stored.Where(q, "instr")
	return strings.ReplaceAll(text, "$", "?"), args
}

// among narrows to those that the index of signs knows.
const among = ` AND number IN (SELECT rowid FROM signs WHERE signs MATCH ?)`

// texts reads all rows of one text.
func texts(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]string, error) {
	return collect(ctx, tx, func(scan func(...any) error) (text string, err error) {
		err = scan(&text)
		return text, err
	}, query, args...)
}

// Rows returns what a list shows of some connectors, in the order of their ids.
func (r *registry) Rows(ctx context.Context, ids []string) (rows []connectors.Row, err error) {
	list, err := stored.Encode(ids)
	if err != nil {
		return nil, err
	}
	err = r.look(ctx, func(tx *sql.Tx) error {
		rows, err = collect(ctx, tx, func(scan func(...any) error) (connectors.Row, error) {
			var d stored.Derived
			c, err := scanConnector(scan, &d.State, &d.Words, &d.Tested, &d.Expires)
			return d.Row(c), err
		}, `SELECT `+columns+`, NULL, state, words, tested, expires FROM connectors
			WHERE id IN (SELECT value FROM json_each(?))`, list)
		return err
	})
	return stored.InOrder(ids, rows), err
}

// Counts returns how many connectors are in which state.
func (r *registry) Counts(ctx context.Context, q connectors.Query) (map[connectors.State]int, error) {
	q.States = nil
	counts := map[connectors.State]int{}
	err := r.look(ctx, func(tx *sql.Tx) error {
		where, args := condition(q)
		match, err := asked(ctx, tx, q)
		if err != nil {
			return err
		}
		if n, err := meant(ctx, tx, q, match, few); err != nil {
			return err
		} else if n <= few && match != "" {
			where, args = where+among, append(args, match)
		}
		_, err = collect(ctx, tx, func(scan func(...any) error) (struct{}, error) {
			var state int64
			var n int
			err := scan(&state, &n)
			counts[stored.ToState(state)] = n
			return struct{}{}, err
		}, `SELECT state, count(*) FROM connectors`+where+` GROUP BY state`, args...)
		return err
	})
	return counts, err
}

// Holders returns the connectors that hold a connector's name or places.
func (r *registry) Holders(ctx context.Context, c connectors.Connector) (all []connectors.Connector, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		all, err = holders(ctx, tx, c)
		return err
	})
	return all, err
}

func holders(ctx context.Context, tx *sql.Tx, c connectors.Connector) ([]connectors.Connector, error) {
	query, args := selectBare+` WHERE name_key = ?`, []any{connectors.Key(c.Name)}
	for _, claim := range c.Claims() {
		query += ` OR id = (SELECT connector FROM claims WHERE provider = ? AND tenant = ? AND service = ?)`
		args = append(args, claim.Provider, claim.Tenant, claim.Service)
	}
	return collect(ctx, tx, bare, query+byName, args...)
}

// bare reads a connector alone.
func bare(scan func(...any) error) (connectors.Connector, error) { return scanConnector(scan) }
