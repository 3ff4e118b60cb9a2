package answers

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

const complete = `
cargo: [tea, wool]
insured: true
port:
  master: master@harbour.example
  berth: https://berth.example/
`

func TestParse(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"complete", complete, ""},
		{"dotted", "port.master: a@b", ""},
		{"byte order mark", "\ufeffrig: sail", ""},
		{"empty", "", "file: the file is empty"},
		{"only comments", "# nothing\n", "file: the file is empty"},
		{"a list", "- tea\n- wool\n", "line 1, column 1: here stands a list"},
		{"a word", "tea", "line 1, column 1: here stands text"},
		{"not YAML", "rig: [sail", "this is not YAML: line 1"},
		{"tab", "port:\n\tmaster: a@b", "this is not YAML: line 2"},
		{"two documents", "rig: sail\n---\nrig: steam\n", "more than one document"},
		{"twice", "rig: sail\nrig: steam\n", "file:2:1: rig stands here a second time; the first is on line 1"},
		{"twice, dotted and nested", "port.flag: a\nport:\n  flag: b\n", "file:3:3: port.flag stands here a second time"},
		{"anchor", "rig: &a sail\n", "line 1, column 6: anchors"},
		{"alias", "x: &a sail\nrig: *a\n", "anchors"},
		{"merge", "port:\n  <<: {flag: a}\n", "line 2, column 3: << cannot"},
		{"list in a list", "cargo: [[tea]]\n", "line 1, column 9: a list holds plain words only"},
		{"key that is a list", "[a, b]: c\n", "a key must be a plain word"},
		{"binary", "rig: \x00\x01", "not UTF-8 text"},
		{"Latin-1", "rig: caf\xe9", "not UTF-8 text"},
		{"enormous", strings.Repeat("a", MaxSize+1), "more than 65536 bytes"},
		{"deep", strings.Repeat("[", 20000), "this is not YAML"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("file", []byte(test.data))
			if test.want == "" && err != nil {
				t.Fatal(err)
			}
			if test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v; want %s", err, test.want)
			}
		})
	}
}

// TestAnchorBomb: nine lines that would mean a thousand million words.
func TestAnchorBomb(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 10) + "]\n"
	}
	if _, err := Parse("file", []byte(bomb)); err == nil || !strings.Contains(err.Error(), "anchors and aliases") {
		t.Errorf("got %v", err)
	}
}

func TestCheck(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"complete", complete, ""},
		{
			"everything missing", "insured: false",
			"file:1:1: cargo is missing; a list of tea, wool is expected\n" +
				"file:1:1: port.master is missing; a mail address is expected\n" +
				"file:1:1: port.berth is missing: a secret is sent to it, so that the file must state it; a web address is expected",
		},
		{"missing in a group", "cargo: [tea]\nport:\n  berth: https://b.example\n", "file:2:1: port.master is missing; a mail address is expected"},
		{"misspelt", complete + "port.mastr: x@y\n", "file:7:1: port.mastr is no key of this wizard; was port.master meant?"},
		{"nonsense", complete + "albatross: 1\n", "file:7:1: albatross is no key of this wizard with these answers; --print-answers lists them"},
		{"a group where text belongs", complete + "rig:\n  mast: 3\n", "file:8:3: rig.mast is no key: rig expects one of sail, steam, and here a group of keys begins"},
		{"secret", complete + "port.password: hunter2\n", "file:7:16: port.password is a secret and never stands in a file: take it out, and pipe it on standard input with --password-stdin"},
		{"misspelt secret", complete + "port.passwort: hunter2\n", "file:7:1: port.passwort is no key; if it is port.password: it is a secret and never stands in a file: take it out, and pipe it on standard input with --password-stdin"},
		{"page of another choice", complete + "boiler.maker: Yarrow\n", "file:7:1: boiler.maker is no key of this wizard with these answers; --print-answers lists them"},
		{"page of this choice", complete + "rig: steam\nboiler.maker: Yarrow\n", ""},
		{"missing on the page of this choice", complete + "rig: steam\n", "file:1:1: boiler.maker is missing; text is expected"},
		{"number for text", complete + "port.flag: 7\n", "file:7:12: port.flag expects text, and here stands a number: put it in quotes"},
		{"date for text", complete + "port.flag: 2026-11-24\n", "file:7:12: port.flag expects text, and here stands a date: put it in quotes"},
		{"list for text", complete + "port.flag: [a]\n", "file:7:12: port.flag expects text, and here stands a list"},
		{"nothing for optional text", complete + "port.flag:\n", ""},
		{"text for yes or no", strings.Replace(complete, "insured: true", "insured: perhaps", 1), "file:3:10: insured expects true or false, and here stands text"},
		{"text for a list", strings.Replace(complete, "[tea, wool]", "tea", 1), "file:2:8: cargo expects a list of tea, wool, and here stands text"},
		{"empty list", strings.Replace(complete, "[tea, wool]", "[]", 1), "file:2:8: cargo is empty, and a list of tea, wool is expected"},
		{"not on the list", strings.Replace(complete, "wool", "silk", 1), `file:2:8: cargo cannot be "silk"; it expects a list of tea, wool`},
		{"barred", strings.Replace(complete, "wool", "gold", 1), `file:2:8: cargo cannot be "gold" now: none is left`},
		{"empty", strings.Replace(complete, "master@harbour.example", `""`, 1), "file:5:11: port.master is empty, and a mail address is expected"},
		{"refused by the field", strings.Replace(complete, "master@harbour.example", "master", 1), "file:5:11: port.master will not do: this is no mail address"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := Parse("file", []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := f.Check((&ship{}).flow(), true); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if strings.Contains(got, "hunter2") {
				t.Error("the error repeats a secret")
			}
		})
	}
}

