package workspace

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/workspace/cleanup"
)

// cleanable are connectors of every platform.
var cleanable = map[string]connectors.Connector{
	"exchange": {
		Provider: "exchange", Tenant: "contoso.example", Services: []string{"continuity"},
		Settings: map[string]string{
			"url": "https://mail.contoso.example/EWS/Exchange.asmx", "security": "strict", "address": "svc@contoso.example",
			"sign-in": `CONTOSO\svc`, "mailbox": "anna@contoso.example",
		},
	},
	"microsoft365": {
		Provider: "microsoft365", Tenant: "11111111-2222-3333-4444-555555555555", Services: []string{"continuity"},
		Settings: map[string]string{
			"tenant": "11111111-2222-3333-4444-555555555555", "domain": "contoso.example", "cloud": "worldwide", "service": "continuity",
			"application": "99999999-2222-3333-4444-555555555555", "verifier": "88888888-2222-3333-4444-555555555555",
		},
	},
	"google": {
		Provider: "google", Tenant: "C01234567", Services: []string{"continuity"},
		Settings: map[string]string{
			"customer": "C01234567", "address": "anna@contoso.example", "client": "108844200311955120017", "scopes": "https://mail.google.com/",
			"account": "robot@p.iam.gserviceaccount.com", "key-id": "1", "project": "p",
		},
	},
}

func registered(t *testing.T, w *Workspace, c connectors.Connector, name string) connectors.Connector {
	t.Helper()
	c.Name = name
	c, err := w.Keeper.Register(t.Context(), c, secret.New("p"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// kept are how many items of the list of a deleted connector have to stay, and
// whether it names the other connector and tells how to take them away.
func kept(t *testing.T, w *Workspace, id, other string) (n int) {
	t.Helper()
	list, err := w.CleanUps().Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	all, err := w.CleanUps().All(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(l cleanup.Checklist) bool { return l.ID == id })
	if i < 0 || len(all[i].Items) != len(list.Items) {
		t.Fatalf("all lists are %+v", all)
	}
	if list.Whose() == "" || list.Whose() != all[i].Whose() {
		t.Errorf("whose it is: %q and %q", list.Whose(), all[i].Whose())
	}
	for j, item := range list.Items {
		if item.Left != all[i].Items[j].Left {
			t.Errorf("among all it says %+v, alone %+v", all[i].Items[j], item)
		}
		offered := item.Text+item.Where+item.Link+item.Command != ""
		if offered == (item.Keep != "") || item.Keep != "" && !strings.Contains(item.Keep, "“"+other+"”") {
			t.Errorf("%s: %+v", item.ID, item)
		}
		if item.Keep != "" {
			n++
		}
	}
	return n
}

// TestWhatRestsOnItNow: who rests on what a deleted connector has left behind is
// worked out from what is registered when the list is asked for, for lists of older
// versions too.
func TestWhatRestsOnItNow(t *testing.T) {
	for provider, c := range cleanable {
		for _, old := range []bool{false, true} {
			name := provider
			if old {
				name += ", kept by an older version"
			}
			t.Run(name, func(t *testing.T) {
				w := open(t, keyring.Memory())
				first := registered(t, w, c, "First")
				if err := w.Delete(t.Context(), first); err != nil {
					t.Fatal(err)
				}
				if old {
					forgetSettings(t, w, first.ID)
				}
				if n := kept(t, w, first.ID, ""); n != 0 {
					t.Errorf("%d items are kept for nobody", n)
				}
				second := registered(t, w, c, "Second")
				list, err := w.CleanUps().Get(t.Context(), first.ID)
				if err != nil {
					t.Fatal(err)
				}
				if n := kept(t, w, first.ID, "Second"); n != len(list.Items) {
					t.Errorf("%d of %d items are kept", n, len(list.Items))
				}
				// A tick keeps the whole of the list, also what is not shown.
				for _, done := range []bool{true, false} {
					if list, err = w.CleanUps().Tick(t.Context(), first.ID, list.Items[0].ID, done); err != nil || list.Items[0].Text != "" {
						t.Errorf("ticked: %+v, %v", list.Items[0], err)
					}
				}
				if err := w.Delete(t.Context(), second); err != nil {
					t.Fatal(err)
				}
				for _, id := range []string{first.ID, second.ID} {
					if n := kept(t, w, id, ""); n != 0 {
						t.Errorf("%d items are kept for one that is gone", n)
					}
				}
			})
		}
	}
}

// forgetSettings makes a list as older versions kept it, with a warning of then.
func forgetSettings(t *testing.T, w *Workspace, id string) {
	t.Helper()
	d, err := w.Keeper.Registry.Document(t.Context(), cleanup.Kind, id)
	if err != nil {
		t.Fatal(err)
	}
	list, err := cleanup.Parse(d.Content)
	if err != nil {
		t.Fatal(err)
	}
	list.Settings, list.Organisation = nil, ""
	for i := range list.Items {
		list.Items[i].Keep = "The connector “Gone” rests on it too: leave it in place."
	}
	if d.Content, err = json.Marshal(list); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Keeper.Registry.SaveDocument(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// TestRestsAtDeletion: the one that is left is named in the list of the other, and
// no longer once it is gone.
func TestRestsAtDeletion(t *testing.T) {
	w := open(t, keyring.Memory())
	old := registered(t, w, cleanable["exchange"], "Old")
	moved := cleanable["exchange"]
	moved.Replaces = old.ID
	moved.Settings = map[string]string{
		"url": "https://new.contoso.example/EWS/Exchange.asmx", "security": "strict", "address": "svc@contoso.example", "sign-in": `contoso\SVC`,
	}
	moved = registered(t, w, moved, "Moved to another server")
	list, err := w.CleanUp(t.Context(), old)
	if err != nil || providers.Find(list.Left(), "account").Keep == "" || providers.Find(list.Left(), "account").Text != "" {
		t.Errorf("before it is deleted: %+v, %v", list, err)
	}
	if err := w.Delete(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	if n := kept(t, w, old.ID, moved.Name); n != 2 {
		t.Errorf("%d items are kept, want the account and its role", n)
	}
	if err := w.Delete(t.Context(), moved); err != nil {
		t.Fatal(err)
	}
	if n := kept(t, w, old.ID, ""); n != 0 {
		t.Errorf("%d items are kept for one that is gone", n)
	}
}

// TestManyRestOnTheSame: the one that counts is found among many.
func TestManyRestOnTheSame(t *testing.T) {
	w := open(t, keyring.Memory())
	first := registered(t, w, cleanable["google"], "Zero")
	if err := w.Delete(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	saved := cleanable["google"]
	for i := range rowsAtOnce + 1 {
		c := saved
		c.Tenant = "C" + strings.Repeat("9", 5) + string(rune('a'+i%26)) + string(rune('a'+i/26))
		c.Settings = map[string]string{"customer": c.Tenant, "address": "a@b.example", "client": saved.Settings["client"], "scopes": "x"}
		registered(t, w, c, "Another "+c.Tenant)
	}
	last := registered(t, w, saved, "Zz the last")
	list, err := w.CleanUps().Get(t.Context(), first.ID)
	if err != nil || !strings.Contains(providers.Find(list.Left(), "delegation").Keep, last.Name) {
		t.Errorf("the delegation: %+v, %v", list.Items, err)
	}
}
