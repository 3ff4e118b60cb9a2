package assets

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheCatalogueLoads(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Services) != 7 || len(c.Clouds) != 7 {
		t.Errorf("the guide names seven services, the catalogue %d; of seven clouds it has %d", len(c.Services), len(c.Clouds))
	}
	uses := map[string]int{}
	for _, s := range c.Services {
		for _, p := range s.Providers {
			uses[p.ID]++
		}
	}
	if uses["google"] != 1 || uses["microsoft365"] != 7 {
		t.Errorf("Google Workspace is for Remediation alone and Microsoft 365 for all, the catalogue has them %v times", uses)
	}
	if s, _ := c.Service("directory-synchronization"); s.Uses("exchange") {
		t.Error("Directory Synchronization is Entra only")
	}
}

func TestPermissionsHaveTheirIDs(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	s, _ := c.Service("continuity")
	u, _ := s.Usage("microsoft365")
	want := map[string]string{
		"full_access_as_app": "dc890d15-9560-4a4c-9b7f-a736ec74ec40",
		"Domain.Read.All":    "dbb9058a-0e50-45d7-ae91-66909b5d4664",
		"User.Read":          "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
	}
	got := map[string]string{}
	for _, p := range u.In("gcc-high") {
		got[p.Name] = p.Grant.ID
	}
	if !maps.Equal(got, want) {
		t.Errorf("the permissions are %v, they should be %v", got, want)
	}
	if u.EWS != Needed || u.Known != Something || u.Application("china").Known() {
		t.Errorf("what is known of Continuity is %+v", u)
	}
	graph, _ := c.Resource("00000003-0000-0000-C000-000000000000")
	if g, ok := graph.Role("E2A3A72E-5F79-4C64-B1B1-878B674786C9"); !ok || g.Name != "Mail.ReadWrite" || len(graph.Roles) != 716 {
		t.Errorf("of %d roles of Graph, that with the id of Mail.ReadWrite is %+v", len(graph.Roles), g)
	}
}

func TestTheCloudOfATenant(t *testing.T) {
	c, err := LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ graph, scope, want string }{
		{"graph.microsoft.com", "", "worldwide"},
		{"graph.microsoft.com", "GCC", "gcc"},
		{"graph.microsoft.com", "WW", "worldwide"},
		{"graph.microsoft.us", "DODCON", "gcc-high"},
		{"graph.microsoft.us", "", "gcc-high"},
		{"dod-graph.microsoft.us", "DOD", "dod"},
		{"microsoftgraph.chinacloudapi.cn", "", "china"},
		{"graph.svc.sovcloud.fr", "", "bleu"},
		{"graph.svc.sovcloud.de", "", "delos"},
		{"graph.evil.example", "", ""},
	} {
		if got, _ := c.Clouds.Of(test.graph, test.scope); got.ID != test.want {
			t.Errorf("%s with %q is the cloud %q, it should be %q", test.graph, test.scope, got.ID, test.want)
		}
	}
	if logins := c.Clouds.Logins(); len(logins) != 5 || logins[0] != "login.microsoftonline.com" {
		t.Errorf("the hosts of sign-in are %v", logins)
	}
}

// small is a catalogue of one service that uses everything a file can say.
const small = `id: a
name: A
summary: s
providers:
  - id: microsoft365
    ews: unknown
    applications: [{id: unknown, name: unknown, clouds: [one]}]
    known: everything
    permissions:
      - {kind: application, resource: graph, name: Mail.Read, reason: r}
    links: [{title: t, url: "https://a.example/"}]
sources: [x]
`

func smallCatalogue(service string) fstest.MapFS {
	const table = "# source\nvalue\tid\tdisplay\nMail.Read\t810c84a8-4a9e-49e6-bf7d-12d183f40d01\tRead mail\n"
	return fstest.MapFS{
		"platforms.yaml":               {Data: []byte("[{id: microsoft365, name: Microsoft 365}]")},
		"regions.yaml":                 {Data: []byte(goodRegions)},
		"clouds.yaml":                  {Data: []byte("[{id: one, name: One, login: l.example, graph: g.example, exchange: e.example, portal: unknown}]")},
		"permissions/resources.yaml":   {Data: []byte("[{id: graph, name: Graph, application: 00000003-0000-0000-c000-000000000000}]")},
		"permissions/graph-roles.tsv":  {Data: []byte(table)},
		"permissions/graph-scopes.tsv": {Data: []byte(table)},
		"catalogue/a.yaml":             {Data: []byte(service)},
	}
}

func TestABadServiceIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ old, by, want string }{
		"good":              {"", "", ""},
		"unknown key":       {"summary: s", "summary: s\ncolour: red", `a.yaml:4: there is no field called "colour"`},
		"wrong type":        {"ews: unknown", "ews: [x]", "a.yaml:6: "},
		"no source":         {"sources: [x]\n", "", "sources"},
		"no name at all":    {"name: A\nsummary: s", "name: ''\nsummary: ''", "a.yaml:2: "},
		"no summary":        {"summary: s", "summary: ''", "a.yaml:3: "},
		"bad provider":      {"id: microsoft365", "id: lotus", `a.yaml:5: provider "lotus"`},
		"other id":          {"id: a", "id: b", "a.yaml:1: "},
		"two documents":     {"sources: [x]\n", "sources: [x]\n---\nid: a\n", "more than one"},
		"not YAML":          {"id: a", "\x00\x01", "a.yaml:"},
		"ews missing":       {"    ews: unknown\n", "", "ews is"},
		"nothing and more":  {"known: everything", "known: nothing", "a.yaml:8: "},
		"known missing":     {"    known: everything\n", "", "known is"},
		"no such role":      {"name: Mail.Read,", "name: Mail.Eat,", `a.yaml:10: Graph has no permission "Mail.Eat"`},
		"no such resource":  {"resource: graph", "resource: grapes", `a.yaml:10: resource "grapes"`},
		"resource by id":    {"resource: graph", "resource: 00000003-0000-0000-c000-000000000000", "a.yaml:10: resource"},
		"no such kind":      {"kind: application", "kind: gift", `a.yaml:10: kind is "gift"`},
		"resource too many": {"kind: application", "kind: delegation", "has no resource"},
		"no reason":         {"reason: r", "reason: ' '", "the reason for it"},
		"no such cloud":     {"clouds: [one]", "clouds: [nine]", `a.yaml:7: cloud "nine"`},
		"bad client id":     {"{id: unknown,", "{id: 1234,", `a.yaml:7: "1234" is not an application id`},
		"no client id":      {"{id: unknown, name", "{name", "a.yaml:7: an application needs"},
		"plain link":        {"https://a", "http://a", "a.yaml:11: "},
		"twice":             {"  - id: microsoft365", "  - {id: microsoft365, ews: unknown, known: nothing}\n  - id: microsoft365", "a.yaml:6: the provider"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadCatalogue(smallCatalogue(strings.Replace(small, c.old, c.by, 1)))
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "catalogue/a.yaml:")):
				t.Errorf("the error is %v, it should name the file and %q", err, c.want)
			}
		})
	}
}

func TestBadListsAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"cloud twice":    {"clouds.yaml", "- &a {id: one, name: One, login: l.example, graph: g.example, exchange: e.example, portal: unknown}\n- *a\n", "clouds.yaml:"},
		"cloud's host":   {"clouds.yaml", "- {id: one, name: One, login: https://l.example, graph: g.example, exchange: e.example, portal: unknown}", "clouds.yaml:1: login"},
		"no host":        {"clouds.yaml", "- {id: one, name: One, login: l.example, graph: unknown, exchange: e.example, portal: unknown}", "clouds.yaml:1: graph"},
		"no clouds":      {"clouds.yaml", "[]", "clouds.yaml:1: "},
		"no name":        {"clouds.yaml", "- {id: one}", "clouds.yaml:1: "},
		"resource's id":  {"permissions/resources.yaml", "- {id: graph, name: G, application: 7}", "resources.yaml:1: "},
		"no table":       {"permissions/resources.yaml", "- {id: grapes, name: G, application: 00000003-0000-0000-c000-000000000000}", "permissions/grapes-"},
		"no heading":     {"permissions/graph-roles.tsv", "#\na\tb\tc\n", "graph-roles.tsv:2: the heading"},
		"columns":        {"permissions/graph-roles.tsv", "value\tid\tdisplay\na\tb\n", "graph-roles.tsv:2: "},
		"no id":          {"permissions/graph-roles.tsv", "value\tid\tdisplay\na\tb\tc\n", `graph-roles.tsv:2: "b"`},
		"name twice":     {"permissions/graph-roles.tsv", "value\tid\tdisplay\n" + strings.Repeat("a\t810c84a8-4a9e-49e6-bf7d-12d183f40d01\tc\n", 2), "graph-roles.tsv:3: "},
		"platforms file": {"platforms.yaml", "- {colour: red}", "platforms.yaml:1: "},
	} {
		files := smallCatalogue(small)
		files[c.file] = &fstest.MapFile{Data: []byte(c.text)}
		if _, err := loadCatalogue(files); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, it should say %q", name, err, c.want)
		}
	}
}

func TestAnAdminsOwnFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own := strings.ReplaceAll(small, "clouds: [one]", "clouds: [worldwide]")
	write("a.yaml", own)
	write("continuity.yaml", strings.Replace(own, "id: a\nname: A", "id: continuity\nname: Continuity of ours", 1))
	write("notes.txt", "not a service")
	c, err := LoadCatalogue(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := c.Service("continuity"); len(c.Services) != 8 || s.Name != "Continuity of ours" || c.Services[0].ID != "a" {
		t.Errorf("of %d services, Continuity is %+v and the first %q", len(c.Services), s, c.Services[0].ID)
	}
	write("a.yaml", "id: a\ncolour: red\n")
	if _, err := LoadCatalogue(dir); err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "a.yaml:2: ") {
		t.Errorf("the error is %v, it should name folder, file and line", err)
	}
	if _, err := LoadCatalogue(filepath.Join(dir, "missing")); err == nil {
		t.Error("a folder that is not there is no error")
	}
}

func FuzzParseService(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("providers: [{permissions: [{clouds: [x]}]}]\nid: &x a\nname: *x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := loadCatalogue(smallCatalogue(string(data)))
		switch {
		case err != nil && !strings.Contains(err.Error(), "catalogue/a.yaml:"):
			t.Errorf("the error does not name the file and a line: %v", err)
		case err == nil && (len(c.Services) != 1 || c.Services[0].ID != "a"):
			t.Errorf("the catalogue is %+v", c.Services)
		}
	})
}

func FuzzParseGrants(f *testing.F) {
	f.Add("value\tid\tdisplay\na\t810c84a8-4a9e-49e6-bf7d-12d183f40d01\tb\n")
	f.Fuzz(func(t *testing.T, table string) {
		list, _ := parseGrants(table)
		for _, g := range list {
			if g.Name == "" || !guidForm().MatchString(g.ID) || g.Display == "" {
				t.Errorf("a permission of %+v", g)
			}
		}
	})
}
