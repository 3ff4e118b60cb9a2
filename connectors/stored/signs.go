package stored

import (
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"fairlead/connectors"
)

// most is how many signs in a row an index knows.
const most = 3

// Signs are what an index finds a connector by: one, two and three signs that
// follow each other in what is searched, and marks, which are longer, for what
// lists are filtered by.
func Signs(c connectors.Connector, search string) []string {
	all := map[string]bool{}
	for line := range strings.Lines(search) {
		for n := 1; n <= most; n++ {
			inARow(strings.TrimSuffix(line, "\n"), n, func(signs string) { all[signs] = true })
		}
	}
	for _, mark := range marks(c) {
		all[mark] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// marks are what lists are filtered by.
func marks(c connectors.Connector) []string {
	all := []string{ofProvider(c.Provider)}
	if c.Provider != "exchange" {
		all = append(all, ofCloud)
	}
	for _, service := range c.Services {
		all = append(all, ofService(service))
	}
	return all
}

// The marks.
const ofCloud = "cloud"

func ofProvider(id string) string { return "provider " + id }
func ofService(id string) string  { return "service " + id }

// OfState is the mark of a state, which not all indexes know.
func OfState(s connectors.State) string { return "state " + string(s) }

// Coded is a sign or a mark for an index that knows three signs in a row only: a
// mark becomes three that Unicode leaves to private use. Two marks may become the
// same, which says no more than that not all who have it are meant.
func Coded(sign string) string {
	if utf8.RuneCountInString(sign) <= most {
		return sign
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(sign)) // it never fails
	var code [most]rune
	for i := range code {
		code[i] = 0xE000 + rune(hash.Sum64()>>(12*i)&0xFFF)
	}
	return string(code[:])
}

// inARow calls with every n signs that follow each other in a text.
func inARow(text string, n int, with func(signs string)) {
	var starts []int
	for at := range text {
		if len(starts) == n {
			with(text[starts[0]:at])
			starts = starts[1:]
		}
		starts = append(starts, at)
	}
	if n > 0 && len(starts) == n {
		with(text[starts[0]:])
	}
}

// Narrow says which signs a connector has that a query asks for: of each list,
// all signs of one of its choices. Not every connector that has them is meant.
func Narrow(q connectors.Query) (all [][][]string) {
	for _, word := range q.Words {
		choices := [][]string{ofWord(word.Text)}
		if len(choices[0]) == 0 {
			continue // it holds for all
		}
		for _, provider := range word.Providers {
			choices = append(choices, []string{ofProvider(provider)})
		}
		for _, service := range word.Services {
			choices = append(choices, []string{ofService(service)})
		}
		all = append(all, choices)
	}
	one := func(mark string) { all = append(all, [][]string{{mark}}) }
	if q.Provider != "" {
		one(ofProvider(q.Provider))
	}
	if q.Service != "" {
		one(ofService(q.Service))
	}
	switch q.Kind {
	case connectors.KindCloud:
		one(ofCloud)
	case connectors.KindExchange:
		one(ofProvider("exchange"))
	}
	return all
}

// ofWord are the longest signs of a word that an index knows.
func ofWord(word string) (all []string) {
	word = connectors.Key(word)
	inARow(word, min(most, utf8.RuneCountInString(word)), func(signs string) { all = append(all, signs) })
	return all
}
