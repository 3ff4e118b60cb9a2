package stored

import (
	"slices"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

func TestSigns(t *testing.T) {
	c := connectors.Connector{Provider: "google", Services: []string{"archive"}}
	got := Signs(c, "añ'\nab\n\nb")
	want := []string{"a", "añ", "añ'", "ñ", "ñ'", "'", "ab", "b", "cloud", "provider google", "service archive"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("signs are %q, want %q", got, want)
	}
}

// FuzzNarrow searches for a name: what an index knows must not rule its
// connector out.
func FuzzNarrow(f *testing.F) {
	for _, seed := range []string{"Über & ß", `it's \ 'x'`, "\xff\xfe a", "", "ab"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		c := registrytest.Exchange("a")
		c.Name = name
		q := connectors.Query{Words: []connectors.Word{{Text: connectors.Key(name)}, {Text: "a.example"}}, Kind: connectors.KindExchange}
		signs := Derive(c).Signs()
		for _, choices := range Narrow(q) {
			for _, want := range choices[0] {
				if !slices.Contains(signs, want) {
					t.Errorf("%q has no %q", name, want)
				}
			}
		}
	})
}
