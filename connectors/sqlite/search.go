package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"unicode/utf8"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// few is up to how many connectors a search looks at one by one. Where more of
// them may be meant, a page of those that are is found soon by going through
// all in order.
const few = 1000

// condition writes what a query asks for with SQLite's marks for arguments. A
// search for what is rare is narrowed to the few that can be meant, which the
// index of three signs knows.
func condition(ctx context.Context, tx *sql.Tx, q connectors.Query) (string, []any, error) {
	text, args := stored.Where(q, "instr")
	text = strings.ReplaceAll(text, "$", "?")
	match, err := matching(ctx, tx, q.Words)
	if err != nil || match == "" {
		return text, args, err
	}
	numbers, err := collect(ctx, tx, func(scan func(...any) error) (n int64, err error) {
		err = scan(&n)
		return n, err
	}, `SELECT rowid FROM search WHERE search MATCH ? LIMIT ?`, match, few+1)
	if err != nil || len(numbers) > few {
		return text, args, err
	}
	list, err := stored.Encode(append([]int64{}, numbers...)) // none is a list too
	return text + ` AND number IN (SELECT value FROM json_each(?))`, append(args, list), err
}

// nowhere are three signs that no text has, for the case that no other would be
// asked for.
const nowhere = "\x01\x01\x01"

// matching writes words as a question to the index: all three signs that follow
// each other in them have to be there. It is empty where that says nothing.
func matching(ctx context.Context, tx *sql.Tx, words []connectors.Word) (string, error) {
	var all []string
	for _, word := range words {
		text := connectors.Key(word.Text)
		if text == "" || len(word.Services)+len(word.Providers) > 0 { // there are others whom it means
			continue
		}
		signs := []rune(text)
		for i := 0; i+3 <= len(signs); i++ {
			all = append(all, quoted(string(signs[i:i+3])))
		}
		if len(signs) < 3 {
			some, rare, err := beginning(ctx, tx, text)
			if err != nil {
				return "", err
			}
			if rare {
				all = append(all, some)
			}
		}
	}
	return strings.Join(all, " AND "), nil
}

// beginning asks for all three signs that begin with one or two, if they are
// rare.
func beginning(ctx context.Context, tx *sql.Tx, text string) (some string, rare bool, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT term, doc FROM search_terms WHERE term >= ? AND term < ?`,
		text, text+string(utf8.MaxRune))
	if err != nil {
		return "", false, err
	}
	defer func() { _ = rows.Close() }()
	terms, have := []string{quoted(nowhere)}, 0
	for rows.Next() && have <= few {
		var term string
		var n int
		if err := rows.Scan(&term, &n); err != nil {
			return "", false, err
		}
		terms, have = append(terms, quoted(term)), have+n
	}
	return "(" + strings.Join(terms, " OR ") + ")", have <= few, rows.Err()
}

// quoted is a text in the language of the index.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
