package assets

import (
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"
)

const goodRegions = "asOf: '2025'\npage: p\nregions: [{id: eu, name: Europe, ranges: [192.0.2.0/24]}, {id: us, name: US}]\nsources: [x]\n"

func TestTheRegionsLoad(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, r := range c.Regions.List {
		if len(r.Ranges) > 0 {
			known++
		}
		for _, p := range r.Ranges {
			if p.Addr().IsPrivate() || !p.Addr().IsGlobalUnicast() {
				t.Errorf("%s: nobody connects from %s over the internet", r.ID, p)
			}
		}
	}
	if known != 6 || len(c.Regions.List) != 9 {
		t.Errorf("the ranges of %d in %d regions are known", known, len(c.Regions.List))
	}
	de, ok := c.Regions.Find(" DE ")
	if !ok || de.Account != "CDE" || de.Ranges[0] != netip.MustParsePrefix("51.163.158.0/24") {
		t.Errorf("Germany is %+v, %v", de, ok)
	}
	if _, ok := c.Regions.Find("mars"); ok {
		t.Error("there is a region that does not exist")
	}
	if p, _ := c.Platform("exchange"); len(p.Ports) != 1 || len(p.Unproven) == 0 {
		t.Errorf("what a test of Exchange cannot prove: %+v", p)
	}
}

func TestBadRegionsAreNamed(t *testing.T) {
	for name, test := range map[string]struct{ old, by, want string }{
		"good":        {"", "", ""},
		"no date":     {"asOf: '2025'\n", "", "asOf"},
		"no source":   {"sources: [x]\n", "", "sources"},
		"no name":     {"name: US", "name: ''", "lacks its id or name"},
		"twice":       {"id: us", "id: EU", "twice"},
		"no network":  {"192.0.2.0/24", "192.0.2.1/24", "not a network"},
		"no range":    {"192.0.2.0/24", "everyone", "everyone"},
		"everyone":    {"192.0.2.0/24", "0.0.0.0/0", "not a network"},
		"unknown key": {"name: US", "name: US, moon: full", "moon"},
	} {
		text := strings.Replace(goodRegions, test.old, test.by, 1)
		_, err := parseRegions(fstest.MapFS{"regions.yaml": {Data: []byte(text)}})
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "regions.yaml")):
			t.Errorf("%s: the error is %v, it should name the file and %q", name, err, test.want)
		}
	}
}

func FuzzParseRegions(f *testing.F) {
	f.Add([]byte(goodRegions))
	f.Add([]byte("regions: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parseRegions(fstest.MapFS{"regions.yaml": {Data: data}})
		if err == nil && len(r.List) == 0 {
			t.Error("no regions and no error")
		}
	})
}
