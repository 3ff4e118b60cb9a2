package entra

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/assets"
)

// TestConsentsOutliveTheLab: what one Entra granted, the next one knows, but for
// what was taken back.
func TestConsentsOutliveTheLab(t *testing.T) {
	o := Options{Memory: filepath.Join(t.TempDir(), "lab", "entra.json")}
	first := mustNew(t, o)
	contoso, user := first.tenant("contoso.example"), Admin+"@contoso.example"
	for _, id := range []string{Own, Verifier, SingleTenant} {
		a := first.application(id)
		if err := first.grant(contoso, a, a.needs, ""); err != nil {
			t.Fatal(err)
		}
	}
	service := first.application(ServiceApplication("continuity"))
	delegated := need{assets.Delegated, first.resources[0], assets.Grant{}}
	delegated.grant, _ = first.resources[0].Grant(assets.Delegated, "User.Read")
	if err := first.grant(contoso, service, []need{delegated}, user); err != nil {
		t.Fatal(err)
	}
	if err := first.Revoke("contoso.example", SingleTenant); err != nil {
		t.Fatal(err)
	}
	next := mustNew(t, o)
	for _, id := range []string{Own, Verifier, SingleTenant, service.id} {
		was, is := first.tenant("contoso.example").principalOf(id), next.tenant("contoso.example").principalOf(id)
		if was == nil || is == nil {
			if was != is {
				t.Errorf("%s was %+v and is %+v", id, was, is)
			}
			continue
		}
		same := func(a, b grant) bool {
			return a.id == b.id && a.need.kind == b.need.kind && a.need.grant == b.need.grant && a.user == b.user && a.since.Equal(b.since)
		}
		if is.id != was.id || is.name != was.name || is.publisher != was.publisher || !is.since.Equal(was.since) || !slices.EqualFunc(was.grants, is.grants, same) {
			t.Errorf("%s was %+v and is %+v", id, was, is)
		}
	}
	if next.tenant("fabrikam.example").principalOf(Own) != nil {
		t.Error("another tenant has what was granted in this one")
	}
}

// TestDamagedMemory is said with the file to delete. What the lab does not know is
// left out.
func TestDamagedMemory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "entra.json")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`[{"tenant":`)
	if _, err := New(Options{Memory: file}); err == nil || !strings.Contains(err.Error(), "delete "+file) {
		t.Errorf("%v", err)
	}
	write(`[{"tenant":"nowhere","application":"` + Own + `"},
		{"tenant":"` + Tenants()[0].ID() + `","application":"nothing"},
		{"tenant":"` + Tenants()[0].ID() + `","application":"` + Own + `","grants":[{"kind":"application","resource":"graph","name":"Telepathy.Read"}]}]`)
	e := mustNew(t, Options{Memory: file})
	if got := e.Granted("contoso.example", Own); len(got) != 0 {
		t.Errorf("granted: %v", got)
	}
}

// TestMemoryThatCannotBeWritten is an error where something is granted.
func TestMemoryThatCannotBeWritten(t *testing.T) {
	occupied := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(occupied, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	e := mustNew(t, Options{})
	e.memory = filepath.Join(occupied, "entra.json")
	if err := e.grant(e.tenant("contoso.example"), e.application(Own), nil, ""); err == nil {
		t.Error("it went unnoticed that a consent cannot be remembered")
	}
}

func mustNew(t *testing.T, o Options) *Entra {
	t.Helper()
	o.Now = time.Now
	e, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// FuzzMemory wants that no file makes the lab panic.
func FuzzMemory(f *testing.F) {
	f.Add([]byte(`[]`))
	f.Add([]byte(`[{"tenant":"contoso.example","application":"` + Own + `","grants":[{"kind":"application","resource":"graph","name":"Mail.ReadWrite"}]}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "entra.json")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if e, err := New(Options{Memory: file}); err == nil {
			_ = e.Granted("contoso.example", Own)
		}
	})
}
