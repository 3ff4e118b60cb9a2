package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"unicode/utf8"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// asked writes what a query asks for as a question to the index of signs. It is
// empty where that says nothing.
func asked(ctx context.Context, tx *sql.Tx, q connectors.Query) (string, error) {
	wanted := stored.Narrow(q)
	var states [][]string
	for _, state := range q.States {
		states = append(states, []string{stored.OfState(state)})
	}
	if states != nil {
		wanted = append(wanted, states)
	}
	var all []string
	for _, choices := range wanted {
		text, err := eitherOf(ctx, tx, choices)
		if err != nil {
			return "", err
		}
		if text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, " AND "), nil
}

// eitherOf asks for all signs of one of several choices; it is empty where one of
// them can be anything.
func eitherOf(ctx context.Context, tx *sql.Tx, choices [][]string) (string, error) {
	var either []string
	for _, signs := range choices {
		var all []string
		for i, sign := range signs {
			if i%2 == 1 && i < len(signs)-1 { // its neighbours have its signs too, and each that is asked for takes time
				continue
			}
			if n := utf8.RuneCountInString(sign); n < 3 {
				text, err := beginning(ctx, tx, sign)
				if err != nil || text == "" {
					return "", err
				}
				all = append(all, text)
			} else {
				all = append(all, quoted(stored.Coded(sign)))
			}
		}
		either = append(either, "("+strings.Join(all, " AND ")+")")
	}
	return "(" + strings.Join(either, " OR ") + ")", nil
}

const (
	// nowhere are three signs that no text has, for the case that no other would
	// be asked for.
	nowhere = "\x01\x01\x01"
	// mostBeginnings is how many three signs are asked for in place of fewer.
	mostBeginnings = 100
)

// beginning asks for all three signs that begin with one or two. It is empty
// where those are too many to say anything.
func beginning(ctx context.Context, tx *sql.Tx, text string) (string, error) {
	all := []string{quoted(nowhere)}
	for from := text; len(all) <= mostBeginnings; {
		var term string
		err := tx.QueryRowContext(ctx, `SELECT term FROM signs_terms WHERE term >= ? LIMIT 1`, from).Scan(&term)
		if err != nil && err != sql.ErrNoRows {
			return "", err
		}
		if err != nil || !strings.HasPrefix(term, text) {
			return "(" + strings.Join(all, " OR ") + ")", nil
		}
		all, from = append(all, quoted(term)), term+"\x00" // the next one
	}
	return "", nil
}

// quoted is a text in the language of the index.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
