package workspace

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"fairlead/connectors"
)

// Search returns the words of a search, each with the services and the providers
// whose names contain it: the registry knows their ids only.
func (w *Workspace) Search(text string) []connectors.Word {
	var words []connectors.Word
	for field := range strings.FieldsFuncSeq(text, ends) {
		word := connectors.Word{Text: field}
		has := func(name string) bool { return strings.Contains(connectors.Key(name), connectors.Key(field)) }
		for _, s := range w.Catalogue.Services {
			if has(s.Name) {
				word.Services = append(word.Services, s.ID)
			}
		}
		for _, p := range w.Providers {
			if info := p.Info(); has(info.Name) {
				word.Providers = append(word.Providers, info.ID)
			}
		}
		words = append(words, word)
	}
	return words
}

// Rows returns the connectors that a query asks for, in its order and without their
// reports. However many they are, they are read some at a time.
func (w *Workspace) Rows(ctx context.Context, q connectors.Query) (all []connectors.Row, err error) {
	ids, err := w.Keeper.Registry.IDs(ctx, q)
	if err != nil {
		return nil, err
	}
	for some := range slices.Chunk(ids, rowsAtOnce) {
		rows, err := w.Keeper.Registry.Rows(ctx, some)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// rowsAtOnce is how many connectors are read at once.
const rowsAtOnce = 500

// ends reports whether a character is of no word. Neither store can be asked for a
// control character, which may come along with what is pasted.
func ends(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }
