package registrytest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// fill adds connectors that differ in all that a query asks for:
//
//	name     provider      service      state         tested  ends
//	Alpha    exchange      continuity+  fails         1       30
//	beta     microsoft365  continuity   works         3       -
//	Gamma    google        archive      warns         2       20
//	delta    exchange      continuity+  never tested  -       -
func fill(t *testing.T, r connectors.Registry) {
	t.Helper()
	alpha, beta, gamma, delta := Exchange("alpha"), Cloud("beta", "continuity"), Cloud("gamma", "archive"), Exchange("delta")
	alpha.Name, beta.Name, gamma.Name, delta.Name = "Alpha", "beta", "Gamma", "delta"
	gamma.Provider, gamma.Tenant = "google", "C01"
	for i, c := range []*connectors.Connector{&gamma, &delta, &alpha, &beta} {
		c.Created = at(10 * i)
	}
	alpha.LastTest, beta.LastTest, gamma.LastTest = report(check.Fail), report(check.Pass), report(check.Warn)
	alpha.LastTest.Started, beta.LastTest.Started, gamma.LastTest.Started = at(1), at(3), at(2)
	alpha.LastTest.Facts["password-expires"] = ends(30)
	gamma.LastTest.Facts["key-expires"], gamma.LastTest.Facts["password-expires"] = ends(20), ends(25)
	beta.LastTest.Facts["password-expires"] = "never"
	delta.LastTest = nil
	for _, c := range []connectors.Connector{alpha, beta, gamma, delta} {
		add(t, r, c)
	}
}

// ends is a date, days after the suite's first.
func ends(days int) string { return at(0).AddDate(0, 0, days).Format(time.DateOnly) }

func words(text ...string) (all []connectors.Word) {
	for _, word := range text {
		all = append(all, connectors.Word{Text: word})
	}
	return all
}

