package check_test

import (
	"errors"
	"fmt"
	"testing"

	"fairlead/check"
)

func TestWhen(t *testing.T) {
	one, two, three := errors.New("one"), errors.New("two"), errors.New("three")
	met := check.Met[*int]
	failing := &check.Cause[*int]{Verdict: check.Fail, When: met(one)}
	warning := &check.Cause[*int]{Verdict: check.Warn, When: met(two)}
	rest := check.Otherwise(failing, warning)
	for _, c := range []struct {
		name             string
		err              error
		met, unexplained bool
	}{
		{"none", nil, false, false},
		{"a target, explained", one, true, false},
		{"a target in a wrapping", fmt.Errorf("asking: %w", one), true, false},
		{"a target that only a warning names", two, true, true},
		{"another", three, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := met(one, two)(nil, c.err); got != c.met {
				t.Errorf("Met is %t, want %t", got, c.met)
			}
			if got := rest(nil, c.err); got != c.unexplained {
				t.Errorf("Otherwise is %t, want %t", got, c.unexplained)
			}
		})
	}
}
