package stored

import (
	"errors"
	"reflect"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/registrytest"
)

// FuzzRows reads columns of JSON that something else has written: each is an
// error or a value that is kept unchanged.
func FuzzRows(f *testing.F) {
	intent, err := EncodeIntent(registrytest.Exchange("a"))
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
		if c, err := DecodeIntent(text); err == nil {
			again, err := EncodeIntent(c)
			if err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
			second, err := DecodeIntent(again)
			if err != nil || !reflect.DeepEqual(second.Credential, c.Credential) || second.Name != c.Name || !second.Created.Equal(c.Created) {
				t.Errorf("written again it is %+v, %v; was %+v", second, err, c)
			}
		} else if !errors.Is(err, connectors.ErrDamaged) {
			t.Errorf("the error is %v", err)
		}
		for _, err := range []error{
			second(Decode[[]string]("services", text)), second(Decode[map[string]string]("settings", text)),
			second(Decode[*check.Report]("a report", text)),
		} {
			if err != nil && !errors.Is(err, connectors.ErrDamaged) {
				t.Errorf("the error is %v", err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
