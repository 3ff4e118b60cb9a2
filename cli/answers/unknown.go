package answers

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"

	"fairlead/wizard/page"
)

// unknown says that no field has a key, and which may have been meant.
func unknown(key string, fields []page.Field) string {
	best, least := page.Field{}, len(key)/3+2
	for _, f := range fields {
		if strings.HasPrefix(key, f.Key+".") {
			return fmt.Sprintf("is no key: %s expects %s, and here a group of keys begins", f.Key, expects(f))
		}
		if d := levenshtein.ComputeDistance(key, f.Key); d < least {
			best, least = f, d
		}
	}
	switch {
	case best.Kind == page.Secret:
		return fmt.Sprintf("is no key; if it is %s: it %s", best.Key, noSecrets)
	case best.Key != "":
		return fmt.Sprintf("is no key of this wizard; was %s meant?", best.Key)
	}
	return "is no key of this wizard with these answers; --print-answers lists them"
}
