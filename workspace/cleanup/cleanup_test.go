package cleanup

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
	"fairlead/providers"
	"fairlead/secret"
)

func store(t *testing.T) Store {
	t.Helper()
	r, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "connectors.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return Store{Keeper: &connectors.Keeper{
		Registry: r, Keyring: keyring.Memory(), Session: keyring.Memory(), Holder: `HOST\anna`,
		Now: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) },
	}}
}

var left = []providers.Left{
	{ID: "role", Title: "The role", Text: "Take it away.", Where: "Shell", Command: "Remove-It 'a'", Keep: "“B” rests on it too."},
	{ID: "rule", Title: "The rule <script>", Text: "Close it | *now*"},
}

// TestTick ticks off item after item: the list is there until all is done.
func TestTick(t *testing.T) {
	s := store(t)
	if err := s.Begin(t.Context(), New(connectors.Connector{ID: "1", Name: "A"}, left)); err != nil {
		t.Fatal(err)
	}
	for open, tick := range []string{"", "role", "rule"} {
		if tick != "" {
			if _, err := s.Tick(t.Context(), "1", tick, true); err != nil {
				t.Fatal(err)
			}
		}
		all, err := s.All(t.Context(), false)
		if err != nil || len(all) != map[bool]int{true: 1, false: 0}[open < 2] {
			t.Errorf("after %q %d lists are open, %v", tick, len(all), err)
		}
	}
	again, err := s.Tick(t.Context(), "1", "rule", false)
	if err != nil || again.Open() != 1 || again.Items[0].Done.By != `HOST\anna` {
		t.Errorf("not done after all: %+v, %v", again, err)
	}
	_, err = s.Tick(t.Context(), "1", "roof", true)
	if _, rule := errors.AsType[*connectors.RuleError](err); !rule {
		t.Errorf("an item that is none: %v", err)
	}
}

// TestNoListWhileTheConnectorIsThere: the program ended before it was deleted.
func TestNoListWhileTheConnectorIsThere(t *testing.T) {
	s := store(t)
	c, err := s.Keeper.Register(t.Context(), connectors.Connector{
		Name: "A", Provider: "google", Tenant: "C01234567", Services: []string{"remediation"},
	}, secret.New("k"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(t.Context(), New(c, left)); err != nil {
		t.Fatal(err)
	}
	if all, err := s.All(t.Context(), true); err != nil || len(all) != 0 {
		t.Errorf("%d lists, %v", len(all), err)
	}
	if err := s.Keeper.Delete(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	if all, err := s.All(t.Context(), true); err != nil || len(all) != 1 {
		t.Errorf("%d lists, %v", len(all), err)
	}
}

// TestFile: what comes from outside is text in the files, and nothing else.
func TestFile(t *testing.T) {
	list := New(connectors.Connector{ID: "1", Name: "A <b>"}, left)
	list.Items[0].Done = &Done{By: "anna"}
	for name, want := range map[string][]string{
		"a.md":   {`A \<b\>`, "- [x] Done on", "- [ ] Done, on: ____", "~~~~\nRemove-It 'a'\n~~~~", `Close it \| \*now\*`, "rests on it too"},
		"a.HTML": {"A &lt;b&gt;", "☑ The role", "☐ The rule &lt;script&gt;", "Remove-It &#39;a&#39;"},
	} {
		data, err := list.File(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, text := range want {
			if !strings.Contains(string(data), text) {
				t.Errorf("%s lacks %q:\n%s", name, text, data)
			}
		}
	}
	if _, err := list.File("a.doc"); !errors.Is(err, ErrEnding) {
		t.Errorf("another ending: %v", err)
	}
}

// TestFileOfAll: several lists are one file, and what has to stay stands there
// without a way to take it away and nothing to sign.
func TestFileOfAll(t *testing.T) {
	lists := []Checklist{New(connectors.Connector{ID: "1", Name: "A", Tenant: "t"}, left), New(connectors.Connector{ID: "2", Name: "B"}, left[1:])}
	lists[0].Organisation = "Microsoft 365, contoso.com (t)"
	for i := range lists {
		lists[i].Withhold()
	}
	for name, want := range map[string][]string{
		"a.md": {
			"# Clean-up after A\n\nMicrosoft 365, contoso.com (t). Not deleted yet.", "\n## The role\n\n**Take care.** “B” rests on it too.\n\n## The rule",
			"\n\n# Clean-up after B\n", "- [ ] Done, on: ____",
		},
		"a.html": {"<h1>Clean-up after 2 connectors</h1>", "<h2>Clean-up after A</h2>", "Microsoft 365, contoso.com (t). ", "<h2>Clean-up after B</h2>"},
	} {
		data, err := File(name, lists)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, text := range want {
			if !strings.Contains(string(data), text) {
				t.Errorf("%s lacks %q:\n%s", name, text, data)
			}
		}
		if strings.Contains(string(data), "Remove-It") {
			t.Errorf("%s says how to take away what others rest on:\n%s", name, data)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"connector":"A","items":[{"id":"rule","title":"t","done":{"by":"x"}}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, content []byte) {
		list, err := Parse(content)
		if err != nil {
			return
		}
		for _, name := range []string{"a.md", "a.html"} {
			if _, err := list.File(name); err != nil {
				t.Error(err)
			}
		}
	})
}