func TestASecretMustComeFromSomewhere(t *testing.T) {
	f, err := Parse("file", []byte(complete))
	if err != nil {
		t.Fatal(err)
	}
	err = f.Check((&ship{}).flow(), false)
	if err == nil || err.Error() != "file:4:1: port.password is needed: pipe it on standard input with --password-stdin" {
		t.Errorf("got %v", err)
	}
}

func walk(t *testing.T, s *ship, data string) (string, *check.Report, error) {
	t.Helper()
	f, err := Parse("file", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	plain := screen.New(&out, func(string) string { return "" })
	report, err := Walk(t.Context(), page.Start(s.flow()), Filled{f, password}, plain, plain)
	return out.String(), report, err
}

func TestWalk(t *testing.T) {
	s := &ship{verdict: check.Pass}
	out, report, err := walk(t, s, complete)
	if err != nil || report.Verdict() != check.Pass || s.made == nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := s.made.Secret("port.password").Reveal(); got != "hunter2 " {
		t.Errorf("the secret has %d bytes", len(got))
	}
	if got := s.made.Text("port.berth"); got != "https://berth.example/" {
		t.Errorf("what was found won over the file: %s", got)
	}
	if s.made.Text("rig") != "sail" || !s.made.On("insured") || len(s.made.List("cargo")) != 2 {
		t.Error("an answer got lost")
	}
	if !strings.Contains(out, "✓ pass  Floats") || strings.Contains(out, "hunter2") {
		t.Errorf("it wrote\n%s", out)
	}
}

func TestAFailedTestEndsTheWalk(t *testing.T) {
	s := &ship{verdict: check.Fail}
	out, report, err := walk(t, s, complete)
	if !errors.Is(err, ErrTestFailed) || report == nil || report.Worst().Cause() != "leak" || s.made != nil {
		t.Fatalf("%v, %+v", err, report)
	}
	if !strings.Contains(out, "Caulk it.") {
		t.Errorf("no remedy in\n%s", out)
	}
}

func TestRefusedOnTheWay(t *testing.T) {
	long := strings.Repeat("x", page.MaxText)
	_, _, err := walk(t, &ship{}, strings.Replace(complete, "master@", long+"@", 1))
	if err == nil || !strings.HasPrefix(err.Error(), "file:5:11: port.master will not do: this is too long") {
		t.Errorf("got %.200v", err)
	}
	_, _, err = walk(t, &ship{}, "cargo: [tea]\nport.berth: https://b.example/\n")
	if err == nil || !strings.HasPrefix(err.Error(), "file:1:1: port.master is needed (Where does it lie?):") {
		t.Errorf("got %v", err)
	}
	_, _, err = walk(t, &ship{}, "cargo: [tea]\nport.master: a@b\n")
	if err == nil || !strings.HasPrefix(err.Error(), "file:1:1: port.berth is missing: a secret is sent to it") {
		t.Errorf("what was found is not enough for a field that must be confirmed: %v", err)
	}
}

func TestTemplateNamesEveryKey(t *testing.T) {
	var out bytes.Buffer
	if err := Template(&out, "fairleadctl new", (&ship{}).flow()); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"cargo: []", "# insured: false", "# rig: sail", "# boiler.maker: \"\"", "# only with rig: steam", "port.master: \"\"",
		"# port.flag: \"\"", "port.berth: \"\"", "# Password (port.password): never in this file, but on standard input.",
	} {
		if !strings.Contains(out.String(), "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, out.String())
		}
	}
	if _, err := Parse("template", out.Bytes()); err != nil {
		t.Errorf("the template is no answers file: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{complete, "", "a: &b [*b]", "a.b: c\na: {b: d}", "- x", "? [a]\n: b", "a: !!binary aGk=", "\xff", "a: |\n  b\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse("file", data)
		if err != nil {
			return
		}
		if err := file.Check((&ship{}).flow(), true); err == nil {
			return
		} else if problems := new(Problems); !errors.As(err, &problems) || len(problems.List) == 0 || problems.List[0].Line < 1 {
			t.Errorf("an error without a place: %v", err)
		}
	})
}
