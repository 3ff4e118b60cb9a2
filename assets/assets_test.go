package assets

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheCatalogueLoads(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Services) != 7 {
		t.Errorf("the guide names seven services, the catalogue %d", len(c.Services))
	}
	uses := map[string]int{}
	for _, s := range c.Services {
		for _, p := range s.Providers {
			uses[p.ID]++
		}
	}
	if uses["google"] != 1 {
		t.Errorf("Google Workspace is for Remediation alone, the catalogue has it %d times", uses["google"])
	}
	if s, _ := c.Service("directory-synchronization"); s.Uses("exchange") {
		t.Error("Directory Synchronization is Entra only")
	}
}

func TestABadServiceIsNamed(t *testing.T) {
	good := "id: a\nname: A\nsummary: s\nproviders: [{id: exchange}]\nsources: [x]\n"
	for name, c := range map[string]struct{ text, want string }{
		"good":          {good, ""},
		"unknown key":   {good + "colour: red\n", "colour"},
		"no source":     {strings.Replace(good, "sources: [x]\n", "", 1), "sources"},
		"bad provider":  {strings.Replace(good, "exchange", "lotus", 1), "lotus"},
		"other id":      {strings.Replace(good, "id: a", "id: b", 1), "file's name"},
		"two documents": {good + "---\n" + good, "more than one"},
		"not YAML":      {"\x00\x01", "a.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadCatalogue(fstest.MapFS{
				"platforms.yaml": {Data: []byte("[{id: exchange, name: Exchange}]")}, "catalogue/a.yaml": {Data: []byte(c.text)},
				"regions.yaml": {Data: []byte(goodRegions)},
			})
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "a.yaml")):
				t.Errorf("the error is %v, it should name the file and %q", err, c.want)
			}
		})
	}
}

func TestTranslationsLoad(t *testing.T) {
	for _, code := range append(Languages(), "en", "") {
		if _, err := LoadTranslation(code); err != nil {
			t.Error(err)
		}
	}
	if _, err := LoadTranslation("xx"); err == nil || !strings.Contains(err.Error(), "de") {
		t.Errorf("an unknown language gives %v", err)
	}
}

func FuzzParseService(f *testing.F) {
	f.Add([]byte("id: a\nname: A\nsummary: s\nproviders: [{id: exchange}]\nsources: [x]\n"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = Catalogue{}.parseService(data) })
}
