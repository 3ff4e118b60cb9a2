package page

import "testing"

func TestLowerFirst(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "A": "a", "Name": "name", "Éire": "éire", "DNS record": "DNS record", "already small": "already small", "1 row": "1 row",
	} {
		if got := LowerFirst(text); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
}