func queries(t *testing.T, r connectors.Registry) {
	fill(t, r)
	tests := map[string]struct {
		ask  connectors.Query
		want []string
	}{
		"all":              {connectors.Query{}, []string{"alpha", "beta", "delta", "gamma"}},
		"backwards":        {connectors.Query{Desc: true}, []string{"gamma", "delta", "beta", "alpha"}},
		"the first":        {connectors.Query{Limit: 2}, []string{"alpha", "beta"}},
		"by state":         {connectors.Query{Sort: connectors.ByState}, []string{"alpha", "gamma", "delta", "beta"}},
		"by test":          {connectors.Query{Sort: connectors.ByTested}, []string{"delta", "alpha", "gamma", "beta"}},
		"the last tested":  {connectors.Query{Sort: connectors.ByTested, Desc: true, Limit: 1}, []string{"beta"}},
		"by tenant":        {connectors.Query{Sort: connectors.ByTenant}, []string{"alpha", "gamma", "delta", "beta"}},
		"by age":           {connectors.Query{Sort: connectors.ByCreated}, []string{"gamma", "delta", "alpha", "beta"}},
		"by expiry":        {connectors.Query{Sort: connectors.ByExpiry, Limit: 2}, []string{"gamma", "alpha"}},
		"a word":           {connectors.Query{Words: words("ALPH")}, []string{"alpha"}},
		"two words":        {connectors.Query{Words: words("a", "mail.delta.ex")}, []string{"delta"}},
		"words apart":      {connectors.Query{Words: words("alphaon")}, []string{}},
		"signs":            {connectors.Query{Words: words("%")}, []string{}},
		"a quote":          {connectors.Query{Words: words(`o'b`)}, []string{}},
		"a backslash":      {connectors.Query{Words: words(`\`)}, []string{}},
		"one letter":       {connectors.Query{Words: words("g")}, []string{"alpha", "delta", "gamma"}},
		"two rare letters": {connectors.Query{Words: words("mm")}, []string{"gamma"}},
		"an empty word":    {connectors.Query{Words: words("")}, []string{"alpha", "beta", "delta", "gamma"}},
		"two words, two meanings": {
			connectors.Query{Words: []connectors.Word{{Text: "none", Services: []string{"archive", "x"}}, {Text: "gam", Providers: []string{"exchange"}}}},
			[]string{"gamma"},
		},
		"the state's words": {connectors.Query{Words: words("no such name")}, []string{"alpha"}},
		"the platform":      {connectors.Query{Words: words("2019")}, []string{"alpha", "delta"}},
		"a service's name": {
			connectors.Query{Words: []connectors.Word{{Text: "none", Services: []string{"archive"}}}}, []string{"gamma"},
		},
		"a provider's name": {
			connectors.Query{Words: []connectors.Word{{Text: "alpha", Providers: []string{"google"}}}}, []string{"alpha", "gamma"},
		},
		"a provider":   {connectors.Query{Provider: "exchange"}, []string{"alpha", "delta"}},
		"a service":    {connectors.Query{Service: "continuity", Desc: true}, []string{"delta", "beta", "alpha"}},
		"half an id":   {connectors.Query{Service: "contin"}, []string{}},
		"a tenant":     {connectors.Query{Tenant: "Alpha.EXAMPLE"}, []string{"alpha"}},
		"clouds":       {connectors.Query{Kind: connectors.KindCloud}, []string{"beta", "gamma"}},
		"EWS":          {connectors.Query{Kind: connectors.KindExchange, Limit: 1}, []string{"alpha"}},
		"two states":   {connectors.Query{States: []connectors.State{connectors.Works, connectors.NeverTested}}, []string{"beta", "delta"}},
		"ending soon":  {connectors.Query{Expiring: at(0).AddDate(0, 0, 26)}, []string{"gamma"}},
		"all together": {connectors.Query{Words: words("a"), Kind: connectors.KindExchange, Sort: connectors.ByTested, Desc: true}, []string{"alpha", "delta"}},
	}
	for name, tt := range tests {
		got, err := r.IDs(t.Context(), tt.ask)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
		for limit := 1; limit <= len(tt.want); limit++ { // a page of it is found another way
			tt.ask.Limit = limit
			if got, err = r.IDs(t.Context(), tt.ask); err != nil || !slices.Equal(got, tt.want[:limit]) {
				t.Errorf("%s, the first %d: got %q, %v, want %q", name, limit, got, err, tt.want[:limit])
			}
		}
	}
	counts, err := r.Counts(t.Context(), connectors.Query{States: []connectors.State{connectors.Works}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "all counts", counts, map[connectors.State]int{
		connectors.Fails: 1, connectors.Warns: 1, connectors.NeverTested: 1, connectors.Works: 1,
	})
	counts, err = r.Counts(t.Context(), connectors.Query{Kind: connectors.KindExchange})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "counts of some", counts, map[connectors.State]int{connectors.Fails: 1, connectors.NeverTested: 1})
}

func rows(t *testing.T, r connectors.Registry) {
	fill(t, r)
	got, err := r.Rows(t.Context(), []string{"gamma", "none", "delta", "alpha"})
	if err != nil {
		t.Fatal(err)
	}
	var want []connectors.Row
	for _, id := range []string{"gamma", "delta", "alpha"} {
		want = append(want, get(t, r, id).Row())
	}
	same(t, "rows", got, want)
	if got[0].Expires.Format(time.DateOnly) != ends(20) || got[0].Tested != at(2) || got[2].Words != "No such name" {
		t.Errorf("what follows from the tests is %+v", got)
	}
	if !got[1].Expires.IsZero() || !got[1].Tested.IsZero() || got[1].State != connectors.NeverTested {
		t.Errorf("what was never tested is %+v", got[1])
	}
	none, err := r.Rows(t.Context(), nil)
	empty(t, "rows of none", len(none), err)
}

// listsFollow changes connectors in every way and looks whether lists show it.
func listsFollow(t *testing.T, r connectors.Registry) {
	fill(t, r)
	finds := func(word string, want ...string) {
		t.Helper()
		got, err := r.IDs(t.Context(), connectors.Query{Words: words(word)})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q finds %q, %v; want %q", word, got, err, want)
		}
	}
	c := get(t, r, "delta")
	c.Name, c.Description = "Renamed", `Ümlaut O'Brien \ & | ! <-> :*`
	if err := r.Edit(t.Context(), c, event(connectors.EventEdited, 1)); err != nil {
		t.Fatal(err)
	}
	finds("renamed", "delta")
	for _, word := range []string{"ümLAUT", "ü", "O'B", "'", `\`, "&", `\ & |`, "<->", ":*", `o'brien \ & | !`} {
		finds(word, "delta")
	}
	c.LastTest = report(check.Fail)
	if err := r.RecordTest(t.Context(), c, event(connectors.EventTested, 2)); err != nil {
		t.Fatal(err)
	}
	finds("no such name", "alpha", "delta")
	c.LastTest = report(check.Pass)
	if err := r.RecordTest(t.Context(), c, event(connectors.EventTested, 3)); err != nil {
		t.Fatal(err)
	}
	finds("no such name", "alpha")
	remove(t, r, c)
	finds("renamed")
}

func holders(t *testing.T, r connectors.Registry) {
	add(t, r, Exchange("a"))
	add(t, r, Cloud("b", "s"))
	for name, tt := range map[string]struct {
		c    connectors.Connector
		want []string
	}{
		"name":         {connectors.Connector{Name: " exchange A "}, []string{"a"}},
		"organisation": {connectors.Connector{Provider: "exchange", Tenant: "A.example"}, []string{"a"}},
		"service":      {connectors.Connector{Provider: "microsoft365", Tenant: "TENANT", Services: []string{"x", "s"}}, []string{"b"}},
		"both":         {connectors.Connector{Name: "cloud B", Provider: "exchange", Tenant: "a.example"}, []string{"b", "a"}},
		"none":         {connectors.Connector{Name: "Exchange", Provider: "microsoft365", Tenant: "a.example", Services: []string{"s"}}, nil},
	} {
		got, err := r.Holders(t.Context(), tt.c)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, c := range got {
			ids = append(ids, c.ID)
			if c.LastTest != nil {
				t.Errorf("%s: %s comes with its report", name, c.ID)
			}
		}
		same(t, name, ids, tt.want)
	}
}

// order renames and removes connectors among others, and looks whether a search
// gives them in the order of their names.
func order(t *testing.T, r connectors.Registry) {
	var want []string
	put := func(c connectors.Connector, name string) {
		t.Helper()
		c.Name, c.Version = name, 0
		if err := r.Edit(t.Context(), c, event(connectors.EventEdited, len(want))); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 40 { // each goes between the first and the one before
		c := Exchange(fmt.Sprintf("c%02d", i))
		add(t, r, c)
		put(c, fmt.Sprintf("n%02d", 99-i))
		want = append([]string{c.ID}, want...)
		if i == 0 {
			first := Exchange("first")
			first.Name = "a first one"
			add(t, r, first)
		}
	}
	remove(t, r, get(t, r, want[7]))
	want = append(want[:7:7], want[8:]...)
	want = append([]string{"first"}, want...)
	for name, ask := range map[string]connectors.Query{
		"a word": {Words: words("exchange 2019")}, "two signs": {Words: words("20")}, "a sign": {Words: words("9")},
		"a provider": {Provider: "exchange"}, "a service": {Service: "remediation"}, "a state": {States: []connectors.State{connectors.Works}},
	} {
		got, err := r.IDs(t.Context(), ask)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s gives %q, %v; want %q", name, got, err, want)
		}
		ask.Desc, ask.Limit = true, 3
		last := slices.Clone(want[len(want)-3:])
		slices.Reverse(last)
		if got, err = r.IDs(t.Context(), ask); err != nil || !slices.Equal(got, last) {
			t.Errorf("%s, backwards, gives %q, %v; want %q", name, got, err, last)
		}
	}
}
