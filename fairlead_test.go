package fairlead

import (
	"regexp"
	"testing"
)

func TestMetadata(t *testing.T) {
	for name, want := range map[string]struct{ got, form string }{
		"name":    {Name(), `^Fairlead$`},
		"id":      {ID(), `^[a-z]+(\.[a-z]+)+$`},
		"version": {Version(), `^\d+\.\d+\.\d+$`},
	} {
		if !regexp.MustCompile(want.form).MatchString(want.got) {
			t.Errorf("%s is %q, want the form %s", name, want.got, want.form)
		}
	}
	if got := value("Nothing"); got != "" {
		t.Errorf("a key that is not there gives %q", got)
	}
}
