package transfer

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

const head = `{"format":"fairlead-connectors","version":1,"contents":"export","made":"2026-11-24T12:00:00Z",`

func bytesOf(data []byte) io.Reader { return bytes.NewReader(data) }

func TestBadFilesAreExplained(t *testing.T) {
	good := `{"name":"A","provider":"exchange","tenant":"a.example","services":["s"]}`
	for name, test := range map[string]struct{ text, want string }{
		"nothing":          {"", "the file is empty"},
		"spaces":           {" \n\t", "the file is empty"},
		"UTF-16":           {"\xff\xfen\x00", "UTF-16"},
		"not JSON":         {head + "\n\"connectors\":[\n{\"name\": A}]}", "line 3: this is not JSON"},
		"cut off":          {head + "\n\"connectors\":[\n" + good, "line 3: the file ends too early"},
		"cut off at once":  {"{", "the file ends too early"},
		"other JSON":       {`{"a": 1}`, "no file of Fairlead's"},
		"newer":            {strings.Replace(head, `"version":1`, `"version":2`, 1) + `"boxes":[]}`, "Use the newer version"},
		"older":            {strings.Replace(head, `"version":1`, `"version":0`, 1) + `"connectors":[]}`, "version: it is missing"},
		"contents":         {strings.Replace(head, `"export"`, `"x"`, 1) + `"connectors":[]}`, "contents: it is \"x\""},
		"more after":       {head + `"connectors":[]}` + "\n{}", "line 2: something follows"},
		"unknown list":     {head + "\n\"boxes\":[1]}", "line 2: boxes: there is no field"},
		"no list":          {head + "\n\"connectors\":{}}", "line 2: connectors: it is not a list"},
		"unknown field":    {head + "\"connectors\":[\n" + good + ",\n{\"nam\":\"B\"}]}", "line 3: connectors: there is no field \"nam\""},
		"wrong type":       {head + "\"connectors\":[\n{\"name\":\"A\",\n\"tenant\":1}]}", "line 3: connectors.tenant: a number stands there"},
		"no time":          {head + "\"connectors\":[\n{\"name\":\"A\",\"created\":\"yesterday\"}]}", `line 2: connectors: "yesterday`},
		"no name":          {head + "\"connectors\":[\n\n" + strings.Replace(good, `"A"`, `""`, 1) + "]}", "line 3: name: The connector has no name"},
		"no tenant":        {head + "\"connectors\":[\n" + strings.Replace(good, `"a.example"`, `" "`, 1) + "]}", "line 2: tenant: "},
		"no id":            {head + "\"connectors\":[\n" + strings.Replace(good, `{`, `{"id":"7",`, 1) + "]}", "line 2: id: \"7\" is no id"},
		"no kind":          {head + "\"documents\":[\n{\"id\":\"1\",\"content\":{}}]}", "line 2: kind: it is missing"},
		"attachment":       {head + "\"connectors\":[\n" + strings.Replace(good, `{`, `{"attachments":[{"service":"other","task":"t"}],`, 1) + "]}", "line 2: attachments: "},
		"CSV columns":      {"name,provider,tenant,servics\n", "line 1: servics: there is no column"},
		"CSV missing":      {"name,provider,tenant\n", "line 1: services: the column is missing"},
		"CSV twice":        {"name,name,provider,tenant,services\n", "line 1: name: the column is there twice"},
		"CSV quotes":       {"name,provider,tenant,services\nA,\"b\"c,d,e\n", "line 2: column"},
		"CSV too many":     {"name,provider,tenant,services\n\nA,exchange,a,s,x\n", "line 3: the row has 5 columns"},
		"CSV rule":         {"name,provider,tenant,services\nA,exchange,a,s\n,exchange,b,s\n", "line 3: name: The connector has no name"},
		"CSV attachment":   {"name,provider,tenant,services,attachments\nA,exchange,a,s,x\n", "line 2: attachments: \"x\" does not begin"},
		"CSV not UTF-8":    {"name,provider,tenant,services\nB\xfcro,exchange,a,s\n", "line 2: name: the text is not UTF-8"},
		"a picture":        {"\x89PNG\r\n\x1a\n\x00", "line 1: "},
		"two cloud tasks":  {"name,provider,tenant,services\nA,google,a,s;t\n", "line 2: services: A connector to a cloud"},
		"several problems": {"name,provider,tenant,services\n,exchange,a,s\n,exchange,b,s\n", "line 3: name"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Read(strings.NewReader(test.text))
			if _, ok := errors.AsType[Problems](err); !ok || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, wanted %q", err, test.want)
			}
			if f != nil {
				t.Error("something of a bad file is returned")
			}
		})
	}
}

// endless is a file without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestFileThatIsTooLarge(t *testing.T) {
	for _, start := range []string{"", head + `"by": "`, "name,provider,tenant,services\n"} {
		if _, err := readAtMost(io.MultiReader(strings.NewReader(start), endless{}), 1<<20); err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
			t.Errorf("%q: %v", start, err)
		}
	}
}

func TestProblemsAreBounded(t *testing.T) {
	text := "name,provider,tenant,services\n" + strings.Repeat(",,,\"x\"\n", 1000)
	_, err := Read(strings.NewReader(text))
	if problems, ok := errors.AsType[Problems](err); !ok || len(problems) != maxProblems {
		t.Errorf("%v", err)
	}
}

func FuzzGuard(f *testing.F) {
	for _, cell := range []string{"", "=1+1", "'=1", "''-", "'", "plain", "＝1", "\tx"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		got := guard(cell)
		if got != "" && strings.IndexAny(got, formulas) == 0 {
			t.Errorf("%q is a formula", got)
		}
		if back := unguard(got); back != cell {
			t.Errorf("%q came back as %q", cell, back)
		}
	})
}

// FuzzRead reads what others have sent. What is taken is valid.
func FuzzRead(f *testing.F) {
	for _, seed := range [][]byte{
		[]byte(head + `"connectors":[{"name":"A","provider":"exchange","tenant":"a","services":["s"],"settings":{"url":"u"},"reports":[{"checks":[]}]}],"drafts":[{"id":"1","answers":{}}]}`),
		[]byte("name,provider,tenant,services,attachments,setting url\r\n'=A,exchange,a,\"s\nt\",s: x,https://a\r\n"),
		[]byte(head + `"connectors":null}`), []byte("\ufeffname;provider;tenant;services\nA;google;b;c"),
		[]byte(`{"connectors":[{}],"version":9}`), []byte("{\"a\":[[[["),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read(bytes.NewReader(data))
		if err != nil {
			if file != nil {
				t.Fatal("a bad file is returned")
			}
			return
		}
		for _, r := range file.Connectors {
			if err := r.Valid(); err != nil || r.Line < 1 {
				t.Errorf("line %d: %v", r.Line, err)
			}
		}
	})
}
