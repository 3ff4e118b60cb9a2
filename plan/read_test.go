package plan

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const sample = `title: The move
organisations:
  - name: Contoso
    mailboxes: both
    services: [continuity, remediation]
    tenants:
      - tenant: contoso.example
        granted: [continuity]
      - provider: exchange
        tenant: contoso.example
        address: svc@contoso.example
        security: strict
  - name: Fabrikam
    services: remediation
    tenants:
      - {provider: google, tenant: C01234567, address: anna@fabrikam.example, services: []}
`

func TestReadYAML(t *testing.T) {
	e, err := Read("estate.yaml", []byte(sample), catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	want := Environment{Title: "The move", Organisations: []Organisation{
		{Name: "Contoso", Mailboxes: InBoth, Services: []string{"continuity", "remediation"}, Tenants: []Tenant{
			{Provider: microsoft365, Tenant: "contoso.example", Granted: []string{"continuity"}},
			{Provider: exchange, Tenant: "contoso.example", Address: "svc@contoso.example", Security: "strict"},
		}},
		{Name: "Fabrikam", Services: []string{"remediation"}, Tenants: []Tenant{
			{Provider: google, Tenant: "C01234567", Address: "anna@fabrikam.example", Services: []string{}},
		}},
	}}
	if !reflect.DeepEqual(e, want) {
		t.Errorf("read %+v", e)
	}
}

func TestReadCSV(t *testing.T) {
	e, err := Read("estate.CSV", []byte("\ufeffOrganisation;Mailboxes;Provider;Tenant;Services\r\n"+
		"Contoso;cloud;;contoso.example;continuity, remediation\r\nContoso;;microsoft365;fabrikam.example;\r\n;;;;\r\n"+
		"Contoso;cloud;google;C01234567;none\r\n"), catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	want := Environment{Organisations: []Organisation{{
		Name: "Contoso", Mailboxes: InCloud, Services: []string{"continuity", "remediation"}, Tenants: []Tenant{
			{Provider: microsoft365, Tenant: "contoso.example"},
			{Provider: microsoft365, Tenant: "fabrikam.example"},
			{Provider: google, Tenant: "C01234567", Services: []string{}},
		},
	}}}
	if !reflect.DeepEqual(e, want) {
		t.Errorf("read %+v", e)
	}
}

// TestProblems: whatever is wrong is named with its place and what to type.
func TestProblems(t *testing.T) {
	c := catalogue(t)
	one := func(tenant string) string {
		return "organisations:\n- name: A\n  services: [remediation]\n  tenants:\n  - " + tenant + "\n"
	}
	for _, test := range []struct{ name, data, want string }{
		{"e.yaml", "", "the file is empty: \"fairleadctl plan example\""},
		{"e.yaml", "# nothing\n", "the file is empty"},
		{"e.yaml", "a: [", "this is not YAML"},
		{"e.yaml", "a: 1\n---\nb: 2\n", "more than one document"},
		{"e.yaml", "- a\n", "e.yaml:1:1: lines of the form"},
		{"e.yaml", "organisation: []\n", "e.yaml:1:1: organisation is no key here; was organisations meant? It can be organisations, title"},
		{"e.yaml", "title: A\norganisations: []\n", "e.yaml:2:16: organisations is empty: name at least one"},
		{"e.yaml", "organisations: Contoso\n", "e.yaml:1:16: organisations is a list"},
		{"e.yaml", "title: A\ntitle: B\n", "stands here a second time"},
		{"e.yaml", "title: &x A\n", "e.yaml:1:1: title uses an anchor"},
		{"e.yaml", "title: [A]\n", "e.yaml:1:8: title takes one text"},
		{"e.yaml", "title: =1+1\norganisations: [{name: A, tenants: [{tenant: a.example}]}]\n", "title begins with =, which spreadsheets"},
		{"e.yaml", "organisations: [{name: A, tenants: []}]\n", "tenants is empty: name at least one tenant of A"},
		{"e.yaml", "organisations: [{tenants: [{tenant: a.example}]}]\n", "e.yaml:1:17: name is missing"},
		{"e.yaml", "organisations: [{name: A, tenants: [{tenant: a.example}]}, {name: a, tenants: [{tenant: b.example}]}]\n", "name \"a\" is there twice"},
		{"e.yaml", one("{tenant: a.example, services: [remediatoin]}"), "e.yaml:5:35: services has no service \"remediatoin\"; was remediation meant?"},
		{"e.yaml", one("{tenant: a.example, services: [remediation, remediation]}"), "names remediation twice"},
		{"e.yaml", one("{tenant: a.example, service: x}"), "e.yaml:5:25: service is no key here; was services meant?"},
		{"e.yaml", one("{provider: microsoft, tenant: a.example}"), "provider cannot be \"microsoft\"; was microsoft365 meant?"},
		{"e.yaml", one("{provider: exchange}"), "e.yaml:5:5: tenant is missing: type the mail domain"},
		{"e.yaml", one("{tenant: anna@a.example}"), "e.yaml:5:14: tenant cannot be \"anna@a.example\": this is a mail address; type only what stands after the @"},
		{"e.yaml", one("{provider: google, tenant: a.example}"), "this is a domain"},
		{"e.yaml", one("{tenant: a.example, cloud: gcchigh}"), "cloud cannot be \"gcchigh\"; was gcc-high meant?"},
		{"e.yaml", one("{tenant: a.example, id: 7}"), "id will not do: this is not a tenant id"},
		{"e.yaml", one("{tenant: a.example, url: 'https://a.example'}"), "url belongs to Exchange on-premises only"},
		{"e.yaml", one("{tenant: a.example, address: a@a.example}"), "address belongs to Exchange and Google Workspace only"},
		{"e.yaml", one("{provider: exchange, tenant: a.example, address: a@b.example}"), "address is in another domain than the tenant a.example"},
		{"e.yaml", one("{provider: exchange, tenant: a.example, url: 'http://a.example'}"), "url will not do"},
		{"e.yaml", one("{provider: exchange, tenant: a.example, security: lax}"), "type strict or relaxed"},
		{"e.yaml", one("{provider: exchange, tenant: a.example, granted: [remediation]}"), "granted belongs to Microsoft 365 only"},
		{"e.yaml", one("{tenant: a.example}\n  - {tenant: A.example}"), "e.yaml:6:14: tenant A.example is there twice"},
		{"e.yaml", one("{tenant: a.example}\n  - {provider: exchange, tenant: a.example}"), "e.yaml:2:3: mailboxes is missing: A has Exchange and a tenant in a cloud; say where its mailboxes are: cloud, on-premises, both"},
		{"e.yaml", "organisations: [{name: A, mailboxes: clowd, tenants: [{tenant: a.example}]}]", "mailboxes cannot be \"clowd\"; was cloud meant?"},
		{"e.yaml", "organisations: [{name: A, mailboxes: both, tenants: [{tenant: a.example}]}]", "A has no Exchange"},
		{"e.yaml", "organisations: [{name: A, mailboxes: both, tenants: [{provider: exchange, tenant: a.example}]}]", "A has no tenant in a cloud"},
		{"e.csv", "", "the file is empty"},
		{"e.csv", "organisation,tenant\n", "headings only"},
		{"e.csv", "organisation,tennant\nA,a.example\n", "e.csv:1:14: tennant is no column; was tenant meant?"},
		{"e.csv", "organisation,tenant,tenant\n", "tenant is there twice"},
		{"e.csv", "tenant\na.example\n", "e.csv:1:1: organisation is a column that every file needs"},
		{"e.csv", "organisation,tenant\nA,a.example,b\n", "e.csv:2:1: the line has 3 columns and the headings 2"},
		{"e.csv", "organisation,tenant\nA,\"a.example\n", "e.csv: line 2, column 14: this is not CSV"},
		{"e.csv", "organisation,tenant,services\nA,a.example,remediatoin\n", "e.csv:2:13: services has no service"},
		{"e.csv", "organisation,tenant,mailboxes\nA,a.example,cloud\nA,b.example,both\n", "e.csv:3:13: mailboxes is both here and cloud above"},
		{"e.yaml", "\xff", "save it as UTF-8"},
		{"e.yaml", strings.Repeat("#", MaxSize+1), "this is no environment"},
	} {
		t.Run(test.want, func(t *testing.T) {
			_, err := Read(test.name, []byte(test.data), c)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%q: %v", test.data[:min(100, len(test.data))], err)
			}
		})
	}
}

// TestCheckWithoutFile: an environment that was typed has problems without lines.
func TestCheckWithoutFile(t *testing.T) {
	err := Environment{Organisations: []Organisation{{Name: "A", Tenants: []Tenant{{Provider: microsoft365}}}}}.Check(catalogue(t))
	problems, ok := errors.AsType[*Problems](err)
	if !ok || len(problems.List) != 1 || problems.List[0].Line != 0 || !strings.HasPrefix(err.Error(), "tenant is missing: type a domain") {
		t.Errorf("%v", err)
	}
}

// TestWrittenIsRead: what is written is read back the same.
func TestWrittenIsRead(t *testing.T) {
	c := catalogue(t)
	rapid.Check(t, func(t *rapid.T) {
		e := estate(t)
		e.Title = "The estate"
		for form, write := range map[string]func() ([]byte, error){"e.yaml": e.YAML, "e.csv": e.CSV} {
			data, err := write()
			if err != nil {
				t.Fatal(err)
			}
			again, err := Read(form, data, c)
			if err != nil {
				t.Fatalf("%v in\n%s", err, data)
			}
			if got, want := New(again, c, Existing{}).Needs, New(e, c, Existing{}).Needs; !sameNeeds(got, want) {
				t.Fatalf("%s reads back as %+v", data, again)
			}
			if form == "e.yaml" && !reflect.DeepEqual(again, e) {
				t.Fatalf("%s reads back as %+v, not %+v", data, again, e)
			}
		}
	})
}

func sameNeeds(a, b []Need) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Tenant.Tenant != b[i].Tenant.Tenant || !reflect.DeepEqual(a[i].Services, b[i].Services) || a[i].Organisation.Name != b[i].Organisation.Name {
			return false
		}
	}
	return true
}

// FuzzRead: no file breaks the reader, and what it takes can be written and read
// again.
func FuzzRead(f *testing.F) {
	f.Add(true, []byte(sample))
	f.Add(false, []byte("organisation,tenant\nA,a.example\n"))
	f.Add(true, []byte("organisations: [{name: A, tenants: [{tenant: a.example, services: none}]}]"))
	f.Add(true, []byte("? [a]\n: b\n"))
	f.Add(false, []byte("organisation;tenant;services\n\"A\nB\";a.example;|,\n"))
	c := catalogue(f)
	f.Fuzz(func(t *testing.T, isYAML bool, data []byte) {
		name := "e.csv"
		if isYAML {
			name = "e.yaml"
		}
		e, err := Read(name, data, c)
		if err != nil {
			if problems, ok := errors.AsType[*Problems](err); ok {
				for _, p := range problems.List {
					if p.Line < 1 || p.Column < 1 || p.Text == "" {
						t.Fatalf("no place: %+v", p)
					}
				}
			}
			return
		}
		again, err := e.YAML()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read("e.yaml", again, c); err != nil {
			t.Fatalf("%v in\n%s", err, again)
		}
		New(e, c, Existing{})
	})
}
