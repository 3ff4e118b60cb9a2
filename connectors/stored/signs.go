package stored

import (
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
	all[ofProvider(c.Provider)] = true
	if c.Provider != "exchange" {
		all[ofCloud] = true
	}
	for _, service := range c.Services {
		all[ofService(service)] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// The marks.
const ofCloud = "cloud"

func ofProvider(id string) string { return "provider " + id }
func ofService(id string) string  { return "service " + id }

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
