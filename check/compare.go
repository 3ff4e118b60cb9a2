package check

import (
	"maps"
	"slices"
	"strings"
)

// Change is what became of one check, or of one fact, from one report to another.
type Change struct {
	ID      string  // of the check; empty for a fact
	Title   string  // of the check, or the fact's name
	Verdict Verdict // now; [Skip] where it is not asked any more, and for facts
	Before  string  // in words; empty where it was not there
	After   string
}

// Compare lists what changed between two reports: the checks whose verdict or
// diagnosis is another one, in the order of the later report, then the facts.
// Times and the words of a summary alone are no change.
func Compare(before, after Report) []Change {
	var all []Change
	old := map[string]Result{}
	for _, c := range before.Checks {
		old[c.ID] = c
	}
	for _, c := range after.Checks {
		was, there := old[c.ID]
		delete(old, c.ID)
		if there && same(was, c) {
			continue
		}
		change := Change{ID: c.ID, Title: c.Title, Verdict: c.Verdict, After: words(c)}
		if there {
			change.Before = words(was)
		}
		all = append(all, change)
	}
	for _, c := range before.Checks {
		if _, gone := old[c.ID]; gone {
			all = append(all, Change{ID: c.ID, Title: c.Title, Verdict: Skip, Before: words(c)})
		}
	}
	return append(all, facts(before.Facts, after.Facts)...)
}

// same reports whether two results mean the same.
func same(a, b Result) bool {
	return a.Verdict == b.Verdict && slices.EqualFunc(a.Diagnoses, b.Diagnoses, func(a, b Diagnosis) bool { return a.Code == b.Code })
}

// words say what a check came to: its diagnoses, or else its verdict.
func words(c Result) string {
	verdict := map[Verdict]string{Pass: "passed", Warn: "warned", Fail: "failed", Skip: "was not asked"}[c.Verdict]
	var titles []string
	for _, d := range c.Diagnoses {
		titles = append(titles, d.Title)
	}
	if len(titles) == 0 {
		return verdict
	}
	return verdict + ": " + strings.Join(titles, "; ")
}

func facts(before, after map[string]string) []Change {
	var all []Change
	names := map[string]bool{}
	for _, facts := range []map[string]string{before, after} {
		for name := range facts {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if before[name] != after[name] {
			all = append(all, Change{Title: name, Verdict: Skip, Before: before[name], After: after[name]})
		}
	}
	return all
}

// Turned finds where the latest report's outcome began: the first of the reports,
// newest first, that the one before it does not agree with, whether the
// connection fails or not. It returns the number of that report, or -1 where all
// reports agree.
func Turned(reports []Report) int {
	for i := 1; i < len(reports); i++ {
		if (reports[i].Verdict() == Fail) != (reports[0].Verdict() == Fail) {
			return i - 1
		}
	}
	return -1
}
