package registrytest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/secret"
)

// page is how many connectors a list shows at once.
const page = 50

// Mixed is one of n connectors as a company has them, "tenant000000" and up. Half
// of them are Google's, which stand last by name; the first and the last tenth
// have a word of their own, some fail, and a few serve what the others do not.
func Mixed(i, n int) connectors.Connector {
	c := Exchange(fmt.Sprintf("tenant%06d", i))
	if i >= n/2 {
		c.Provider, c.Services, c.Name = "google", []string{"archive"}, "Google "+c.ID
	}
	if i < n/10 {
		c.Description = "moved early"
	}
	if i >= n-n/10 {
		c.Description = "moved lately"
	}
	if i%100 == 7 {
		c.LastTest = report(check.Fail)
	}
	if i%1000 == 999 {
		c.Services = []string{"journal"}
	}
	return c
}

// BenchmarkLists measures what a list asks for, of few connectors and of many,
// turn by turn. They are those that Mixed makes.
func BenchmarkLists(b *testing.B, few, many connectors.Registry) {
	asks := []struct {
		name string
		ask  connectors.Query
	}{
		{"first by name", connectors.Query{}},
		{"first by state", connectors.Query{Sort: connectors.ByState}},
		{"first by test", connectors.Query{Sort: connectors.ByTested, Desc: true}},
		{"first by tenant", connectors.Query{Sort: connectors.ByTenant}},
		{"first by age", connectors.Query{Sort: connectors.ByCreated, Desc: true}},
		{"first by expiry", connectors.Query{Sort: connectors.ByExpiry}},
		{"keystroke, all match", connectors.Query{Words: words("e")}},
		{"keystroke, hundreds match", connectors.Query{Words: words("tenant0005")}},
		{"keystroke, one matches", connectors.Query{Words: words("tenant000567")}},
		{"keystroke, two words", connectors.Query{Words: words("exch", "0567")}},
		{"keystroke, two letters, none match", connectors.Query{Words: words("zq")}},
		{"keystroke, none match", connectors.Query{Words: words("zebra")}},
		{"keystroke, half match, last", connectors.Query{Words: words("google")}},
		{"keystroke, half match, last, two letters", connectors.Query{Words: words("go")}},
		{"keystroke, a tenth matches, last, backwards", connectors.Query{Words: words("early"), Desc: true}},
		{"keystroke, a tenth matches, last", connectors.Query{Words: words("lately")}},
		{"keystroke, a tenth matches, last, by test", connectors.Query{Words: words("lately"), Sort: connectors.ByTested}},
		{"keystroke, a tenth matches, last, by tenant", connectors.Query{Words: words("lately"), Sort: connectors.ByTenant}},
		{"keystroke, a provider's name", connectors.Query{Words: []connectors.Word{{Text: "workspace", Providers: []string{"google"}}}}},
		{"keystroke, fails", connectors.Query{Words: words("tenant"), States: []connectors.State{connectors.Fails}}},
		{"of a provider", connectors.Query{Provider: "google"}},
		{"of a provider, by state", connectors.Query{Provider: "google", Sort: connectors.ByState}},
		{"of a provider, by tenant", connectors.Query{Provider: "google", Sort: connectors.ByTenant}},
		{"clouds", connectors.Query{Kind: connectors.KindCloud}},
		{"of a service", connectors.Query{Service: "archive"}},
		{"of a rare service", connectors.Query{Service: "journal"}},
		{"of a rare service, by age", connectors.Query{Service: "journal", Sort: connectors.ByCreated, Desc: true}},
		{"of a service that none has", connectors.Query{Service: "none"}},
		{"ending soon", connectors.Query{Expiring: at(0)}},
		{"works, of a provider", connectors.Query{Provider: "google", States: []connectors.State{connectors.Works}}},
		{"failing", connectors.Query{States: []connectors.State{connectors.Fails}}},
		{"of a tenant", connectors.Query{Tenant: "tenant000042.example"}},
	}
	for _, tt := range asks {
		tt.ask.Limit = page
		compare(b, tt.name, few, many, func(r connectors.Registry) error {
			ids, err := r.IDs(b.Context(), tt.ask)
			if err == nil {
				_, err = r.Rows(b.Context(), ids)
			}
			return err
		})
	}
	compare(b, "counts", few, many, func(r connectors.Registry) error {
		_, err := r.Counts(b.Context(), connectors.Query{})
		return err
	})
	compare(b, "all ids", few, many, func(r connectors.Registry) error {
		_, err := r.IDs(b.Context(), connectors.Query{})
		return err
	})
	compare(b, "get", few, many, func(r connectors.Registry) error {
		_, err := r.Get(b.Context(), "tenant000567")
		return err
	})
}

// compare measures work with few and with many, as the median of each and
// their ratio.
func compare(b *testing.B, name string, few, many connectors.Registry, work func(r connectors.Registry) error) {
	b.Run(name, func(b *testing.B) {
		BenchmarkBeside(b, "few", func() error { return work(few) }, "many", func() error { return work(many) })
	})
}

// BenchmarkBeside measures two things turn by turn, as the median of each and
// the ratio of the second to the first.
func BenchmarkBeside(b *testing.B, one string, first func() error, other string, second func() error) {
	var firsts, seconds []time.Duration
	for b.Loop() {
		firsts = append(firsts, took(b, first))
		seconds = append(seconds, took(b, second))
	}
	f, s := median(firsts), median(seconds)
	b.ReportMetric(float64(f.Microseconds()), one+"-µs")
	b.ReportMetric(float64(s.Microseconds()), other+"-µs")
	b.ReportMetric(float64(s)/float64(f), other+"/"+one)
	b.ReportMetric(0, "ns/op") // both together say nothing
}

func took(b *testing.B, work func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// BenchmarkCreate measures a whole registration, secret included, beside what a
// store takes for one durable commit of one row, turn by turn.
func BenchmarkCreate(b *testing.B, k *connectors.Keeper, s secret.Secret, commit func() error) {
	n := 0
	BenchmarkBeside(b, "commit", commit, "create", func() error {
		n++
		_, err := k.Register(b.Context(), Exchange(fmt.Sprint(b.Name(), n, time.Now().UnixNano())), s)
		return err
	})
}
