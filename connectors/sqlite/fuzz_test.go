package sqlite

import (
	"errors"
	"maps"
	"path/filepath"
	"reflect"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// FuzzRows reads columns of JSON that something else has written: each is an
// error or a value that is kept unchanged.
func FuzzRows(f *testing.F) {
	intent, err := encodeIntent(registrytest.Exchange("a"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		intent, "", "null", "[]", "{}", `["continuity"]`, `{"url":"x"}`, `{"services":null,"created":9223372036854775807}`,
		`{"checks":[{"ms":1e300}]}`, `{"lastTest":{"checks":[{}]}}`, `{"created":1e99}`, "\xff", "[[[[[[[[", `{"id":"\ud800"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := decodeIntent(text); err == nil {
			again, err := encodeIntent(c)
			if err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
			second, err := decodeIntent(again)
			if err != nil || !reflect.DeepEqual(second.Credential, c.Credential) || second.Name != c.Name || !second.Created.Equal(c.Created) {
				t.Errorf("written again it is %+v, %v; was %+v", second, err, c)
			}
		} else if !errors.Is(err, connectors.ErrDamaged) {
			t.Errorf("the error is %v", err)
		}
		for _, err := range []error{
			second(decode[[]string]("services", text)), second(decode[map[string]string]("settings", text)),
			second(decode[*check.Report]("a report", text)),
		} {
			if err != nil && !errors.Is(err, connectors.ErrDamaged) {
				t.Errorf("the error is %v", err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

// FuzzOpen opens files of any content. One that is refused stays as it is.
func FuzzOpen(f *testing.F) {
	good := read(f, filled(f))[:3*4096]
	for _, seed := range [][]byte{nil, {0}, []byte("SQLite format 3\x00"), good, good[:100], good[:4096], make([]byte, 1024)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "connectors.db")
		write(t, path, data)
		before := contents(t, dir)
		r, err := Open(t.Context(), path)
		if err == nil {
			if err := r.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			return
		}
		if !maps.Equal(before, contents(t, dir)) {
			t.Errorf("the file was refused and changed: %v", err)
		}
	})
}
