package answers

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"fairlead/cli/screen"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// sailed goes through the whole wizard with some answers.
func sailed(t *testing.T, s *ship, text string) *page.Journey {
	t.Helper()
	file, err := Parse("ship.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Check(s.flow(), true); err != nil {
		t.Fatal(err)
	}
	j := page.Start(s.flow())
	out := screen.New(io.Discard, func(string) string { return "" })
	if _, err := Walk(t.Context(), j, Filled{File: file, Secret: password}, out, out); err != nil {
		t.Fatal(err)
	}
	return j
}

// TestRoundTrip: the file that is written of a journey leads an empty one to the same
// answers, also those that look like something else in YAML.
func TestRoundTrip(t *testing.T) {
	for name, text := range map[string]string{
		"sail":       "cargo: [tea, wool]\nrig: sail\nport.master: m@port.example\nport.berth: https://found.example/\n",
		"steam":      "cargo: [tea]\ninsured: true\nrig: steam\nboiler.maker: 'yes'\nport.master: m@port.example\nport.berth: https://found.example/\n",
		"number":     "cargo: [tea]\nrig: steam\nboiler.maker: '1846'\nport.master: m@port.example\nport.flag: '2026-11-24'\nport.berth: https://b.example/\n",
		"punctuated": "cargo: [tea]\nrig: steam\nboiler.maker: 'a: b # c'\nport.master: m@port.example\nport.flag: '- \"*&!'\nport.berth: https://b.example/\n",
		"null":       "cargo: [tea]\nrig: steam\nboiler.maker: '~'\nport.master: m@port.example\nport.flag: 'null'\nport.berth: https://b.example/\n",
	} {
		t.Run(name, func(t *testing.T) {
			j := sailed(t, &ship{}, text)
			var first, second bytes.Buffer
			if err := Write(&first, j, "fairleadctl new --answers FILE"); err != nil {
				t.Fatal(err)
			}
			again := sailed(t, &ship{}, first.String())
			if err := Write(&second, again, "fairleadctl new --answers FILE"); err != nil {
				t.Fatal(err)
			}
			if first.String() != second.String() {
				t.Errorf("the answers differ:\n%s\n%s", first.String(), second.String())
			}
			if was, is := plainAnswers(t, j), plainAnswers(t, again); !reflect.DeepEqual(was, is) {
				t.Errorf("the answers were %v and are %v", was, is)
			}
			if strings.Contains(first.String(), "hunter2") {
				t.Error("the password is in the file")
			}
		})
	}
}

func plainAnswers(t *testing.T, j *page.Journey) map[string]any {
	t.Helper()
	values := map[string]any{}
	_, asked := survey(j.Flow(), j.Answers())
	for _, f := range asked {
		switch {
		case f.Kind == page.Secret:
		case f.Kind == page.Checkbox:
			values[f.Key] = j.Answers().On(f.Key)
		case f.Many:
			values[f.Key] = j.Answers().List(f.Key)
		default:
			values[f.Key] = j.Answers().Text(f.Key)
		}
	}
	return values
}

// TestWriteBeforeTheEnd: what was answered so far is written, and what was not is left
// out; a text that is too long for an answer may be a key.
func TestWriteBeforeTheEnd(t *testing.T) {
	j := page.Start((&ship{}).flow())
	j.Set("cargo", []string{"wool"})
	j.Set("port.password", secret.New("hunter2"))
	j.Set("port.flag", strings.Repeat("k", page.MaxText+1))
	var out bytes.Buffer
	if err := Write(&out, j, "fairleadctl new --lab --answers FILE"); err != nil {
		t.Fatal(err)
	}
	want := `# Answers for the wizard "New ship".
#   fairleadctl new --lab --answers FILE --password-stdin < password.txt
# Password: never in this file, but on standard input.
cargo: [wool]
insured: false
rig: sail
`
	if out.String() != want {
		t.Errorf("written was\n%s", out.String())
	}
}
