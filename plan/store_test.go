package plan

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"fairlead/connectors"
	"fairlead/connectors/sqlite"
)

// TestStore: an environment comes back as it was, and nobody's change is lost.
func TestStore(t *testing.T) {
	r, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "connectors.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	c := catalogue(t)
	if _, _, err := Load(t.Context(), r, c); !errors.Is(err, ErrNoEnvironment) {
		t.Errorf("there is one: %v", err)
	}
	e, err := Read("e.yaml", []byte(sample), c)
	if err != nil {
		t.Fatal(err)
	}
	first, err := Save(t.Context(), r, e, 0)
	if err != nil {
		t.Fatal(err)
	}
	again, version, err := Load(t.Context(), r, c)
	if err != nil || version != first || !reflect.DeepEqual(again, e) {
		t.Errorf("%v: version %d, %+v", err, version, again)
	}
	if _, err := Save(t.Context(), r, e, version); err != nil {
		t.Error(err)
	}
	_, err = Save(t.Context(), r, e, version)
	if _, changed := errors.AsType[*connectors.ChangedError](err); !changed {
		t.Errorf("a change was overwritten: %v", err)
	}
	small := c
	small.Services = nil
	if stored, _, err := Load(t.Context(), r, small); err == nil || len(stored.Organisations) != 2 {
		t.Errorf("%v: %+v", err, stored)
	}
}
