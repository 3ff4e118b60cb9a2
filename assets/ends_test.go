package assets

import (
	"strings"
	"testing"
	"testing/fstest"
)

// The dates are those of Microsoft's lifecycle pages and of the Exchange team.
func TestEndsOfPlatforms(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	days := map[string]string{}
	for _, p := range c.Platforms {
		for _, e := range p.Ends {
			if days[e.ID] != "" {
				t.Errorf("%s stands there twice", e.ID)
			}
			days[e.ID] = e.Day
			if !strings.HasPrefix(e.Source, "https://") {
				t.Errorf("%s has no source", e.ID)
			}
		}
	}
	for id, day := range map[string]string{
		"exchange-2010-support": "2020-10-13", "exchange-2013-support": "2023-04-11", "exchange-2016-support": "2025-10-14",
		"exchange-2019-support": "2025-10-14", "ews-phased": "2026-10-01", "ews-gone": "2027-04-01",
	} {
		if days[id] != day {
			t.Errorf("%s is on %q, not on %s", id, days[id], day)
		}
	}
}

func TestBadEndIsNamed(t *testing.T) {
	head := "- id: exchange\n  name: Exchange\n  ends:\n    - id: a\n      what: w\n      do: d\n      source: https://a.example\n"
	for text, want := range map[string]string{
		head + "      day: 31.12.2026\n":               `platforms.yaml:4: the day "31.12.2026"`,
		head + "      day: 2026-12-31\n      until: b": `platforms.yaml:4: "b" is no later end`,
		head + "      day: 2026-12-31\n      until: a": `"a" is no later end`,
		strings.Replace(head, "do: d", "do:", 1):       "an end needs",
	} {
		_, err := parsePlatforms(fstest.MapFS{"platforms.yaml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v", text, err)
		}
	}
}
