package page

import (
	"testing"
	"time"
)

func TestSince(t *testing.T) {
	now := time.Date(2026, time.November, 24, 15, 2, 3, 4, time.FixedZone("CET", 3600))
	second := time.Date(2026, time.November, 24, 14, 2, 3, 0, time.UTC)
	for name, c := range map[string]struct {
		noted string
		want  time.Time
	}{
		"not noted":                  {"", second},
		"noted":                      {"2026-11-20T08:00:00Z", time.Date(2026, time.November, 20, 8, 0, 0, 0, time.UTC)},
		"noted in another time zone": {"2026-11-20T09:00:00+01:00", time.Date(2026, time.November, 20, 8, 0, 0, 0, time.UTC)},
		"noted for later":            {"2027-01-01T00:00:00Z", second},
		"no time":                    {"yesterday", second},
	} {
		a := NewAnswers()
		a.Set("since", c.noted)
		if got := a.Since("since", now); !got.Equal(c.want) {
			t.Errorf("%s: since %v, want %v", name, got, c.want)
		}
	}
}
