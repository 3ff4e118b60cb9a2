package assets

import (
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"
)

const goodRegions = `asOf: '2025'
page: p
global: all.example
directory: {gap: none}
validation: {host: validate.example, days: 30, source: s, read: '2026-11-24'}
regions:
- {id: eu, name: Europe, account: CE, ranges: [192.0.2.0/24], mx: {hosts: [mx.example], source: s, read: '2026-11-24'}, outbound: {gap: g}, journal: {gap: g}}
- {id: us, name: US, mx: {gap: g}, outbound: {gap: g}, journal: {gap: g}}
sources: [x]
`

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
		"no hosts":    {"mx: {gap: g}", "mx: {}", "either hosts or a gap"},
		"both":        {"mx: {gap: g}", "mx: {gap: g, hosts: [mx.example], source: s, read: d}", "either hosts or a gap"},
		"no origin":   {"source: s, read: '2026-11-24'}, outbound", "unsure: true}, outbound", "source"},
		"no host":     {"hosts: [mx.example]", "hosts: [mx]", "not the name of a host"},
		"no days":     {"days: 30", "days: 0", "validation"},
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

func TestTheHostsOfTheRegions(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][3]int{ // how many hosts for mail in, out and journals
		"eu": {2, 2, 2}, "de": {2, 2, 2}, "us": {2, 2, 2}, "usb": {2, 0, 0}, "us-public": {}, "ca": {}, "au": {2, 2, 2}, "za": {2, 2, 0}, "je": {0, 2, 2},
	} {
		r, ok := c.Regions.Find(id)
		if got := [3]int{len(r.MX.Names), len(r.Outbound.Names), len(r.Journal.Names)}; !ok || got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	eu, _ := c.Regions.Find("eu")
	if !strings.Contains(eu.MX.Note(), "No good source") || strings.Contains(eu.Outbound.Note(), "No good source") {
		t.Errorf("what is known of Europe: %s / %s", eu.MX.Note(), eu.Outbound.Note())
	}
	ca, _ := c.Regions.Find("ca")
	if !strings.Contains(ca.MX.Note(), "Not found") {
		t.Errorf("the gap is not said: %q", ca.MX.Note())
	}
	if c.Regions.Directory.Known() || (Hosts{}).Note() == "" {
		t.Error("a gap is not said")
	}
}

func TestTheRegionOfAnAccountCode(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"CDE12A345": "de", " cusa7a1 ": "us", "CUSB1": "usb", "CUK1A2": "eu", "CCA9": "ca", "CAU": "au", "CSA1": "za", "CUS": "", "": "", "XDE1": "",
	} {
		if r, ok := c.Regions.OfAccount(code); r.ID != want || ok != (want != "") {
			t.Errorf("%q is of %q, want %q", code, r.ID, want)
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
