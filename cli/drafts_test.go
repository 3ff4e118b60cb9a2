package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
)

// session runs the program several times with one registry and one keyring.
type session struct {
	t    *testing.T
	dir  string
	keys keyring.Keyring
}

func (s session) run(status int, input string, args ...string) (out, errOut string) {
	s.t.Helper()
	var o, e bytes.Buffer
	p := &program{in: strings.NewReader(input), out: &o, errOut: &e, getenv: func(string) string { return "" }, keyring: s.keys}
	if got := p.run(append([]string{"--lab", "--data", s.dir}, args...)); got != status {
		s.t.Fatalf("%v: exit status %d, not %d\n%s\n%s", args, got, status, &o, &e)
	}
	return o.String(), e.String()
}

// drafts are the IDs of the drafts that there are.
func (s session) drafts() (ids []string) {
	s.t.Helper()
	out, _ := s.run(0, "", "drafts", "--json")
	var object struct{ Drafts []struct{ ID string } }
	if err := json.Unmarshal([]byte(out), &object); err != nil {
		s.t.Fatal(err)
	}
	for _, d := range object.Drafts {
		ids = append(ids, d.ID)
	}
	return ids
}

// TestADraftIsFinished: what was answered is still there, the password is not,
// and the draft is gone once the connector is registered.
func TestADraftIsFinished(t *testing.T) {
	s := session{t, t.TempDir(), keyring.Memory()}
	s.run(3, "2\n1\n\n"+lab.Address+"\n\n"+lab.Password+"\nyes\n\n", "new")
	ids := s.drafts()
	if len(ids) != 1 {
		t.Fatalf("%d drafts", len(ids))
	}
	start := strings.ToLower(ids[0][:4])
	out, _ := s.run(3, "", "new", "--draft", start)
	if !strings.Contains(out, "· Account") || !strings.Contains(out, "["+lab.Address+"]") {
		t.Errorf("it goes on with\n%s", out)
	}
	if again := s.drafts(); len(again) != 1 || again[0] != ids[0] {
		t.Errorf("leaving it again makes the drafts %v", again)
	}
	out, _ = s.run(0, "\n\n"+lab.Password+"\nyes\n\n"+lab.Mailbox+"\n\n\n\n\n\n", "new", "--draft", start, "--json")
	if !strings.Contains(out, `"name": "Exchange, contoso.example"`) {
		t.Errorf("it registered\n%s", out)
	}
	if left := s.drafts(); len(left) != 0 {
		t.Errorf("the drafts %v are left", left)
	}
}

func TestDraftsAreDeleted(t *testing.T) {
	s := session{t, t.TempDir(), keyring.Memory()}
	s.run(0, "2\nsave\n", "new")
	s.run(0, "", "drafts", "delete", s.drafts()[0])
	if left := s.drafts(); len(left) != 0 {
		t.Errorf("the drafts %v are left", left)
	}
}

func TestShortest(t *testing.T) {
	all := []connectors.Draft{{ID: "ABCDEFGH"}, {ID: "ABCDEXYZ"}, {ID: "QRSTUVWX"}}
	for i, want := range []string{"ABCDEF", "ABCDEX", "QRST"} {
		if got := shortest(all[i].ID, all); got != want {
			t.Errorf("%s is %s in short, not %s", all[i].ID, got, want)
		}
	}
}
